internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

/// Reads connections and invariants: values of the types of `Fugue.Reach`.
struct StatementReader {
  /// The addresses of all resources.
  let addresses: [ResourceIdentity: ResourceAddress]
  /// The sources, for titles and origins.
  let sources: SourceSet
  private var titles: Set<String> = []

  /// Makes a reader.
  init(addresses: [ResourceIdentity: ResourceAddress], sources: SourceSet) {
    self.addresses = addresses
    self.sources = sources
  }

  /// What a statement claims; one invariant for each kind of traffic.
  ///
  /// `declared` gives each resource's value and its type for `forall`.
  mutating func invariants(
    of statement: ConstructedValue, declared: [(identity: ResourceIdentity, value: Ref)],
    _ machine: inout Machine
  ) throws(EvaluationFailure) -> [Invariant] {
    let constructor = machine.program[statement.constructor]
    guard let payload = statement.payload else { return [] }
    let site = statement.site
    switch (constructor.type.name, constructor.name) {
    case ("Flow", _):
      let flow = try flow(payload, site, &machine)
      guard flow.isConnection else { return [] }
      return flow.traffic.map { traffic in
        invariant(site, traffic, among: flow) { .always(from: flow.from, to: flow.to, $0) }
      }
    case ("Invariant", "Never"):
      return try claims(payload, site, &machine) { .never(from: $0.from, to: $0.to, $1) }
    case ("Invariant", "Always"):
      return try claims(payload, site, &machine) { .always(from: $0.from, to: $0.to, $1) }
    case ("Invariant", "Only"):
      return try claims(payload, site, &machine) { .only(from: $0.from, to: $0.to, $1) }
    case ("Invariant", "Forall"):
      let claim = try forall(payload, declared, site, &machine)
      return [invariant(site, nil, among: nil) { _ in claim }]
    case ("Invariant", "NobodyOutside"):
      let claim = try nobodyOutside(payload, site, &machine)
      return [invariant(site, nil, among: nil) { _ in claim }]
    case (_, _): return []
    }
  }

  /// A flow as the prover wants it.
  private struct ReadFlow {
    var isConnection: Bool
    var from: [Endpoint]
    var to: [Endpoint]
    var traffic: [Traffic]
  }

  private mutating func claims(
    _ payload: Ref, _ site: SourceRange?, _ machine: inout Machine,
    _ make: (ReadFlow, Traffic) -> Claim
  ) throws(EvaluationFailure) -> [Invariant] {
    let flow = try flow(payload, site, &machine)
    return flow.traffic.map { traffic in
      invariant(site, traffic, among: flow) { make(flow, $0) }
    }
  }

  private func flow(
    _ ref: Ref, _ site: SourceRange?, _ machine: inout Machine
  ) throws(EvaluationFailure) -> ReadFlow {
    let fields = try machine.fields(ref, "A flow")
    var traffic: [Traffic] = []
    for kind in try machine.elements(machine.field("traffic", of: fields)) {
      traffic.append(try self.traffic(kind, site, &machine))
    }
    return ReadFlow(
      isConnection: try machine.truth(machine.field("isConnection", of: fields)),
      from: try endpoints(machine.field("from", of: fields), site, &machine),
      to: try endpoints(machine.field("to", of: fields), site, &machine),
      traffic: traffic.isEmpty ? [.any] : traffic)
  }

  private func traffic(
    _ ref: Ref, _ site: SourceRange?, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Traffic {
    let fields = try machine.fields(ref, "A kind of traffic such as 'tcp 443'")
    let name = try machine.text(machine.field("protocol", of: fields))
    let low = try machine.number(machine.field("from", of: fields))
    let high = try machine.number(machine.field("to", of: fields))
    guard let transport = Transport(aws: name), let first = UInt16(exactly: low),
      let last = UInt16(exactly: high), first <= last
    else {
      throw machine.failure(
        "FG0315", "Ports are from 0 to 65535; these are \(low) to \(high)", at: site)
    }
    return Traffic(transport, first...last)
  }

  private func endpoints(
    _ ref: Ref, _ site: SourceRange?, _ machine: inout Machine
  ) throws(EvaluationFailure) -> [Endpoint] {
    let value = try machine.force(ref)
    switch value {
    case .list(let elements):
      var out: [Endpoint] = []
      for element in elements { out += try endpoints(element, site, &machine) }
      return out
    case .construct(let constructed):
      if let identity = constructed.identity, let address = addresses[identity] {
        return [.resource(address)]
      }
      if let endpoint = try plainEndpoint(constructed, &machine) { return [endpoint] }
    case .record(let record):
      if let inner = record.fields["peer"] { return try endpoints(inner, site, &machine) }
    case .int, .float, .string, .bool, .pieces, .tuple, .dictionary, .closure, .external, .call,
      .none, .some, .secret, .residual, .hole:
      break
    }
    throw machine.failure(
      "FG0315", "One side of this flow is \(value.kindName), which has no address", at: site,
      notes: [
        "A side is 'internet', a block such as 'cidr \"10.0.0.0/8\"', a resource, a record with "
          + "a field 'peer', or a list of these."
      ])
  }

  private func plainEndpoint(
    _ constructed: ConstructedValue, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Endpoint? {
    let constructor = machine.program[constructed.constructor]
    guard constructor.type.module == ResourceGraph.statementModule else { return nil }
    guard let payload = constructed.payload else { return .internet }
    return CIDR(try machine.text(payload)).map { .cidr($0) }
  }

  private func forall(
    _ function: Ref, _ declared: [(identity: ResourceIdentity, value: Ref)],
    _ site: SourceRange?, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Claim {
    guard case .closure(let lambda, _) = try machine.force(function),
      let type = machine.code.lambdas[Int(lambda.index)].parameterTypes.first ?? nil
    else {
      throw machine.failure(
        "FG0315", "It is not said of which resources this must hold", at: site,
        hint: "give the parameter a type: forall fun(b: S3.Bucket): …")
    }
    var results: [PredicateResult] = []
    for (identity, value) in declared {
      let resource = machine.resources[identity.number]
      guard machine.program[resource.constructor].type == type,
        let address = addresses[identity]
      else { continue }
      let holds = machine.heap.add(.application(function, [value], site))
      results.append(
        PredicateResult(
          address: address, holds: try known(holds, &machine),
          origin: origin(resource.site ?? site)))
    }
    return .forall(type: type.description, results.sorted { $0.address < $1.address })
  }

  /// A truth value; nil where it depends on what is known only later.
  private func known(_ ref: Ref, _ machine: inout Machine) throws(EvaluationFailure) -> Bool? {
    do throws(EvaluationFailure) {
      guard case .bool(let truth) = try machine.force(ref) else { return nil }
      return truth
    } catch {
      if error.diagnostic?.code == "FG0305" { return nil }
      throw error
    }
  }

  private func nobodyOutside(
    _ payload: Ref, _ site: SourceRange?, _ machine: inout Machine
  ) throws(EvaluationFailure) -> Claim {
    let fields = try machine.fields(payload, "An invariant")
    let value = try machine.force(machine.field("resource", of: fields))
    guard case .construct(let constructed) = value, let identity = constructed.identity,
      let address = addresses[identity]
    else { throw machine.unexpected(value, wanted: "A resource", nil, site) }
    let action = try machine.text(machine.field("action", of: fields))
    if let mistake = machine.inputs.actionMistake(action) {
      throw machine.failure("FG0319", mistake.sentence, at: site, hint: mistake.hint)
    }
    return .nobodyOutside(
      action: action, resource: address,
      path: try machine.text(machine.field("path", of: fields)))
  }

  private mutating func invariant(
    _ site: SourceRange?, _ traffic: Traffic?, among flow: ReadFlow?, _ claim: (Traffic) -> Claim
  ) -> Invariant {
    var title = site.map { sources.flatText(of: $0) } ?? "invariant"
    if let traffic, let flow, flow.traffic.count > 1 {
      title += " [\(traffic.transport.aws) \(traffic.ports.lowerBound)"
      title += traffic.ports.count > 1 ? "-\(traffic.ports.upperBound)]" : "]"
    }
    var unique = title
    var number = 2
    while !titles.insert(unique).inserted {
      unique = "\(title) (\(number))"
      number += 1
    }
    return Invariant(title: unique, claim: claim(traffic ?? .any), origin: origin(site))
  }

  private func origin(_ site: SourceRange?) -> Origin {
    site.map { sources.origin(of: $0) }
      ?? Origin(file: "", line: 1, column: 1, length: 1, text: "")
  }
}
