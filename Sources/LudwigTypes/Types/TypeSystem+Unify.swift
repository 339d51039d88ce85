extension TypeSystem {
  /// Makes two types equal by choosing unknowns; false where that is impossible. What was chosen
  /// before a failure stays chosen, unless it runs in a trial.
  mutating func unify(_ a: TypeRef, _ b: TypeRef) -> Bool {
    failure = nil
    var assumed: Set<ConstructorPair> = []
    return unify(a, b, 0, &assumed)
  }

  /// Whether two types could be made equal; chooses only if so.
  mutating func tryUnify(_ a: TypeRef, _ b: TypeRef) -> Bool {
    let saved = failure
    arena.beginTrial()
    let isKept = unify(a, b)
    arena.endTrial(isKept: isKept)
    if !isKept { failure = saved }
    return isKept
  }

  /// Whether two types could be made equal; chooses nothing.
  mutating func couldUnify(_ a: TypeRef, _ b: TypeRef) -> Bool {
    let saved = failure
    arena.beginTrial()
    let isEqual = unify(a, b)
    arena.endTrial(isKept: false)
    failure = saved
    return isEqual
  }

  private mutating func unify(
    _ left: TypeRef, _ right: TypeRef, _ depth: Int, _ assumed: inout Set<ConstructorPair>
  ) -> Bool {
    let a = arena.resolve(left)
    let b = arena.resolve(right)
    if a == b { return true }
    guard isWithinLimits(depth) else { return false }
    switch (arena[a], arena[b]) {
    case (.error, _), (_, .error): return true
    case (.variable(let levelA, let kindA), .variable(let levelB, let kindB)):
      guard let kind = kindA.merged(with: kindB) else { return bindTexts(a, b, kindA, kindB) }
      arena.set(b, .variable(level: min(levelA, levelB), kind))
      arena.set(a, .link(b))
      return true
    case (.variable(let level, let kind), _): return bind(a, level, kind, to: b)
    case (_, .variable(let level, let kind)): return bind(b, level, kind, to: a)
    case (.named(let first, let x), .named(let second, let y)) where first == second:
      return unify(all: x, y, depth, &assumed)
    case (.tuple(let x), .tuple(let y)): return unify(all: x, y, depth, &assumed)
    case (.function(let x, let u), .function(let y, let v)):
      return unify(all: x, y, depth, &assumed) && unify(u, v, depth + 1, &assumed)
    case (.named(let first, _), .named(let second, _)):
      let pair = ConstructorPair(first: first, second: second)
      if assumed.contains(pair) { return true }
      guard let x = record(a), let y = record(b) else { return false }
      assumed.insert(pair)
      return unify(records: x, y, depth, &assumed)
    case (.record, .record), (.record, .named), (.named, .record):
      guard let x = record(a), let y = record(b) else { return false }
      return unify(records: x, y, depth, &assumed)
    case (.link, _), (.rigid, _), (.generic, _), (.named, _), (.record, _), (.tuple, _),
      (.function, _):
      return false
    }
  }

  private mutating func unify(
    all x: [TypeRef], _ y: [TypeRef], _ depth: Int, _ assumed: inout Set<ConstructorPair>
  ) -> Bool {
    guard x.count == y.count else { return false }
    return zip(x, y).allSatisfy { unify($0, $1, depth + 1, &assumed) }
  }

  private mutating func unify(
    records x: (fields: [TypeField], rest: TypeRef?), _ y: (fields: [TypeField], rest: TypeRef?),
    _ depth: Int, _ assumed: inout Set<ConstructorPair>
  ) -> Bool {
    var onlyX: [TypeField] = []
    var onlyY: [TypeField] = []
    var (i, j) = (0, 0)
    while i < x.fields.count || j < y.fields.count {
      if j == y.fields.count || (i < x.fields.count && x.fields[i].name < y.fields[j].name) {
        onlyX.append(x.fields[i])
        i += 1
      } else if i == x.fields.count || y.fields[j].name < x.fields[i].name {
        onlyY.append(y.fields[j])
        j += 1
      } else {
        guard unify(x.fields[i].type, y.fields[j].type, depth + 1, &assumed) else { return false }
        (i, j) = (i + 1, j + 1)
      }
    }
    if let restX = x.rest, let restY = y.rest, arena.resolve(restX) == arena.resolve(restY) {
      return onlyX.isEmpty && onlyY.isEmpty
    }
    let tail = x.rest != nil && y.rest != nil ? arena.variable(.row) : nil
    return extend(x.rest, by: onlyY, tail, depth, &assumed)
      && extend(y.rest, by: onlyX, tail, depth, &assumed)
  }

  private mutating func extend(
    _ rest: TypeRef?, by fields: [TypeField], _ tail: TypeRef?, _ depth: Int,
    _ assumed: inout Set<ConstructorPair>
  ) -> Bool {
    guard let rest else { return fields.isEmpty }
    return unify(rest, arena.add(.record(fields, rest: tail)), depth + 1, &assumed)
  }

  /// An `ordered` and an `appendable` unknown meet in String alone.
  private mutating func bindTexts(
    _ a: TypeRef, _ b: TypeRef, _ kindA: VariableKind, _ kindB: VariableKind
  ) -> Bool {
    guard Set([kindA, kindB]) == [.ordered, .appendable] else { return false }
    let text = builtin(.string)
    arena.set(a, .link(text))
    arena.set(b, .link(text))
    return true
  }

  private mutating func bind(
    _ variable: TypeRef, _ level: Int32, _ kind: VariableKind, to type: TypeRef
  ) -> Bool {
    guard isOf(kind, type) else { return false }
    guard lower(type, to: level, avoiding: variable) else { return false }
    arena.set(variable, .link(type))
    return true
  }

  private func isOf(_ kind: VariableKind, _ type: TypeRef) -> Bool {
    switch (kind, arena[type]) {
    case (.any, _): return true
    case (.number, .named(let id, _)): return id == BuiltinType.int.id || id == BuiltinType.float.id
    case (.ordered, .named(let id, _)):
      return [BuiltinType.int.id, BuiltinType.float.id, BuiltinType.string.id].contains(id)
    case (.appendable, .named(let id, _)):
      return id == BuiltinType.string.id || id == BuiltinType.list.id
    case (.row, .record): return true
    case (.number, _), (.ordered, _), (.appendable, _), (.row, _): return false
    }
  }

  /// Brings the unknowns within a type into an outer scope; false where the type contains the
  /// variable or is too large.
  private mutating func lower(_ type: TypeRef, to level: Int32, avoiding variable: TypeRef) -> Bool
  {
    var seen: Set<TypeRef> = []
    var stack = [type]
    while let next = stack.popLast() {
      let ref = arena.resolve(next)
      guard seen.insert(ref).inserted else { continue }
      guard isWithinLimits(0) else { return false }
      if ref == variable {
        failure = .infinite
        return false
      }
      if case .variable(let inner, let kind) = arena[ref], inner > level {
        arena.set(ref, .variable(level: level, kind))
      }
      stack += children(of: ref)
    }
    return true
  }

  /// The types directly within a type; none within a named record's body.
  func children(of ref: TypeRef) -> [TypeRef] {
    switch arena[ref] {
    case .variable, .link, .rigid, .generic, .error: []
    case .named(_, let arguments): arguments
    case .record(let fields, let rest): fields.map(\.type) + (rest.map { [$0] } ?? [])
    case .tuple(let elements): elements
    case .function(let parameters, let result): parameters + [result]
    }
  }

  private mutating func isWithinLimits(_ depth: Int) -> Bool {
    fuel -= 1
    if depth > TypeSystem.depthLimit || fuel < 0 {
      failure = .tooLarge
      return false
    }
    return true
  }
}

/// Two named records that are taken as equal while their bodies are compared.
private struct ConstructorPair: Hashable {
  var first: TypeConstructorID
  var second: TypeConstructorID
}
