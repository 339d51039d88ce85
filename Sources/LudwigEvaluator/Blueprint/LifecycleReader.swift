internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// Makes a `Lifecycle` of what a planner gave. It knows the types of `Fugue.Planner` and no type
/// of a resource.
struct LifecycleReader {
  /// Makes data final.
  var closing: Closing
  /// Where the elements of aspects were written.
  private(set) var parts: [(aspect: String, element: Value, site: SourceRange)] = []
  /// The region that the resource names; nil for what is in no region.
  private(set) var region: String?
  /// Whether it may never be deleted.
  private(set) var isProtected = false

  /// Makes a reader.
  init(addresses: [ResourceIdentity: ResourceAddress]) {
    closing = Closing(addresses: addresses)
  }

  /// The lifecycle.
  mutating func lifecycle(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Lifecycle {
    let fields = try machine.fields(ref, "A lifecycle")
    let regionValue = try machine.force(machine.field("region", of: fields))
    if case .some(let name) = regionValue { region = try machine.text(name) }
    isProtected = try machine.truth(machine.field("isProtected", of: fields))
    var aspects: [Aspect] = []
    for aspect in try machine.elements(machine.field("aspects", of: fields)) {
      aspects.append(try self.aspect(aspect, &machine))
    }
    var replaceOn: [Comparison] = []
    for comparison in try machine.elements(machine.field("replaceOn", of: fields)) {
      replaceOn.append(
        try self.comparison(machine.fields(comparison, "A comparison"), &machine))
    }
    return Lifecycle(
      observation: try observation(machine.field("observe", of: fields), &machine),
      create: try templates(machine.field("create", of: fields), &machine),
      aspects: aspects, replaceOn: replaceOn,
      delete: try templates(machine.field("delete", of: fields), &machine),
      settle: try settle(machine.field("settle", of: fields), &machine),
      errors: try errors(machine.field("errors", of: fields), &machine),
      bearsData: try machine.truth(machine.field("bearsData", of: fields)),
      isExclusive: try machine.truth(machine.field("isExclusive", of: fields)))
  }

  private mutating func data(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Value {
    closing.close(try machine.awsData(ref))
  }

  private mutating func call(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Call {
    let value = try machine.force(ref)
    guard case .call(let name, let input) = value else {
      throw machine.unexpected(value, wanted: "An API call", nil, nil)
    }
    let parameters = try data(input, &machine)
    let known = machine.callForms[name] ?? machine.inputs.call(name.module.text, name.name)
    guard let form = known else {
      throw machine.failure("FG0318", "There is no API call '\(name)'", at: nil)
    }
    machine.callForms[name] = form
    return Call(
      service: form.service, operation: form.operation, parameters: form.named(parameters))
  }

  private mutating func templates(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> [CallTemplate] {
    var out: [CallTemplate] = []
    for step in try machine.elements(ref) {
      let fields = try machine.fields(step, "A step")
      out.append(
        CallTemplate(
          call: try call(machine.field("call", of: fields), &machine),
          yields: try paths(machine.field("yields", of: fields), &machine)))
    }
    return out
  }

  private func paths(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> SortedMap<String, [String]> {
    var out = SortedMap<String, [String]>()
    for (name, path) in try machine.fields(ref, "A record of outputs") {
      out[name] = try machine.path(path)
    }
    return out
  }

  private mutating func observation(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Observation {
    let fields = try machine.fields(ref, "An observation")
    let call = try call(machine.field("call", of: fields), &machine)
    let batch = BatchPlace(in: call)
    let items = try machine.field("items", of: fields)
    var path: [String] = []
    if case .residual = try machine.force(items) { path = try machine.path(items) }
    var details: [Detail] = []
    for detail in try machine.elements(machine.field("details", of: fields)) {
      let fields = try machine.fields(detail, "A detail")
      details.append(
        Detail(
          name: try machine.text(machine.field("name", of: fields)),
          call: try self.call(machine.field("call", of: fields), &machine),
          absentOn: try machine.texts(machine.field("absentOn", of: fields))))
    }
    var gone: [StateTest] = []
    for test in try machine.elements(machine.field("goneWhen", of: fields)) {
      let fields = try machine.fields(test, "A test")
      gone.append(
        StateTest(
          path: try machine.path(machine.field("path", of: fields)),
          values: try machine.texts(machine.field("values", of: fields))))
    }
    return Observation(
      call: batch.call, batch: batch.path, items: path,
      identity: try data(machine.field("identity", of: fields), &machine),
      identityOf: try data(machine.field("identityOf", of: fields), &machine), goneWhen: gone,
      details: details, outputs: try paths(machine.field("outputs", of: fields), &machine))
  }

  private mutating func comparison(
    _ fields: SortedMap<String, Ref>, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Comparison {
    Comparison(
      name: try machine.text(machine.field("name", of: fields)),
      want: try data(machine.field("want", of: fields), &machine),
      have: try data(machine.field("have", of: fields), &machine))
  }

  private mutating func aspect(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Aspect {
    let fields = try machine.fields(ref, "An aspect")
    let kinds: [String: Aspect.Kind] = ["set": .set, "each": .each, "field": .field]
    let kindName = try machine.text(machine.field("kind", of: fields))
    guard let kind = kinds[kindName] else {
      throw machine.failure("FG0313", "There is no aspect of kind '\(kindName)'", at: nil)
    }
    let comparison = try comparison(fields, &machine)
    try locate(machine.field("want", of: fields), in: comparison, &machine)
    var aspect = Aspect(
      kind: kind, comparison: comparison,
      initial: try data(machine.field("initial", of: fields), &machine),
      add: try templates(machine.field("add", of: fields), &machine),
      remove: try templates(machine.field("remove", of: fields), &machine),
      clearsBeforeDelete: try machine.truth(machine.field("clearsBeforeDelete", of: fields)),
      key: try data(machine.field("key", of: fields), &machine))
    aspect.keepEachOnce()
    return aspect
  }

  /// Keeps where each wanted element of a list was written.
  private mutating func locate(
    _ want: Ref, in comparison: Comparison, _ machine: inout Machine
  ) throws(EvaluationFailure) {
    var list = try machine.force(want)
    if case .some(let inner) = list { list = try machine.force(inner) }
    guard case .list(let elements) = list else { return }
    for (element, value) in zip(elements, comparison.want.elements) {
      guard let site = Machine.site(of: try machine.force(element)) else { continue }
      parts.append((aspect: comparison.name, element: value, site: site))
    }
  }

  private func settle(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> SettleRule {
    let (name, value) = try machine.constructed(ref, "A settle rule")
    guard let payload = value.payload else {
      return name == "Acknowledged" ? .acknowledged : .visibleTwice
    }
    let fields = try machine.fields(payload, "A state")
    return .state(
      path: try machine.path(machine.field("path", of: fields)),
      reached: try machine.texts(machine.field("reached", of: fields)),
      failing: try machine.texts(machine.field("failing", of: fields)))
  }

  private func errors(
    _ ref: Ref, _ machine: inout Machine
  ) throws(EvaluationFailure) -> SortedMap<String, ErrorVerb> {
    let verbs: [String: ErrorVerb] = [
      "absent": .absent, "retry": .retry, "retryAfterDependents": .retryAfterDependents,
      "present": .present, "fail": .fail,
    ]
    guard case .dictionary(let entries) = try machine.force(ref) else {
      throw machine.failure("FG0313", "A planner's errors are a dictionary", at: nil)
    }
    var out = SortedMap<String, ErrorVerb>()
    for (code, verb) in entries {
      let name = try machine.text(verb)
      guard let known = verbs[name] else {
        throw machine.failure("FG0313", "There is no error verb '\(name)'", at: nil)
      }
      out[code] = known
    }
    return out
  }
}

/// A batched read with the mark of the identities taken out.
private struct BatchPlace {
  /// The call, its list of identities empty.
  let call: Call
  /// The path of that list in the parameters; nil where the read is not batched.
  let path: [String]?

  init(in call: Call) {
    var found: [String]?
    let parameters = BatchPlace.clear(call.parameters, [], &found)
    self.call = Call(
      service: call.service, operation: call.operation, parameters: parameters)
    self.path = found
  }

  private static func clear(
    _ value: Value, _ path: [String], _ found: inout [String]?
  ) -> Value {
    switch value {
    case .list(let items):
      if items == [.residual(Machine.identities)] {
        found = path
        return .list([])
      }
      var out: [Value] = []
      for (index, item) in items.enumerated() {
        out.append(clear(item, path + [String(index)], &found))
      }
      return .list(out)
    case .record(let fields):
      var out = SortedMap<String, Value>()
      for (name, field) in fields { out[name] = clear(field, path + [name], &found) }
      return .record(out)
    case .null, .bool, .int, .string, .secret, .residual: return value
    }
  }
}
