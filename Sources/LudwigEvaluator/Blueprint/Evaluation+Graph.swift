internal import Canon
internal import CloudModel
package import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Evaluation {
  /// What the root module declares; nil where there were mistakes. Planners are not asked.
  package mutating func graph() -> (SourceGraph?, [Diagnostic]) {
    let graph = walk()
    validate(graph)
    let refined = refine(graph)
    let addresses = machine.addresses
    let declared = byAddress(graph).map { identity in
      (
        identity: identity,
        value: refined[identity] ?? machine.heap.add(.construct(machine.resources[identity.number]))
      )
    }
    let invariants = invariants(graph, declared)
    let ignored = ignored(graph)
    // Without addresses a reference is read as a placeholder, which can be told from a text.
    machine.addresses = [:]
    defer { machine.addresses = addresses }
    var resources: [SourceResource] = []
    for (identity, value) in declared {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        var resource = try self.sourceResource(identity, value, addresses)
        resource.ignored = ignored[resource.address]?.map(\.part) ?? []
        resources.append(resource)
      }
    }
    let (values, functions) = sourceValues(addresses)
    let mistakes = takeDiagnostics()
    guard mistakes.isEmpty else { return (nil, mistakes) }
    return (
      SourceGraph(
        isComposition: program.modules[program.root]?.isComposition ?? false,
        resources: resources, values: values, functions: functions, invariants: invariants), []
    )
  }

  private mutating func invariants(
    _ graph: ResourceGraph, _ declared: [(identity: ResourceIdentity, value: Ref)]
  ) -> [Invariant] {
    var reader = StatementReader(addresses: machine.addresses, sources: sources)
    var invariants: [Invariant] = []
    for statement in graph.statements {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        invariants += try reader.invariants(
          of: statement.value, declared: declared, &self.machine)
      }
    }
    return invariants
  }

  private mutating func sourceResource(
    _ identity: ResourceIdentity, _ value: Ref,
    _ addresses: [ResourceIdentity: ResourceAddress]
  ) throws(EvaluationFailure) -> SourceResource {
    let resource = machine.resources[identity.number]
    var marking = ReferenceMarking(addresses: addresses)
    let fields = marking.mark(try machine.plainData(value, isTop: true))
    return SourceResource(
      address: addresses[identity] ?? ResourceAddress(""),
      type: program[resource.constructor].type.description, fields: fields,
      references: marking.references.sorted(), origin: origin(resource.site))
  }

  private mutating func sourceValues(
    _ addresses: [ResourceIdentity: ResourceAddress]
  ) -> ([SourceValue], [SourceFunction]) {
    var values: [SourceValue] = []
    var functions: [SourceFunction] = []
    for name in program.modules[program.root]?.globals ?? [] {
      // A pattern that binds several names stands there, too, under its own text.
      guard let global = program.globals[name], let first = name.name.utf8.first,
        first != UInt8(ascii: "("), first != UInt8(ascii: "{"), first != UInt8(ascii: "[")
      else { continue }
      if case .function = global.type {
        functions.append(SourceFunction(name: name.name, type: global.type.description))
        continue
      }
      attempt { (self: inout Self) throws(EvaluationFailure) in
        var marking = ReferenceMarking(addresses: addresses)
        let ref = self.machine.global(name)
        let data = marking.mark(try self.machine.plainData(ref))
        values.append(
          SourceValue(
            name: name.name, type: global.type.description, value: data,
            text: try self.machine.shown(ref)))
      }
    }
    return (values, functions)
  }
}

/// Makes references of placeholders.
private struct ReferenceMarking {
  let addresses: [ResourceIdentity: ResourceAddress]
  private(set) var references: Set<ResourceAddress> = []
  private var closing: Closing

  init(addresses: [ResourceIdentity: ResourceAddress]) {
    self.addresses = addresses
    closing = Closing(addresses: addresses)
  }

  mutating func mark(_ value: Value) -> Value {
    switch value {
    case .string(let text):
      guard let identity = Machine.identity(of: ResourceAddress(text)),
        let address = addresses[identity]
      else { return value }
      references.insert(address)
      return .record(["$ref": .string(address.text)])
    case .list(let items): return .list(items.map { mark($0) })
    case .record(let fields):
      var out = SortedMap<String, Value>()
      for (name, field) in fields { out[name] = mark(field) }
      return .record(out)
    case .residual:
      let closed = closing.close(value)
      references.formUnion(closing.dependencies)
      return closed
    case .null, .bool, .int, .secret: return value
    }
  }
}
