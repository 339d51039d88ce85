package import Text

/// All core expressions of a program, with the place in the source of each.
package struct CoreArena: Sendable {
  /// The nodes; a `CoreID` is an index into it.
  package private(set) var nodes: [CoreNode] = []
  private var ranges: [SourceRange] = []

  /// An empty arena.
  package init() {}

  /// A node.
  package subscript(id: CoreID) -> CoreNode { nodes[Int(id.index)] }

  /// Where a node was written; a node that the checker made has the place that asked for it.
  package func range(of id: CoreID) -> SourceRange { ranges[Int(id.index)] }

  /// Adds a node.
  package mutating func add(_ node: CoreNode, at range: SourceRange) -> CoreID {
    nodes.append(node)
    ranges.append(range)
    return CoreID(index: Int32(nodes.count - 1))
  }

  /// Replaces a node, for coercions that are decided after the node was made.
  package mutating func replace(_ id: CoreID, with node: CoreNode) {
    nodes[Int(id.index)] = node
  }
}
