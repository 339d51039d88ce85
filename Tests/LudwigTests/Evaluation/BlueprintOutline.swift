import Canon
import CloudModel

/// A blueprint as text that people can compare.
struct BlueprintOutline {
  private(set) var text = ""

  init(_ blueprint: Blueprint) {
    for resource in blueprint.resources {
      text += "\(resource.address) : \(resource.type)\n"
      add(resource.lifecycle)
    }
    for invariant in blueprint.invariants { text += "\(invariant.title)\n" }
  }

  private mutating func add(_ life: Lifecycle) {
    let seen = life.observation
    text += "  read \(Self.show(seen.call))\n"
    text += "    batch \(seen.batch?.joined(separator: ".") ?? "-")"
    text += " items \(seen.items.joined(separator: "."))\n"
    text += "    \(Self.show(seen.identityOf)) is \(Self.show(seen.identity))\n"
    for test in seen.goneWhen { text += "    gone when \(test.path) in \(test.values)\n" }
    for detail in seen.details {
      text += "    \(detail.name) \(Self.show(detail.call)) \(detail.absentOn)\n"
    }
    for (name, path) in seen.outputs {
      text += "    yields \(name) \(path.joined(separator: "."))\n"
    }
    for step in life.create { text += "  create \(Self.show(step))\n" }
    for aspect in life.aspects {
      text += "  \(aspect.kind) \(aspect.comparison.name)"
      text += aspect.clearsBeforeDelete ? " (cleared first)\n" : "\n"
      text += "    want \(Self.show(aspect.comparison.want))\n"
      text += "    have \(Self.show(aspect.comparison.have))\n"
      text += "    initial \(Self.show(aspect.initial))\n"
      if aspect.key != .null { text += "    key \(Self.show(aspect.key))\n" }
      for step in aspect.add { text += "    add \(Self.show(step))\n" }
      for step in aspect.remove { text += "    remove \(Self.show(step))\n" }
    }
    for comparison in life.replaceOn {
      text += "  replace on \(comparison.name): \(Self.show(comparison.want))"
      text += " / \(Self.show(comparison.have))\n"
    }
    for step in life.delete { text += "  delete \(Self.show(step))\n" }
    text += "  settle \(life.settle)\(life.bearsData ? ", bears data" : "")"
    text += "\(life.isExclusive ? ", exclusive" : "")\n"
  }

  private static func show(_ step: CallTemplate) -> String {
    let yields = step.yields.map { "\($0.key)=\($0.value.joined(separator: "."))" }
    return show(step.call) + (yields.isEmpty ? "" : " -> " + yields.joined(separator: ", "))
  }

  private static func show(_ call: Call) -> String {
    "\(call.service):\(call.operation) \(show(call.parameters))"
  }

  private static func show(_ value: Value) -> String {
    switch value {
    case .null: "-"
    case .bool(let truth): "\(truth)"
    case .int(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .list(let items): "[" + items.map(show).joined(separator: ", ") + "]"
    case .record(let fields):
      "{" + fields.map { "\($0.key): \(show($0.value))" }.joined(separator: ", ") + "}"
    case .secret(let secret): "secret \(secret.name)"
    case .residual(let residual): show(residual)
    }
  }

  private static func show(_ residual: Residual) -> String {
    switch residual {
    case .output(let address, let name): "<\(address)#\(name)>"
    case .path(let variable, let path): "<\((["\(variable)"] + path).joined(separator: "."))>"
    case .concat(let parts): "concat(" + parts.map(show).joined(separator: ", ") + ")"
    case .each(let source, let variable, let body):
      "each \(variable) in \(show(source)): \(show(body))"
    case .find(let source, let key, let equals, let path):
      "find(\(show(source)), \(key.joined(separator: ".")) = \(show(equals)), "
        + "\(path.joined(separator: ".")))"
    }
  }
}
