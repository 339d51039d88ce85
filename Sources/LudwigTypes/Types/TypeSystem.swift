/// Types, their unification and generalisation.
struct TypeSystem {
  /// All type nodes.
  var arena = TypeArena()
  /// All named types; the built-in ones come first.
  var constructors: [TypeConstructor]
  /// Interfaces of virtual modules, for shapes.
  var interfaces: [ModuleName: ModuleInterface] = [:]
  /// Steps of unification and copying that are left; bounds the work on types that blow up.
  var fuel = TypeSystem.fuelLimit
  /// As many steps a small program may take; a real one takes some ten for each expression, and
  /// a large one gets more.
  static let fuelLimit = 1_000_000
  /// How deep a type may nest.
  static let depthLimit = 150
  /// Why the last unification failed in a way that is not a plain difference.
  var failure: Failure?
  /// How much of a type is still written out when it is given to others.
  var sizeLeft = 0
  private var plain = [TypeRef?](repeating: nil, count: BuiltinType.allCases.count)
  private var shapes: [TypeName: [Bool: TypeConstructorID]] = [:]

  /// A failure that has a headline of its own.
  enum Failure {
    /// A type would have to contain itself.
    case infinite
    /// A type is too deep or too large.
    case tooLarge
  }

  /// A system with the built-in types.
  init() {
    constructors = BuiltinType.allCases.map {
      TypeConstructor(
        name: TypeName(module: ModuleName(""), name: $0.name), arity: $0.arity, kind: .primitive)
    }
  }

  /// A built-in type with its arguments.
  mutating func builtin(_ type: BuiltinType, _ arguments: TypeRef...) -> TypeRef {
    guard arguments.isEmpty else { return arena.add(.named(type.id, arguments)) }
    // Literals are many: they share the node of their type.
    if let known = plain[Int(type.id.index)] { return known }
    let ref = arena.add(.named(type.id, []))
    plain[Int(type.id.index)] = ref
    return ref
  }

  /// The type of something wrong.
  mutating func error() -> TypeRef { arena.add(.error) }

  /// The argument of a built-in type, where a type is one.
  func argument(of ref: TypeRef, in type: BuiltinType) -> TypeRef? {
    if case .named(type.id, let arguments) = arena[ref] { arguments.first } else { nil }
  }

  /// The fields of a record or a named record; nil for other types. `rest` is the unbound
  /// variable for further fields of an open record.
  mutating func record(_ ref: TypeRef) -> (fields: [TypeField], rest: TypeRef?)? {
    switch arena[ref] {
    case .record(let fields, let rest): return flattened(fields, rest)
    case .named(let id, let arguments):
      expandShape(id)
      guard case .record(let body) = constructors[Int(id.index)].kind else { return nil }
      return record(instantiate(body, arguments))
    case .variable, .link, .rigid, .generic, .tuple, .function, .error: return nil
    }
  }

  private func flattened(_ first: [TypeField], _ rest: TypeRef?) -> (
    fields: [TypeField], rest: TypeRef?
  ) {
    guard var next = rest else { return (first, nil) }
    var fields = first
    var tail: TypeRef?
    while true {
      next = arena.resolve(next)
      guard case .record(let more, let further) = arena[next] else {
        if case .variable = arena[next] { tail = next }
        break
      }
      // What stands further out hides a field of the same name.
      fields += more.filter { inner in !fields.contains { $0.name == inner.name } }
      guard let further else { break }
      next = further
    }
    return (fields.sorted { $0.name < $1.name }, tail)
  }

  /// The named type of a record shape; its fields are looked up when they are needed.
  mutating func shape(_ name: String, of module: ModuleName, isReply: Bool) -> TypeRef {
    let typeName = TypeName(module: module, name: name)
    if let id = shapes[typeName]?[isReply] { return arena.add(.named(id, [])) }
    let id = TypeConstructorID(index: Int32(constructors.count))
    constructors.append(
      TypeConstructor(name: typeName, arity: 0, kind: .shape(module, name, isReply: isReply)))
    shapes[typeName, default: [:]][isReply] = id
    return arena.add(.named(id, []))
  }

  private mutating func expandShape(_ id: TypeConstructorID) {
    guard case .shape(let module, let name, let isReply) = constructors[Int(id.index)].kind
    else { return }
    let members = interfaces[module]?.record(name) ?? []
    var fields: [TypeField] = []
    for member in members.sorted(by: { $0.name < $1.name }) {
      let type = type(member.type, of: module, isReply: isReply)
      let isPlain = member.isRequired || isReply
      fields.append(
        TypeField(name: member.name, type: isPlain ? type : builtin(.optional, type)))
    }
    constructors[Int(id.index)].kind = .record(arena.add(.record(fields, rest: nil)))
  }

  private mutating func type(
    _ type: InterfaceType, of module: ModuleName, isReply: Bool
  ) -> TypeRef {
    switch type {
    case .string: builtin(.string)
    case .int: builtin(.int)
    case .float: builtin(.float)
    case .bool: builtin(.bool)
    case .bytes: builtin(.bytes)
    case .list(let element):
      builtin(.list, self.type(element, of: module, isReply: isReply))
    case .dictionary(let element):
      builtin(.dictionary, self.type(element, of: module, isReply: isReply))
    case .record(let name): shape(name, of: module, isReply: isReply)
    case .any: arena.add(.error)
    }
  }
}
