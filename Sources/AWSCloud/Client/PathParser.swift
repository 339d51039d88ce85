import Canon
import CloudModel

/// Reads `PathExpression`s; at most 32 levels deep.
struct PathParser {
  private let characters: [Character]
  private var at = 0
  private var depth = 0

  init(_ text: String) { characters = Array(text) }

  /// Whether nothing but blanks is left.
  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return at == characters.count
    }
  }

  mutating func expression() -> PathExpression? {
    guard depth < 32, var left = conjunction() else { return nil }
    while take("||") {
      guard let right = conjunction() else { return nil }
      left = .or(left, right)
    }
    return left
  }

  private mutating func conjunction() -> PathExpression? {
    guard var left = comparison() else { return nil }
    while take("&&") {
      guard let right = comparison() else { return nil }
      left = .and(left, right)
    }
    return left
  }

  private mutating func comparison() -> PathExpression? {
    guard let left = unary() else { return nil }
    for sign in ["==", "!=", "<=", ">=", "<", ">"] where take(sign) {
      guard let right = unary() else { return nil }
      return .comparison(left, sign, right)
    }
    return left
  }

  private mutating func unary() -> PathExpression? {
    skipBlanks()
    if peek() == "!", peek(1) != "=" {
      at += 1
      return unary().map { .not($0) }
    }
    guard let start = primary() else { return nil }
    return tail(start)
  }

  private mutating func primary() -> PathExpression? {
    skipBlanks()
    switch peek() {
    case "(":
      at += 1
      return nested(closedBy: ")")
    case "`", "'": return literal()
    case "@":
      at += 1
      return .here
    case "*", "[": return .here
    default: break
    }
    guard let name = name() else { return nil }
    guard take("(") else { return .member(.here, name) }
    guard name == "length" else { return nil }
    return nested(closedBy: ")").map { .length($0) }
  }

  /// What follows: members, elements and projections. What stands after a projection is a path
  /// from each of its elements.
  private mutating func tail(_ start: PathExpression) -> PathExpression? {
    var here = start
    while true {
      if peek() == "." {
        at += 1
        if peek() == "*" {
          at += 1
          return tail(.here).map { .values(here, $0) }
        }
        guard let name = name() else { return nil }
        here = .member(here, name)
      } else if peek() == "*", here == .here {
        at += 1
        return tail(.here).map { .values(here, $0) }
      } else if peek() == "[" {
        at += 1
        guard let (next, isProjection) = bracket(here) else { return nil }
        if isProjection { return next }
        here = next
      } else {
        return here
      }
    }
  }

  /// After `[`: an element, or a projection with all that follows it.
  private mutating func bracket(_ base: PathExpression) -> (PathExpression, Bool)? {
    if take("]") { return projected { .each(base, isFlat: true, $0) } }
    if peek() == "*", peek(1) == "]" {
      at += 2
      return projected { .each(base, isFlat: false, $0) }
    }
    if peek() == "?" {
      at += 1
      guard let condition = nested(closedBy: "]") else { return nil }
      return projected { .filter(base, condition: condition, $0) }
    }
    var digits = ""
    while let next = peek(), next == "-" || next.isNumber {
      digits.append(next)
      at += 1
    }
    guard let index = Int(digits), take("]") else { return nil }
    return (.element(base, index), false)
  }

  private mutating func projected(
    _ make: (PathExpression) -> PathExpression
  ) -> (PathExpression, Bool)? {
    // A second `[]` makes the whole one level flatter, not each element.
    var made: PathExpression?
    depth += 1
    defer { depth -= 1 }
    guard depth < 32 else { return nil }
    var rest: PathExpression = .here
    while peek() == "." || peek() == "[" {
      if peek() == "[", peek(1) == "]" {
        at += 2
        let flat = PathExpression.each(make(rest), isFlat: true, .here)
        guard let after = tail(.here) else { return nil }
        made = after == .here ? flat : .each(make(rest), isFlat: true, after)
        break
      }
      guard let next = step(rest) else { return nil }
      rest = next
    }
    return (made ?? make(rest), true)
  }

  /// One member, element or nested projection.
  private mutating func step(_ base: PathExpression) -> PathExpression? {
    if take(".") {
      if take("*") { return tail(.here).map { .values(base, $0) } }
      return name().map { .member(base, $0) }
    }
    guard take("[") else { return nil }
    return bracket(base)?.0
  }

  private mutating func nested(closedBy end: String) -> PathExpression? {
    depth += 1
    defer { depth -= 1 }
    guard let inner = expression(), take(end) else { return nil }
    return inner
  }

  private mutating func literal() -> PathExpression? {
    guard let quote = peek() else { return nil }
    at += 1
    var text = ""
    while let next = peek(), next != quote {
      text.append(next)
      at += 1
    }
    guard peek() == quote else { return nil }
    at += 1
    if quote == "'" { return .literal(.string(text)) }
    if let number = Int64(text.filter { $0 != " " }) { return .literal(.int(number)) }
    switch text {
    case "true": return .literal(.bool(true))
    case "false": return .literal(.bool(false))
    case "null": return .literal(.null)
    case "[]": return .literal(.list([]))
    default:
      return .literal(.string(text.filter { $0 != "\"" }))
    }
  }

  private mutating func name() -> String? {
    if take("\"") {
      var text = ""
      while let next = peek(), next != "\"" {
        text.append(next)
        at += 1
      }
      return take("\"") ? text : nil
    }
    var text = ""
    while let next = peek(), next == "_" || next.isLetter || next.isNumber {
      text.append(next)
      at += 1
    }
    return text.isEmpty || text.first?.isNumber == true ? nil : text
  }

  private func peek(_ offset: Int = 0) -> Character? {
    at + offset < characters.count ? characters[at + offset] : nil
  }

  private mutating func take(_ text: String) -> Bool {
    if text != ".", text != "[", text != "*" { skipBlanks() }
    let word = Array(text)
    guard at + word.count <= characters.count, Array(characters[at..<(at + word.count)]) == word
    else { return false }
    at += word.count
    return true
  }

  private mutating func skipBlanks() {
    while let next = peek(), next.isWhitespace { at += 1 }
  }
}
