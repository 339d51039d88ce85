internal import Canon
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections

/// What is reachable from a composition's top-level values: resources with their addresses, and
/// statements (connections, invariants) with their paths.
struct ResourceGraph {
  /// Each reachable resource with its best path.
  private(set) var resources: [ResourceIdentity: AddressPath] = [:]
  /// Each reachable statement with its best path, in order of the paths.
  private(set) var statements: [(path: AddressPath, value: ConstructedValue, ref: Ref)] = []
  /// The values of types that validations judge, in order of their paths.
  private(set) var judged: [TypeName: [Ref]] = [:]
  /// All values of sum types, in order of their paths, where they were asked for.
  private(set) var nodes: [(type: TypeName, ref: Ref, path: AddressPath)] = []
  /// What went wrong while values were computed.
  private(set) var diagnostics: [Diagnostic] = []

  private let hasNodes: Bool
  private var visited: Set<Ref> = []
  private var queue = PathQueue()

  /// Statements are the values of types that this module declares.
  static let statementModule = ModuleName("Fugue.Reach")

  /// Walks from the top-level bindings of a module; gathers the values of some types, and all
  /// values as nodes where they are asked for.
  init(
    of root: ModuleName, gathering types: Set<TypeName>, hasNodes: Bool,
    in machine: inout Machine
  ) {
    self.hasNodes = hasNodes
    for type in types { judged[type] = [] }
    for name in machine.program.modules[root]?.globals ?? [] {
      queue.add(
        machine.global(name), AddressPath(segments: [.field(name.name)]))
    }
    var left = 1_000_000
    while let (ref, path) = queue.next() {
      guard visited.insert(ref).inserted else { continue }
      left -= 1
      if left == 0 {
        diagnostics.append(
          Diagnostic(
            "FG0302", "The composition's values have no end",
            notes: ["More than a million parts were looked at."],
            hint: "look for a list or record that contains itself ever again"))
        return
      }
      do throws(EvaluationFailure) {
        try visit(ref, path, &machine)
      } catch {
        if let diagnostic = error.diagnostic { diagnostics.append(diagnostic) }
      }
    }
  }

  private mutating func visit(
    _ ref: Ref, _ path: AddressPath, _ machine: inout Machine
  ) throws(EvaluationFailure) {
    switch try machine.force(ref) {
    case .record(let record): visit(record.fields, path) { .field($0) }
    case .dictionary(let entries): visit(entries, path) { .key($0) }
    case .tuple(let parts): visit(parts[...], path)
    case .list(let elements): visit(elements, path)
    case .pieces(let pieces):
      for case .elements(let elements) in pieces { visit(elements, path) }
    case .some(let inner): queue.add(inner, path)
    case .construct(let constructed): visit(constructed, ref, path, machine)
    case .residual(let residual):
      for identity in Self.outputs(in: residual) {
        let resource = machine.resources[identity.number]
        let name = machine.program[resource.constructor].name
        queue.add(machine.heap.add(.construct(resource)), path.appending(.field(name)))
      }
    case .int, .float, .string, .bool, .closure, .external, .call, .none, .secret: break
    }
  }

  private mutating func visit(
    _ constructed: ConstructedValue, _ ref: Ref, _ path: AddressPath, _ machine: Machine
  ) {
    var inner = path
    if let identity = constructed.identity {
      guard resources[identity] == nil else { return }
      resources[identity] = path
      inner.resources += 1
    } else if machine.program[constructed.constructor].type.module == Self.statementModule {
      if path.statements == 0 {
        statements.append((path: path, value: constructed, ref: ref))
      }
      inner.statements += 1
    }
    let type = machine.program[constructed.constructor].type
    judged[type]?.append(ref)
    if hasNodes { nodes.append((type: type, ref: ref, path: path)) }
    if let payload = constructed.payload { queue.add(payload, inner) }
  }

  private mutating func visit(_ elements: ArraySlice<Ref>, _ path: AddressPath) {
    for (index, element) in elements.enumerated() {
      queue.add(element, path.appending(.index(index)))
    }
  }

  private mutating func visit(
    _ fields: SortedMap<String, Ref>, _ path: AddressPath,
    _ segment: (String) -> AddressPath.Segment
  ) {
    for (name, field) in fields { queue.add(field, path.appending(segment(name))) }
  }
}
