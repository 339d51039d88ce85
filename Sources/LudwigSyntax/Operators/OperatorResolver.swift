import Diagnostics
import Text

/// Gives sequences of operands and operators their structure, one after another.
///
/// Operator precedence with explicit stacks, so that a chain of any length takes no call stack.
struct OperatorResolver {
  var tree: SyntaxTree
  var diagnostics: [Diagnostic] = []
  private let table: OperatorTable
  private var items: [OperatorItem] = []
  private var prefixFixities: [Fixity?] = []
  private var next = 0
  private var operands: [ExpressionID] = []
  private var pending: [Pending] = []
  private var hasReported = false
  private var lacksOperand = false

  private struct Pending {
    let name: QualifiedName
    let fixity: Fixity
  }

  init(tree: SyntaxTree, table: OperatorTable) {
    self.tree = tree
    self.table = table
  }

  /// Puts what a sequence stands for in its place.
  mutating func resolve(_ id: ExpressionID, _ items: [OperatorItem]) {
    self.items = items
    (next, hasReported, lacksOperand) = (0, false, false)
    findPrefixes()
    while true {
      pushOperand()
      guard next < items.count else { break }
      let name = operatorName(items[next])
      next += 1
      pushInfix(name)
    }
    while let top = pending.popLast() { reduce(top) }
    tree[id] = operands.popLast().map { tree[$0] } ?? .missing
    // Nothing is known of what lacks a part.
    if lacksOperand { tree.damaged.insert(id) }
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if !hasReported { diagnostics.append(diagnostic) }
    hasReported = true
  }

  // MARK: Words

  /// The name of an item as an operator; empty for an operand that cannot be one.
  private func operatorName(_ item: OperatorItem) -> QualifiedName {
    switch item {
    case .symbol(let name): return QualifiedName([], name)
    case .word(let id), .operand(let id):
      if case .name(let name) = tree[id] { return name }
      return QualifiedName([], Identifier("", tree.range(of: id)))
    }
  }

  private func isInfix(_ index: Int) -> Bool {
    guard index < items.count else { return false }
    switch items[index] {
    case .symbol: return true
    case .word:
      let name = operatorName(items[index]).text
      // `a and b` of other languages: taken for `&&`, and reported.
      let isForeign = (name == "and" || name == "or") && 0 < index && index < items.count - 1
      return isForeign || table.infix(name) != nil
    case .operand: return false
    }
  }

  /// How the word or symbol at an index binds as a prefix operator; nil where it is none, or has
  /// nothing to be applied to.
  private func prefixFixity(_ index: Int) -> Fixity? {
    index < prefixFixities.count ? prefixFixities[index] : nil
  }

  /// Fills `prefixFixities`, from the last item on, since each depends on the one behind it.
  private mutating func findPrefixes() {
    prefixFixities = Array(repeating: nil, count: items.count)
    for index in items.indices.dropLast().reversed() {
      let name = operatorName(items[index]).text
      switch items[index] {
      case .operand: continue
      case .symbol: prefixFixities[index] = table.prefix(name)
      case .word where isInfix(index + 1) && prefixFixities[index + 1] == nil: continue
      case .word: prefixFixities[index] = table.prefix(name)
      }
    }
  }

  // MARK: Operands

  /// Reads prefix operators and one operand with its arguments.
  private mutating func pushOperand() {
    while next < items.count {
      if let fixity = prefixFixity(next) {
        let name = operatorName(items[next])
        next += 1
        if pushPrefixApplication(name) { return }
        pending.append(Pending(name: name, fixity: fixity))
        continue
      }
      if case .symbol(let name) = items[next] {
        report(.unknownOperator(QualifiedName([], name), isPrefix: true))
        lacksOperand = true
        operands.append(tree.add(Expression.missing, name.range))
        // In `a ++ * b` the second operator stands for the missing operand.
        return
      }
      pushApplication()
      return
    }
    // The parser puts a `missing` operand behind a last operator, so this is out of reach.
    operands.append(tree.add(Expression.missing, operatorName(items[next - 1]).range))
  }

  /// After a prefix operator: two or more atoms side by side are its operands, and done.
  private mutating func pushPrefixApplication(_ name: QualifiedName) -> Bool {
    // The language's own ones have one operand.
    guard prefixFixity(next) == nil, !["-", "!"].contains(name.text) else { return false }
    let arguments = atoms(from: next)
    guard arguments.count > 1 else { return false }
    next += arguments.count
    add(.prefix(name, arguments), name.range.union(tree.range(of: arguments[arguments.count - 1])))
    return true
  }

  private func atoms(from start: Int) -> [ExpressionID] {
    var result: [ExpressionID] = []
    while start + result.count < items.count,
      result.isEmpty || !isInfix(start + result.count),
      let id = items[start + result.count].expression
    {
      result.append(id)
    }
    return result
  }

  /// An operand with the arguments beside it.
  private mutating func pushApplication() {
    let parts = atoms(from: next)
    next += parts.count
    guard parts.count > 1 else {
      operands.append(parts[0])
      return
    }
    var arguments = Array(parts.dropFirst())
    // `f (a, b)` is `f(a, b)`; a constructor holds the tuple itself.
    if arguments.count == 1, case .tuple(let elements) = tree[arguments[0]] {
      switch tree[parts[0]] {
      case .constructor: break
      case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .name,
        .field, .constructorField, .call, .lambda, .block, .conditional, .match, .comprehension,
        .update, .sequence, .operators, .infix, .prefix, .operatorValue:
        arguments = elements
      }
    }
    add(
      .call(parts[0], arguments),
      tree.range(of: parts[0]).union(tree.range(of: parts[parts.count - 1])))
  }

  private mutating func add(_ node: Expression, _ range: SourceRange) {
    operands.append(tree.add(node, range))
  }

  // MARK: Operators

  private mutating func pushInfix(_ name: QualifiedName) {
    let known = table.infix(name.text)
    if known == nil { report(.unknownOperator(name, isPrefix: false)) }
    let foreign = ["and": "&&", "or": "||"][name.text].flatMap { table.infix($0) }
    let fixity = known ?? foreign ?? Fixity(.infixl, 9)
    while let top = pending.last, binds(top, before: Pending(name: name, fixity: fixity)) {
      pending.removeLast()
      reduce(top)
    }
    pending.append(Pending(name: name, fixity: fixity))
  }

  /// Whether an operator on the left takes its operands before one on its right.
  private mutating func binds(_ left: Pending, before right: Pending) -> Bool {
    if left.fixity.precedence != right.fixity.precedence {
      return left.fixity.precedence > right.fixity.precedence
    }
    switch (left.fixity.position, right.fixity.position) {
    case (.prefix, _), (.infixl, .infixl): return true
    case (.infixr, .infixr): return false
    case (.infixl, _), (.infixr, _), (.infix, _):
      report(.ambiguousOperators(left.name, right.name))
      return true
    }
  }

  private mutating func reduce(_ top: Pending) {
    let right = operands.removeLast()
    let end = tree.range(of: right)
    if top.fixity.position == .prefix {
      add(.prefix(top.name, [right]), top.name.range.union(end))
    } else {
      let left = operands.removeLast()
      add(.infix(top.name, left, right), tree.range(of: left).union(end))
    }
  }
}
