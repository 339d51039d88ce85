import Canon
package import CloudModel

/// A path into an output, in the part of JMESPath's language that AWS's paginators and waiters use:
/// names, `.`, `[]`, `[n]`, `[*]`, `*`, `[?…]`, `length(…)`, comparisons, `&&`, `||`, `!`,
/// literals.
///
/// Source: JMESPath specification; which of it is used was counted in botocore's models.
package indirect enum PathExpression: Hashable, Sendable {
  /// The value itself.
  case here
  /// A member.
  case member(PathExpression, String)
  /// An element, from the end where it is negative.
  case element(PathExpression, Int)
  /// Each element of a list, one level flatter where `isFlat`; then a path from each.
  case each(PathExpression, isFlat: Bool, PathExpression)
  /// The values of a record; then a path from each.
  case values(PathExpression, PathExpression)
  /// The elements for which a condition holds; then a path from each.
  case filter(PathExpression, condition: PathExpression, PathExpression)
  /// How many elements, members or characters.
  case length(PathExpression)
  /// A datum.
  case literal(Value)
  /// The first where it is something, or else the second.
  case or(PathExpression, PathExpression)
  /// The first where it is nothing, or else the second.
  case and(PathExpression, PathExpression)
  /// The other truth value.
  case not(PathExpression)
  /// Two values held against each other: `==`, `!=`, `<`, `<=`, `>` or `>=`.
  case comparison(PathExpression, String, PathExpression)

  /// Reads an expression; nil for what is not of the language's part.
  package init?(_ text: String) {
    var parser = PathParser(text)
    guard let found = parser.expression(), parser.isAtEnd else { return nil }
    self = found
  }

  /// What stands at the path; null where nothing does.
  package func value(in root: Value) -> Value {
    switch self {
    case .here: root
    case .member(let base, let name): base.value(in: root)[name]
    case .element(let base, let index): Self.element(base.value(in: root), index)
    case .each(let base, let isFlat, let rest):
      Self.project(Self.elements(base.value(in: root), isFlat: isFlat), rest)
    case .values(let base, let rest):
      Self.project(Self.values(base.value(in: root)), rest)
    case .filter(let base, let condition, let rest):
      Self.project(
        Self.elements(base.value(in: root), isFlat: false)?.filter {
          Self.isTrue(condition.value(in: $0))
        }, rest)
    case .length(let base): Self.length(base.value(in: root))
    case .literal(let value): value
    case .or(let a, let b):
      Self.isTrue(a.value(in: root)) ? a.value(in: root) : b.value(in: root)
    case .and(let a, let b):
      Self.isTrue(a.value(in: root)) ? b.value(in: root) : a.value(in: root)
    case .not(let a): .bool(!Self.isTrue(a.value(in: root)))
    case .comparison(let a, let sign, let b):
      Self.compare(a.value(in: root), sign, b.value(in: root))
    }
  }

  /// False are: null, false, and what is empty.
  private static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .null: false
    case .bool(let truth): truth
    case .string(let text): !text.isEmpty
    case .list(let items): !items.isEmpty
    case .record(let fields): !fields.keys.isEmpty
    case .int, .secret, .residual: true
    }
  }

  private static func element(_ value: Value, _ index: Int) -> Value {
    let items = value.elements
    let place = index < 0 ? items.count + index : index
    return items.indices.contains(place) ? items[place] : .null
  }

  private static func elements(_ value: Value, isFlat: Bool) -> [Value]? {
    guard case .list(let items) = value else { return nil }
    guard isFlat else { return items }
    return items.flatMap { item in
      if case .list(let inner) = item { inner } else { [item] }
    }
  }

  private static func values(_ value: Value) -> [Value]? {
    guard case .record(let fields) = value else { return nil }
    return Array(fields.values)
  }

  private static func project(_ items: [Value]?, _ rest: PathExpression) -> Value {
    guard let items else { return .null }
    return .list(items.map { rest.value(in: $0) }.filter { $0 != .null })
  }

  private static func length(_ value: Value) -> Value {
    switch value {
    case .list(let items): .int(Int64(items.count))
    case .record(let fields): .int(Int64(fields.keys.count))
    case .string(let text): .int(Int64(text.unicodeScalars.count))
    case .null, .bool, .int, .secret, .residual: .null
    }
  }

  private static func compare(_ a: Value, _ sign: String, _ b: Value) -> Value {
    switch sign {
    case "==": return .bool(a == b)
    case "!=": return .bool(a != b)
    default: break
    }
    guard let first = a.number, let second = b.number else { return .null }
    switch sign {
    case "<": return .bool(first < second)
    case "<=": return .bool(first <= second)
    case ">": return .bool(first > second)
    default: return .bool(first >= second)
    }
  }
}
