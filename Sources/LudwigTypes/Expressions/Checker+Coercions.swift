import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// Fits a value to a wanted type, by the coercions that the position allows; reports where the
  /// types do not agree.
  mutating func coerce(
    _ value: Typed, _ expected: TypeRef, _ mode: Coercion, _ why: Why, _ range: SourceRange
  ) -> CoreID {
    settle()
    if mode.lifts, let inner = types.argument(of: expected, in: .optional) {
      switch types.arena[value.type] {
      case .variable:
        let node = add(.invalid, range)
        wait(.lift(value: value.core, actual: value.type, wanted: expected), value.type, node)
        return node
      case .named(BuiltinType.optional.id, _), .error: break
      case .link, .rigid, .generic, .named, .record, .tuple, .function:
        return add(.some(coerce(value, inner, mode, why, range)), range)
      }
    }
    if mode != .none, let adapted = adapt(value, expected, mode, why, range) { return adapted }
    if !types.unify(expected, value.type) { reportMismatch(expected, value.type, why, range) }
    return value.core
  }

  /// A record whose Optional fields are lifted or padded one by one; nil where none has to be.
  private mutating func adapt(
    _ value: Typed, _ expected: TypeRef, _ mode: Coercion, _ why: Why, _ range: SourceRange
  ) -> CoreID? {
    if case .variable = types.arena[value.type] { return nil }
    guard let actual = types.record(value.type), actual.rest == nil,
      let wanted = types.record(expected)
    else { return nil }
    var padded: [String] = []
    var lifted: [(name: String, inner: TypeRef, actual: TypeRef)] = []
    for field in wanted.fields {
      let inner = types.argument(of: field.type, in: .optional)
      guard let given = actual.fields.field(named: field.name) else {
        if inner != nil && mode.pads { padded.append(field.name) }
        if case .error = types.arena[field.type] { padded.append(field.name) }
        continue
      }
      if let inner, isKnownPlain(given.type) { lifted.append((field.name, inner, given.type)) }
    }
    if padded.isEmpty && lifted.isEmpty { return nil }
    // What is left must agree as it is.
    let (absent, plain) = (Set(padded), Set(lifted.map(\.name)))
    var fields = actual.fields.filter { !plain.contains($0.name) }
    for field in wanted.fields where absent.contains(field.name) || plain.contains(field.name) {
      fields.append(field)
    }
    let changed = types.arena.add(.record(fields.sorted { $0.name < $1.name }, rest: nil))
    guard types.unify(expected, changed), lifted.allSatisfy({ types.unify($0.inner, $0.actual) })
    else {
      reportMismatch(expected, value.type, why, range)
      return value.core
    }
    let slot = newSlot()
    let base = add(.local(depth: 0, slot: slot), range)
    var changes = padded.map { CoreChange(path: [.field($0)], value: add(.none, range)) }
    for field in lifted {
      let some = add(.some(add(.field(base, name: field.name), range)), range)
      changes.append(CoreChange(path: [.field(field.name)], value: some))
    }
    let binding = CoreBinding(slot: slot, name: "", value: value.core)
    return add(.letrec([binding], body: add(.update(base, changes), range)), range)
  }

  /// Whether a type is known, and no Optional.
  func isKnownPlain(_ type: TypeRef) -> Bool {
    switch types.arena[type] {
    case .variable, .link, .error, .generic, .named(BuiltinType.optional.id, _): false
    case .rigid, .named, .record, .tuple, .function: true
    }
  }

  /// Remembers something to do when an unknown becomes known.
  mutating func wait(_ kind: Waiting.Kind, _ variable: TypeRef, _ node: CoreID) {
    types.arena.watch(variable, waiting.count)
    waiting.append(
      Waiting(
        kind: kind, node: node, range: program.core.range(of: node), module: current,
        variable: variable))
  }

  /// Does what waited for types that have become known.
  mutating func settle() {
    while let next = types.arena.ready.popLast() { finish(next, isForced: false) }
  }

  /// Does what has waited since a mark, also where the type is still unknown: an access makes it
  /// an open record, a value that might be lifted is the Optional itself.
  mutating func force(since mark: Int) {
    settle()
    var next = mark
    while next < waiting.count {
      finish(next, isForced: true)
      settle()
      next += 1
    }
  }

  private mutating func finish(_ index: Int, isForced: Bool) {
    guard index < waiting.count, !waiting[index].isDone else { return }
    let item = waiting[index]
    var isUnknown = false
    if case .variable(let level, _) = types.arena[item.variable] {
      // Of an outer scope: it may still become known there.
      if isForced && level < types.arena.level { return }
      isUnknown = true
    }
    if isUnknown && !isForced { return types.arena.watch(item.variable, index) }
    waiting[index].isDone = true
    let home = current
    current = item.module
    switch item.kind {
    case .field(let base, let baseType, let name, let result):
      if isUnknown {
        let row = types.arena.variable(.row)
        let field = TypeField(name: name.text, type: result)
        let record = types.arena.add(.record([field], rest: row))
        if !types.unify(baseType, record) {
          reportMismatch(baseType, record, .nothing, item.range)
        }
        program.core.replace(item.node, with: .field(base, name: name.text))
      } else if let found = select(name, from: base, baseType, item.range) {
        if !types.unify(result, found.type) {
          reportMismatch(result, found.type, .field(name), item.range)
        }
        program.core.replace(item.node, with: found.node)
      } else {
        _ = types.unify(result, types.error())
      }
    case .lift(let value, let actual, let wanted):
      let core = coerceKnown(value, actual, wanted, isUnknown, item.range)
      program.core.replace(item.node, with: core)
    }
    current = home
  }

  private mutating func coerceKnown(
    _ value: CoreID, _ actual: TypeRef, _ wanted: TypeRef, _ isUnknown: Bool, _ range: SourceRange
  ) -> CoreNode {
    if case .named(BuiltinType.optional.id, _) = types.arena[actual] {
    } else if !isUnknown, let inner = types.argument(of: wanted, in: .optional) {
      if !types.unify(inner, actual) { reportMismatch(inner, actual, .nothing, range) }
      return .some(value)
    }
    if !types.unify(wanted, actual) { reportMismatch(wanted, actual, .nothing, range) }
    return program.core[value]
  }
}
