internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections

/// What is reachable from a composition's top-level values: resources with their addresses, and
/// statements (connections, invariants) in order of their paths.
struct ResourceGraph {
  /// Each reachable resource with the address of its best path.
  private(set) var resources: [ResourceIdentity: ResourceAddress] = [:]
  /// Each reachable statement, in order of the best paths.
  private(set) var statements: [(value: ConstructedValue, ref: Ref)] = []
  /// The values of types that validations judge, in order of their paths.
  private(set) var judged: [TypeName: [Ref]] = [:]
  /// All values of sum types, in order of their paths, where they were asked for.
  private(set) var nodes: [(type: TypeName, ref: Ref, address: ResourceAddress)] = []
  /// What went wrong while values were computed.
  private(set) var diagnostics: [Diagnostic] = []

  private let hasNodes: Bool
  private var visited = RefSet()
  private var paths = AddressPaths()
  /// Cells to be looked at, each with the path that leads to it, by the rank of the path.
  private var waiting = SortedMap<PathRank, [(ref: Ref, path: Int32)]>()

  /// Connections and invariants are the values of types that this module declares.
  static let statementModule = ModuleName("Fugue.Reach")
  /// Statements are the values of types that these modules declare.
  private static let statementModules = [
    statementModule, ModuleName("Fugue.Enforce"), ModuleName("Fugue.Identity"),
  ]

  /// Walks from the top-level bindings of a module; gathers the values of some types, and all
  /// values as nodes where they are asked for.
  init(
    of root: ModuleName, gathering types: Set<TypeName>, hasNodes: Bool,
    in machine: inout Machine
  ) {
    self.hasNodes = hasNodes
    for type in types { judged[type] = [] }
    for name in machine.program.modules[root]?.globals ?? [] {
      let path = paths.append(.field(name.name), to: nil)
      add(machine.global(name), path, PathRank(length: 1))
    }
    defer {
      // The way is not needed any more, and the blueprint needs the room.
      visited = RefSet()
      paths = AddressPaths()
    }
    var left = machine.limits.cells
    while let rank = waiting.keys.first, var cells = waiting[rank] {
      waiting[rank] = nil
      cells.sort { paths.isLess($0.path, $1.path) }
      for (ref, path) in cells {
        left -= 1
        guard left > 0, rank.length < 10_000, paths.work / 64 < machine.limits.cells else {
          diagnostics.append(Self.endless)
          return
        }
        do throws(EvaluationFailure) {
          try visit(ref, path, rank, &machine)
        } catch {
          if let diagnostic = error.diagnostic { diagnostics.append(diagnostic) }
        }
      }
    }
  }

  /// Gives a resource another address than that of its best path.
  mutating func rename(_ resource: ResourceIdentity, to address: ResourceAddress) {
    resources[resource] = address
  }

  private static var endless: Diagnostic {
    Diagnostic(
      "FG0302", "The composition's values have no end",
      notes: ["Millions of parts were looked at, or ten thousand one within the other."],
      hint: "look for a list or record that contains itself ever again")
  }

  private mutating func add(_ ref: Ref, _ path: Int32, _ rank: PathRank) {
    waiting[rank, default: []].append((ref: ref, path: path))
  }

  private mutating func visit(
    _ first: Ref, _ path: Int32, _ rank: PathRank, _ machine: inout Machine
  ) throws(EvaluationFailure) {
    var ref = first
    while visited.insert(ref) {
      switch try machine.force(ref) {
      case .record(let record):
        for (name, field) in zip(record.shape.names, record.values) {
          visit(field, .field(name), path, rank, machine)
        }
      case .dictionary(let entries):
        for (key, entry) in zip(entries.keys, entries.values) {
          visit(entry, .key(key), path, rank, machine)
        }
      case .tuple(let parts): visit(parts[...], path, rank, machine)
      case .list(let elements): visit(elements, path, rank, machine)
      case .pieces(let pieces):
        for case .elements(let elements) in pieces { visit(elements, path, rank, machine) }
      case .some(let inner):
        ref = inner
        continue
      case .construct(let constructed):
        guard let payload = visit(constructed, ref, path, rank, machine) else { return }
        ref = payload
        continue
      case .residual(let residual): visit(residual, path, rank, &machine)
      case .int, .float, .string, .bool, .closure, .external, .call, .none, .secret, .hole: break
      }
      return
    }
  }

  /// Keeps a constructed value; gives its payload where the same path leads to it.
  private mutating func visit(
    _ constructed: ConstructedValue, _ ref: Ref, _ path: Int32, _ rank: PathRank,
    _ machine: borrowing Machine
  ) -> Ref? {
    var inner = rank
    let type = machine.program.constructors[constructed.constructor.index].type
    if let identity = constructed.identity {
      guard resources[identity] == nil else { return nil }
      resources[identity] = paths.address(path)
      inner.resources += 1
    } else if Self.statementModules.contains(type.module) {
      if rank.statements == 0 { statements.append((value: constructed, ref: ref)) }
      inner.statements += 1
    }
    if !judged.isEmpty { judged[type]?.append(ref) }
    if hasNodes { nodes.append((type: type, ref: ref, address: paths.address(path))) }
    guard let payload = constructed.payload else { return nil }
    if inner == rank { return payload }
    add(payload, path, inner)
    return nil
  }

  private mutating func visit(
    _ residual: Residual, _ path: Int32, _ rank: PathRank, _ machine: inout Machine
  ) {
    for identity in Self.outputs(in: residual) {
      let resource = machine.resources[identity.number]
      guard resources[identity] == nil else { continue }
      let name = machine.program[resource.constructor].name
      visit(
        machine.heap.add(.construct(resource)), .field(name), path, rank, machine)
    }
  }

  private mutating func visit(
    _ elements: ArraySlice<Ref>, _ path: Int32, _ rank: PathRank, _ machine: borrowing Machine
  ) {
    for (index, element) in elements.enumerated() {
      visit(element, .index(index), path, rank, machine)
    }
  }

  /// Adds a part, unless it is known to lead nowhere.
  private mutating func visit(
    _ ref: Ref, _ segment: AddressPaths.Segment, _ path: Int32, _ rank: PathRank,
    _ machine: borrowing Machine
  ) {
    if case .value(let value) = machine.heap[ref] {
      switch value {
      case .int, .float, .string, .bool, .closure, .external, .call, .none, .secret, .hole: return
      case .list, .pieces, .tuple, .record, .dictionary, .construct, .some, .residual: break
      }
    }
    var longer = rank
    longer.length += 1
    add(ref, paths.append(segment, to: path), longer)
  }
}
