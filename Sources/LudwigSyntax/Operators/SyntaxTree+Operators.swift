package import Diagnostics
import Text

extension SyntaxTree {
  /// How high an expression may be; what walks the tree recurses so deep and no deeper.
  package static let maximumHeight = 256

  /// The tree with every sequence of operators made a tree of its own.
  ///
  /// A bare name stands for an operator where the table has it for that position: behind an operand
  /// as an infix operator, before one as a prefix operator. Operands side by side are an
  /// application, and bind tighter than any operator; so are those behind a prefix operator, all of
  /// them its operands. A prefix operator with one operand takes along the infix operators behind
  /// it that bind tighter than itself.
  ///
  /// - Parameter table: the operators in scope.
  /// - Returns: a tree without `operators` nodes, and the mistakes; expressions keep their names.
  package func resolvingOperators(_ table: OperatorTable) -> (SyntaxTree, [Diagnostic]) {
    var resolver = OperatorResolver(tree: self, table: table)
    var heights: [Int32] = []
    heights.reserveCapacity(expressions.count)
    for index in expressions.indices {
      let id = ExpressionID(index: Int32(index))
      if case .operators(let items) = expressions[index] { resolver.resolve(id, items) }
      heights.append(resolver.tree.height(of: id, heights))
      if heights[index] > Self.maximumHeight {
        resolver.diagnostics.append(.chainTooLong(range(of: id)))
        resolver.tree[id] = .missing
        heights[index] = 1
      }
    }
    return (resolver.tree, resolver.diagnostics)
  }

  /// The height of an expression whose parts are original ones of known height, or new.
  private func height(of root: ExpressionID, _ known: [Int32]) -> Int32 {
    // New nodes are few and hang below `root` alone; a stack of them needs no recursion.
    var highest: Int32 = 1
    var open: [(ExpressionID, Int32)] = [(root, 1)]
    while let (id, level) = open.popLast() {
      highest = max(highest, level)
      for child in self[id].children {
        if child.index < Int32(known.count) {
          highest = max(highest, level + known[Int(child.index)])
        } else {
          open.append((child, level + 1))
        }
      }
    }
    return highest
  }
}
