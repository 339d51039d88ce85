import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// A pattern for values of a type; brings the names that it binds into scope.
  mutating func pattern(_ id: PatternID, _ type: TypeRef) -> CorePattern {
    depth += 1
    defer { depth -= 1 }
    guard depth < Checker.depthLimit else { return .wildcard }
    let range = tree.range(of: id)
    switch tree[id] {
    case .missing:
      unknownPatterns += 1
      return .wildcard
    case .wildcard: return .wildcard
    case .name(let name):
      let slot = newSlot()
      bind(name, .slot(slot), type)
      return .bind(slot: slot)
    case .integer(let value):
      if case .named(BuiltinType.float.id, _) = types.arena[type] {
        return .literal(.float(Double(value)))
      }
      return expect(.literal(.int(Int64(value))), types.builtin(.int), type, range)
    case .float(let value):
      return expect(.literal(.float(value)), types.builtin(.float), type, range)
    case .string(let value):
      return expect(.literal(.string(value)), types.builtin(.string), type, range)
    case .tuple(let parts):
      var elements: [TypeRef] = []
      for _ in parts { elements.append(types.arena.variable()) }
      _ = expect(.wildcard, types.arena.add(.tuple(elements)), type, range)
      return .tuple(zip(parts, elements).map { pattern($0, $1) })
    case .list(let parts):
      let element = types.arena.variable()
      _ = expect(.wildcard, types.builtin(.list, element), type, range)
      return .list(parts.map { pattern($0, element) })
    case .record(let fields): return recordPattern(fields, type, range)
    case .constructor(let name, let inner): return constructorPattern(name, inner, type, range)
    }
  }

  /// A pattern that has to match every value of a type.
  mutating func irrefutable(_ id: PatternID, _ type: TypeRef) -> CorePattern {
    let unknown = unknownPatterns
    let pattern = pattern(id, type)
    if unknown == unknownPatterns {
      requireExhaustive([pattern], at: tree.range(of: id), isCase: false)
    }
    return pattern
  }

  private mutating func expect(
    _ pattern: CorePattern, _ wanted: TypeRef, _ type: TypeRef, _ range: SourceRange
  ) -> CorePattern {
    if !types.unify(type, wanted) {
      reportMismatch(type, wanted, .pattern, range)
      unknownPatterns += 1
    }
    return pattern
  }

  private mutating func recordPattern(
    _ fields: [FieldPattern], _ type: TypeRef, _ range: SourceRange
  ) -> CorePattern {
    if case .variable = types.arena[type] {
      let row = types.arena.variable(.row)
      _ = types.unify(type, types.arena.add(.record([], rest: row)))
    }
    if types.record(type) == nil, let (id, held) = singlePayload(of: type) {
      return .construct(id, recordPattern(fields, held, range))
    }
    guard types.record(type) != nil else {
      _ = expect(.wildcard, types.arena.add(.record([], rest: nil)), type, range)
      for field in fields { _ = pattern(field.pattern, types.error()) }
      return .wildcard
    }
    var out: [CoreFieldPattern] = []
    let none = add(.invalid, range)
    for field in fields {
      let found = select(field.name, from: none, type, range)
      let inner = pattern(field.pattern, found?.type ?? types.error())
      out.append(CoreFieldPattern(name: field.name.text, pattern: inner))
    }
    return .record(out)
  }

  private mutating func constructorPattern(
    _ name: QualifiedName, _ inner: PatternID?, _ type: TypeRef, _ range: SourceRange
  ) -> CorePattern {
    guard let reference = resolve(constructor: name) else {
      unknownPatterns += 1
      if let inner { _ = pattern(inner, types.error()) }
      return .wildcard
    }
    switch reference {
    case .external:
      unknownPatterns += 1
      reportUnknown(name, .constructor)
      return .wildcard
    case .bool(let value):
      return plain(.literal(.bool(value)), types.builtin(.bool), name, inner, type, range)
    case .none:
      let wanted = types.builtin(.optional, types.arena.variable())
      return plain(.none, wanted, name, inner, type, range)
    case .some:
      let held = types.arena.variable()
      _ = expect(.wildcard, types.builtin(.optional, held), type, range)
      guard let inner else { return missingPayload(name, .some(.wildcard)) }
      return .some(pattern(inner, held))
    case .declared(let id):
      let (payload, wanted) = instance(of: id)
      guard let payload else {
        return plain(.construct(id, nil), wanted, name, inner, type, range)
      }
      _ = expect(.wildcard, wanted, type, range)
      guard let inner else { return missingPayload(name, .construct(id, .wildcard)) }
      return .construct(id, pattern(inner, payload.held))
    }
  }

  /// A constructor without payload.
  private mutating func plain(
    _ pattern: CorePattern, _ wanted: TypeRef, _ name: QualifiedName, _ inner: PatternID?,
    _ type: TypeRef, _ range: SourceRange
  ) -> CorePattern {
    if let inner {
      reportNoPayload(name, range)
      _ = self.pattern(inner, types.error())
    }
    return expect(pattern, wanted, type, range)
  }

  private mutating func missingPayload(
    _ name: QualifiedName, _ pattern: CorePattern
  ) -> CorePattern {
    patternsWithoutPayload += 1
    report(
      Diagnostic(
        "FG0220", "\(name.text) holds a value, which this pattern does not take",
        at: name.range, "nothing follows",
        hint: "write \(name.text) _ to match whatever it holds"))
    return pattern
  }
}
