import LudwigSyntax
import Text

extension Formatter {
  /// Operands between infix operators, and where they stand.
  private struct Term {
    let document: Document
    let start: Int
    let end: Int
    /// Whether it is a list in brackets.
    let isList: Bool
  }

  private struct InfixOperator {
    let document: Document
    let precedence: Int
  }

  /// Operands and operators; where they do not fit, a line begins with each of the loosest.
  ///
  /// Which words are operators is known only when imports are; so lines break before operators
  /// of punctuation alone, and where the user broke them before a word.
  mutating func operators(_ items: [OperatorItem]) -> Document {
    var terms: [Term] = []
    var infixes: [InfixOperator] = []
    var next = 0
    while next < items.count, !isLost {
      let start = cursor
      let first = items[next].expression
      let document = run(items, &next)
      let isList = first.map { isBracketed($0) } ?? false
      terms.append(Term(document: document, start: start, end: cursor, isList: isList))
      guard next < items.count, case .symbol(let name) = items[next] else { break }
      next += 1
      infixes.append(
        InfixOperator(
          document: takeTight(to: name.range.upper),
          precedence: OperatorTable.standard.infix(name.text)?.precedence ?? 3))
    }
    if terms.count != infixes.count + 1 {
      lose()
      return .empty
    }
    return chain(terms[...], infixes[...])
  }

  private func chain(_ terms: ArraySlice<Term>, _ infixes: ArraySlice<InfixOperator>) -> Document {
    guard let loosest = infixes.map(\.precedence).min(), let first = terms.first,
      let last = terms.last
    else { return terms.first?.document ?? .empty }
    var parts: [Document] = []
    var lower = terms.startIndex
    let isHung = terms.allSatisfy(\.isList)
    for index in infixes.indices where infixes[index].precedence == loosest {
      let upper = terms.startIndex + (index - infixes.startIndex)
      parts.append(
        chain(terms[lower...upper], slice(infixes, terms, lower, upper)))
      parts += [isHung ? .text(" ") : .line, infixes[index].document, .text(" ")]
      lower = upper + 1
    }
    parts.append(chain(terms[lower...], slice(infixes, terms, lower, terms.endIndex - 1)))
    let hasComment = (first.start + 1..<max(first.start + 1, last.end)).contains {
      hasComments(before: $0)
    }
    if isHung, !hasComment { return .concat(parts) }
    return .group(
      .concat([parts[0], .nest(.concat(Array(parts.dropFirst())))]), isForced: hasComment)
  }

  /// The operators between the terms from one index to another.
  private func slice(
    _ infixes: ArraySlice<InfixOperator>, _ terms: ArraySlice<Term>, _ lower: Int, _ upper: Int
  ) -> ArraySlice<InfixOperator> {
    let offset = infixes.startIndex - terms.startIndex
    return infixes[(lower + offset)..<(upper + offset)]
  }

  /// Prefix operators and atoms side by side, up to the next infix operator.
  private mutating func run(_ items: [OperatorItem], _ next: inout Int) -> Document {
    var parts: [Document] = []
    var isPrefixed = false
    while next < items.count, !isLost {
      switch items[next] {
      case .symbol(let name):
        if !parts.isEmpty, !isPrefixed { return .concat(parts) }
        if isPrefixed { parts.append(.text(" ")) }
        parts.append(takeTight(to: name.range.upper))
        isPrefixed = true
      case .operand(let id), .word(let id):
        let isBroken = !parts.isEmpty && token.startsLine
        let isTight = isPrefixed || parts.isEmpty || (kind == .string && !token.isSpaced)
        let isLast = next == items.count - 1
        let atom = isLast ? expression(id) : closed(id)
        if isBroken, !isPrefixed {
          parts.append(.nest(.hardLine + atom))
        } else {
          parts.append(isTight ? atom : .text(" ") + atom)
        }
        isPrefixed = false
      }
      next += 1
    }
    return .concat(parts)
  }
}
