import Canon
import CloudModel
import Plans

/// What the holes of a plan's calls stand for, as far as earlier steps have told.
struct HoleBindings {
  private var outputs: [ResourceAddress: SortedMap<String, Value>] = [:]
  private var replies: [ResourceAddress: Value] = [:]
  private let process: String

  init(_ plan: Plan) {
    process = plan.process
    for known in plan.known { outputs[known.address, default: [:]][known.name] = known.value }
  }

  /// Takes note of what a step's reply yields.
  mutating func note(_ reply: Value, of step: Step) {
    replies[step.address] = reply
    for (name, path) in step.yields {
      outputs[step.address, default: [:]][name] = reply.at(path)
    }
  }

  /// Everything that is known of a resource's outputs.
  func outputs(of address: ResourceAddress) -> SortedMap<String, Value> { outputs[address] ?? [:] }

  /// A call's parameters without holes; nil where one cannot be filled.
  func fill(_ step: Step, id: StepID) -> Value? {
    Filling(bindings: self, step: step, id: id).value(step.call.parameters, [:])
  }

  private struct Filling {
    let bindings: HoleBindings
    let step: Step
    let id: StepID

    func value(_ value: Value, _ bound: [Int: Value]) -> Value? {
      switch value {
      case .null, .bool, .int, .string, .secret: return value
      case .residual(let residual): return self.residual(residual, bound)
      case .list(let items): return list(items, bound)
      case .record(let fields):
        var out: SortedMap<String, Value> = [:]
        for (name, field) in fields {
          guard let filled = field.isKnown ? field : self.value(field, bound) else { return nil }
          if filled != .null { out[name] = filled }
        }
        return .record(out)
      }
    }

    private func list(_ items: [Value], _ bound: [Int: Value]) -> Value? {
      var out: [Value] = []
      for item in items {
        guard let filled = value(item, bound) else { return nil }
        if case .residual(.each) = item { out += filled.elements } else { out.append(filled) }
      }
      return .list(out)
    }

    private func residual(_ residual: Residual, _ bound: [Int: Value]) -> Value? {
      switch residual {
      case .output(let address, let name): return bindings.outputs(of: address)[name]
      case .path(let variable, let path): return root(variable, bound)?.at(path)
      case .concat(let parts): return concat(parts, bound)
      case .each(let source, let variable, let body):
        guard let elements = self.residual(source, bound)?.elements else { return nil }
        return each(elements, variable, body, bound)
      case .find(let source, let key, let equals, let path):
        guard let elements = self.residual(source, bound)?.elements,
          let wanted = value(equals, bound)
        else { return nil }
        return elements.first { $0.at(key) == wanted }?.at(path) ?? .null
      }
    }

    private func root(_ variable: Variable, _ bound: [Int: Value]) -> Value? {
      switch variable {
      case .token: .string("step-\(id.index)")
      case .process: .string(bindings.process)
      case .reply: bindings.replies[step.address]
      case .bound(let index): bound[index]
      case .item, .added, .removed, .element, .neighbour: nil
      }
    }

    private func concat(_ parts: [Value], _ bound: [Int: Value]) -> Value? {
      var filled: [Value] = []
      for part in parts {
        guard let part = value(part, bound) else { return nil }
        filled.append(part)
      }
      let hidden = Value.residual(.concat(filled)).withSecretsInTextsHidden
      return hidden.text.map { .string($0) }
    }

    private func each(
      _ elements: [Value], _ variable: Int, _ body: Value, _ bound: [Int: Value]
    ) -> Value? {
      var out: [Value] = []
      for element in elements {
        var inner = bound
        inner[variable] = element
        guard let filled = value(body, inner) else { return nil }
        if case .list(let items) = filled { out += items } else { out.append(filled) }
      }
      return .list(out)
    }
  }
}
