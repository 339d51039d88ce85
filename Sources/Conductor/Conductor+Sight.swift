import Canon
import CloudModel
import Journal
import Planners
import Plans

/// What a read tells of one step.
enum Sight: Hashable, Sendable {
  /// It shows the effect.
  case shown
  /// It does not.
  case notShown
  /// It shows a state from which the effect will not come.
  case failing(String)
}

extension Conductor {
  /// The item that a step with unknown outcome has made, where a look shows one; only the call
  /// that brings a resource into being can be told by its item.
  func newItem(of step: Step, _ index: Int, _ look: Look, _ process: Int) -> ObservedItem? {
    let part = ledger.processes[process]
    guard step.verb == .create, step.part.isEmpty, let run = part.run else { return nil }
    let steps = run.plan.steps
    let isFirst = !steps[..<index].contains {
      $0.address == step.address && $0.verb == .create && $0.part.isEmpty
    }
    guard isFirst else { return nil }
    let items = look.survey.items[step.address] ?? []
    let isReplacement = steps.contains { $0.address == step.address && $0.verb == .delete }
    guard isReplacement, let known = part.known[step.address] else { return items.first }
    return items.first { !$0.matches(known) }
  }

  /// Whether a look shows the effect of an acknowledged step.
  func sight(of step: Step, _ index: Int, _ look: Look, _ process: Int) -> Sight {
    let items = look.survey.items[step.address] ?? []
    switch step.verb {
    case .read: return .shown
    case .delete:
      guard activities[process].queue?.isLastDelete[index] == true else { return .shown }
      let names = fill(step, index, process).parameters.texts
      return items.contains { $0.isNamed(in: names) } ? .notShown : .shown
    case .create, .update:
      let known = ledger.processes[process].known[step.address] ?? [:]
      // One of which other outputs are known is another one, made twice.
      guard
        let item = items.first(where: { $0.matches(known) })
          ?? items.first(where: { !$0.contradicts(known) })
      else { return .notShown }
      if case .state(let path, let reached, let failing) = step.settle {
        let state = item.item.at(path).text ?? ""
        if failing.contains(state) { return .failing(state) }
        if !reached.contains(state) { return .notShown }
      }
      guard let (resource, aspect) = aspect(of: step, process) else { return .shown }
      return shows(aspect, step, index, resource.own(item), process) ? .shown : .notShown
    }
  }

  /// Whether a step takes something away from what stays, and adds nothing.
  func takesAway(_ step: Step, _ process: Int) -> Bool {
    guard let (_, aspect) = aspect(of: step, process) else { return false }
    return !aspect.add.contains { $0.call.operation == step.call.operation }
  }

  /// The aspect that a step changes, with its resource; nil for a step that makes or deletes one.
  private func aspect(
    of step: Step, _ process: Int
  ) -> (resource: DeclaredResource, aspect: Aspect)? {
    guard !step.part.isEmpty,
      let resource = ledger.processes[process].resource(step.address, type: step.type),
      let aspect = resource.lifecycle.aspects.first(where: { $0.comparison.name == step.part })
    else { return nil }
    return (resource, aspect)
  }

  /// Whether an item shows what a step changed in an aspect.
  private func shows(
    _ aspect: Aspect, _ step: Step, _ index: Int, _ item: ObservedItem, _ process: Int
  ) -> Bool {
    let known = ledger.processes[process].known
    var bindings = Bindings { address, name in known[address]?[name] }
    bindings.process = .string(ledger.processes[process].alias)
    bindings.item = item.item
    let isDeclared = ledger.processes[process].isDeclared(step.address)
    var want = isDeclared ? aspect.comparison.want.resolve(bindings) : .null
    if want == .null { want = aspect.initial.resolve(bindings) }
    let have = aspect.comparison.have.resolve(bindings)
    let adds = aspect.add.contains { $0.call.operation == step.call.operation }
    switch aspect.kind {
    case .field: return adds ? want == have : true
    case .set:
      let (wanted, there) = (Set(want.elements), Set(have.elements))
      return adds ? wanted.isSubset(of: there) : there.isSubset(of: wanted)
    case .each:
      let call = fill(step, index, process)
      let templates = adds ? aspect.add : aspect.remove
      let carried = (adds ? want : have).elements.filter { element in
        bindings.element = element
        return templates.contains { $0.call.parameters.resolve(bindings) == call.parameters }
      }
      return adds ? Set(carried).isSubset(of: Set(have.elements)) : carried.isEmpty
    }
  }
}

extension ObservedItem {
  /// Whether it is another thing than the one of which these outputs are known.
  fileprivate func contradicts(_ known: SortedMap<String, Value>) -> Bool {
    outputs.contains { known[$0.key] != nil && known[$0.key] != $0.value }
  }

  /// Whether an output of it is among some texts.
  fileprivate func isNamed(in texts: Set<String>) -> Bool {
    outputs.isEmpty || outputs.values.contains { $0.text.map(texts.contains) ?? false }
  }
}
