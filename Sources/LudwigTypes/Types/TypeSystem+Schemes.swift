extension TypeSystem {
  /// A copy of a type with arguments for its generics.
  mutating func instantiate(_ body: TypeRef, _ arguments: [TypeRef]) -> TypeRef {
    if arguments.isEmpty { return body }
    var memo: [TypeRef: TypeRef] = [:]
    return copy(body, arguments, 0, &memo)
  }

  /// A use of a generalised type: each generic becomes an unknown of its kind.
  mutating func use(_ scheme: TypeScheme) -> TypeRef {
    let arguments = scheme.kinds.map { arena.variable($0) }
    return instantiate(scheme.type, arguments)
  }

  private mutating func copy(
    _ ref: TypeRef, _ arguments: [TypeRef], _ depth: Int, _ memo: inout [TypeRef: TypeRef]
  ) -> TypeRef {
    let source = arena.resolve(ref)
    if let done = memo[source] { return done }
    fuel -= 1
    guard depth < TypeSystem.depthLimit * 2, fuel > 0 else { return error() }
    let out: TypeRef
    switch arena[source] {
    case .generic(let index):
      out = Int(index) < arguments.count ? arguments[Int(index)] : error()
    case .variable, .link, .rigid, .error: out = source
    case .named(let id, let parts):
      out = rebuilt(source, parts, arguments, depth, &memo) { .named(id, $0) }
    case .tuple(let parts):
      out = rebuilt(source, parts, arguments, depth, &memo) { .tuple($0) }
    case .function(let parameters, let result):
      out = rebuilt(source, parameters + [result], arguments, depth, &memo) {
        .function(Array($0.dropLast()), $0[$0.count - 1])
      }
    case .record(let fields, let rest):
      let parts = fields.map(\.type) + (rest.map { [$0] } ?? [])
      out = rebuilt(source, parts, arguments, depth, &memo) { copies in
        .record(
          zip(fields, copies).map { TypeField(name: $0.name, type: $1) },
          rest: rest == nil ? nil : copies[copies.count - 1])
      }
    }
    memo[source] = out
    return out
  }

  /// The same node where no part changed, else a new one; so closed types are never copied.
  private mutating func rebuilt(
    _ source: TypeRef, _ parts: [TypeRef], _ arguments: [TypeRef], _ depth: Int,
    _ memo: inout [TypeRef: TypeRef], _ make: ([TypeRef]) -> TypeNode
  ) -> TypeRef {
    var isChanged = false
    var copies: [TypeRef] = []
    for part in parts {
      let result = copy(part, arguments, depth + 1, &memo)
      if result != arena.resolve(part) { isChanged = true }
      copies.append(result)
    }
    return isChanged ? arena.add(make(copies)) : source
  }

  /// Turns the unknowns of inner scopes, and annotations' variables, within some types into
  /// generics, numbered in the order in which they are met.
  mutating func generalize(_ types: [TypeRef]) -> [VariableKind] {
    var kinds: [VariableKind] = []
    var seen: Set<TypeRef> = []
    var stack = Array(types.reversed())
    while let next = stack.popLast() {
      let ref = arena.resolve(next)
      guard seen.insert(ref).inserted else { continue }
      switch arena[ref] {
      case .variable(let inner, let kind) where inner > arena.level:
        arena.set(ref, .generic(Int32(kinds.count)))
        kinds.append(kind)
      case .rigid:
        arena.set(ref, .generic(Int32(kinds.count)))
        kinds.append(.any)
      case .variable, .link, .generic, .named, .record, .tuple, .function, .error:
        stack += children(of: ref).reversed()
      }
    }
    return kinds
  }

  /// A type as others may keep it. Unknowns that are left over are numbered after the generics.
  mutating func closed(_ ref: TypeRef) -> CheckedType {
    var unknowns: [TypeRef] = []
    sizeLeft = 5_000
    return closed(ref, 0, &unknowns)
  }

  private mutating func closed(
    _ ref: TypeRef, _ depth: Int, _ unknowns: inout [TypeRef]
  ) -> CheckedType {
    sizeLeft -= 1
    guard depth < TypeSystem.depthLimit, sizeLeft > 0 else { return .unknown }
    let source = arena.resolve(ref)
    switch arena[source] {
    case .error, .link: return .unknown
    case .generic(let index): return .variable(Int(index))
    case .variable, .rigid:
      if let index = unknowns.firstIndex(of: source) { return .variable(1000 + index) }
      unknowns.append(source)
      return .variable(1000 + unknowns.count - 1)
    case .named(let id, let arguments):
      var parts: [CheckedType] = []
      for argument in arguments { parts.append(closed(argument, depth + 1, &unknowns)) }
      return .named(constructors[Int(id.index)].name, parts)
    case .tuple(let elements):
      var parts: [CheckedType] = []
      for element in elements { parts.append(closed(element, depth + 1, &unknowns)) }
      return .tuple(parts)
    case .function(let parameters, let result):
      var parts: [CheckedType] = []
      for parameter in parameters { parts.append(closed(parameter, depth + 1, &unknowns)) }
      return .function(parts, closed(result, depth + 1, &unknowns))
    case .record:
      guard let view = record(source) else { return .unknown }
      var fields: [CheckedTypeField] = []
      for field in view.fields {
        fields.append(
          CheckedTypeField(name: field.name, type: closed(field.type, depth + 1, &unknowns)))
      }
      return .record(fields, isOpen: view.rest != nil)
    }
  }
}
