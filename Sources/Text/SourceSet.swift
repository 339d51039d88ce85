/// Names one source within a `SourceSet`.
package struct SourceID: Hashable, Sendable, Comparable {
  /// The index in the set, from 0.
  package let index: Int32

  /// Makes an identifier from an index of a set.
  package init(index: Int32) { self.index = index }

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// A half-open range of bytes in one source.
package struct SourceRange: Hashable, Sendable {
  /// The source it lies in.
  package let source: SourceID
  /// First byte.
  package let lower: Int32
  /// One past the last byte; equal to `lower` for an insertion point.
  package let upper: Int32

  /// Makes a range; `upper` is raised to `lower` where it lies before it.
  package init(source: SourceID, lower: Int, upper: Int) {
    self.source = source
    self.lower = Int32(clamping: lower)
    self.upper = max(Int32(clamping: lower), Int32(clamping: upper))
  }

  /// The smallest range that covers both; both must lie in one source.
  package func union(_ other: SourceRange) -> SourceRange {
    precondition(source == other.source, "a range lies in one source")
    return SourceRange(
      source: source, lower: Int(min(lower, other.lower)), upper: Int(max(upper, other.upper)))
  }
}

/// All sources of one compilation, in the order in which they were read.
package struct SourceSet: Hashable, Sendable {
  /// The sources; a `SourceID` is an index into it.
  package private(set) var sources: [SourceText] = []

  /// An empty set.
  package init() {}

  /// Adds a source and names it.
  package mutating func add(_ source: SourceText) -> SourceID {
    sources.append(source)
    return SourceID(index: Int32(sources.count - 1))
  }

  /// The source of an identifier of this set.
  package subscript(id: SourceID) -> SourceText { sources[Int(id.index)] }

  /// Where a range starts.
  package func position(of range: SourceRange) -> Position {
    self[range.source].position(at: Int(range.lower))
  }
}
