import Canon
import CloudModel
import CloudSemantics
import Planners
import Plans

/// What somebody could do by hand to a resource, as far as its lifecycle tells: delete it, call by
/// call, and put back each part of it that is declared.
extension DeclaredResource {
  /// The edits, each with the call that it is on an account as it is.
  ///
  /// - Parameter all: resources whose outputs the calls may need, this one included.
  func edits(among all: [DeclaredResource]) -> [SmallComposition.Edit] {
    deletions(among: all) + lifecycle.aspects.flatMap { edits(of: $0, among: all) }
  }

  private func deletions(among all: [DeclaredResource]) -> [SmallComposition.Edit] {
    lifecycle.delete.map { template in
      SmallComposition.Edit(name: "calls \(template.call.operation) for \(address)") { account in
        guard let bindings = bindings(in: account, among: all) else { return nil }
        return template.call.filled(bindings)
      }
    }
  }

  private func edits(
    of aspect: Aspect, among all: [DeclaredResource]
  ) -> [SmallComposition.Edit] {
    let name = "puts back \(aspect.comparison.name) of \(address)"
    // What is not declared is nobody's concern.
    if aspect.comparison.want == .null { return [] }
    switch aspect.kind {
    case .field:
      guard aspect.initial != aspect.comparison.want else {
        return []
      }
      return aspect.add.map { template in
        SmallComposition.Edit(name: name) { account in
          guard var bindings = bindings(in: account, among: all) else { return nil }
          bindings.element = aspect.initial
          return template.call.filled(bindings)
        }
      }
    case .set, .each:
      return aspect.remove.map { template in
        SmallComposition.Edit(name: name) { account in
          guard var bindings = bindings(in: account, among: all),
            let element = aspect.comparison.have.resolve(bindings).elements.first
          else { return nil }
          bindings.element = element
          bindings.removed = [element]
          return template.call.filled(bindings)
        }
      }
    }
  }

  /// What the lifecycle's residuals stand for on an account; nil where the resource is not there.
  private func bindings(in account: AccountState, among all: [DeclaredResource]) -> Bindings? {
    let seen = Planner.observe(all, process: SmallComposition.alias) { call in
      CloudSemantics.step(account, call).reply
    }
    guard case .success(let items) = seen, let item = items[address]?.first else { return nil }
    var bindings = Bindings { items[$0]?.first?.outputs[$1] }
    bindings.process = .string(SmallComposition.alias)
    bindings.item = item.item
    return bindings
  }
}

extension Call {
  /// The call with its holes filled; nil where something is not known, or, for what a list of calls
  /// hands on, cannot be.
  fileprivate func filled(_ bindings: Bindings) -> Call? {
    let parameters = parameters.resolve(bindings)
    return parameters.isKnown
      ? Call(service: service, operation: operation, parameters: parameters)
      : nil
  }
}
