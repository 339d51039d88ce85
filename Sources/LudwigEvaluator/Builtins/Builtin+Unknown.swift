internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Fugue.Any.whereKnown`, `Fugue.Process`, `Fugue.Enforce`: what may not be known, and the parts
  /// of a resource by name.
  static let unknown: [String: Builtin] = [
    "any.known": Builtin([nil]) { machine, call throws(EvaluationFailure) in
      .give(try machine.isKnown(call.arguments[0]) ? .some(call.arguments[0]) : .none)
    },
    "process.output": Builtin([0, nil]) { machine, call throws(EvaluationFailure) in
      let name = try machine.text(call, 0)
      guard !name.isEmpty else {
        throw machine.failure("FG0344", "A process has a name; this one is empty", at: call.site)
      }
      machine.neighbours.append((process: name, site: call.site))
      let values = machine.heap.add(.residual(.path(.neighbour(name), [])))
      return .force(machine.heap.add(.application(call.arguments[1], [values], call.site)))
    },
    "enforce.fieldName": Builtin([0, nil]) { machine, call throws(EvaluationFailure) in
      .give(.string(try machine.fieldName(call)))
    },
  ]
}

extension Machine {
  /// Whether a value is known now: neither yielded by the cloud or another process, nor a part of
  /// something outside that was not given.
  fileprivate mutating func isKnown(_ ref: Ref) throws(EvaluationFailure) -> Bool {
    nestedRuns += 1
    defer { nestedRuns -= 1 }
    guard nestedRuns < 16 else { throw tooLong() }
    do throws(EvaluationFailure) {
      let value = try force(ref)
      if let place = Hole.place(in: value) { throw EvaluationFailure(reading: place) }
      if case .residual = value { return false }
      return true
    } catch {
      switch error.diagnostic?.code {
      case "FG0304"?, "FG0305"?: return false
      case _: throw error
      }
    }
  }

  /// The name of the field that a function takes out of a resource: it is applied to a value of the
  /// same type whose fields are their own names.
  fileprivate mutating func fieldName(_ call: BuiltinCall) throws(EvaluationFailure) -> String {
    let value = try known(call.arguments[0])
    guard case .construct(let resource) = value, resource.identity != nil,
      let payload = resource.payload, case .record(let record) = try force(payload)
    else { throw unexpected(value, wanted: "A resource", call.node, call.site) }
    let names = record.shape.names.map { name in
      heap.add(.residual(.path(.element, [name])))
    }
    let fields = heap.add(.record(RecordValue(shape: record.shape, values: names, site: nil)))
    let named = heap.add(
      .construct(
        ConstructedValue(constructor: resource.constructor, payload: fields, site: nil)))
    nestedRuns += 1
    defer { nestedRuns -= 1 }
    guard nestedRuns < 16 else { throw tooLong() }
    let field = heap.add(.application(call.arguments[1], [named], call.site))
    guard case .residual(.path(.element, let path)) = try force(field), let name = path.first
    else {
      throw failure(
        "FG0341", "This function must give one of the resource's fields as it is", at: call.site,
        hint: "write, for instance: Enforce.field(group, fun(g): g.(EC2.SecurityGroup).description)"
      )
    }
    return name
  }
}
