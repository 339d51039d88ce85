package import Diagnostics

/// Evaluation stopped; the diagnostic says why. None where it was reported before.
package struct EvaluationFailure: Error, Sendable {
  /// What to tell the user; nil where that was done already.
  package let diagnostic: Diagnostic?
  /// The place of the declared resource that a recorded planner reads, where it only had a hole.
  let place: Int32?

  /// Makes a failure.
  package init(_ diagnostic: Diagnostic?) {
    self.diagnostic = diagnostic
    place = nil
  }

  /// A recorded planner reads what stands at a place.
  init(reading place: Int32) {
    diagnostic = nil
    self.place = place
  }
}

/// How far an evaluation may go, so that no input makes it run or grow without end.
package struct EvaluationLimits: Hashable, Sendable {
  /// Steps of the machine; a thousand more for each resource that is declared.
  package var steps: Int
  /// Pending continuations.
  package var depth: Int
  /// Cells on the heap; a hundred more for each resource that is declared.
  package var cells: Int
  /// Cells on the heap, however many resources there are; a cell has 32 bytes.
  package var cellsAtMost: Int
  /// Levels of a value that is turned into data, or of one that is known only later.
  package var nesting: Int
  /// Bytes of one text, elements of one list.
  package var size: Int
  /// Bytes of all texts and lists together that were put together or read.
  package var bytes: Int

  /// Makes limits.
  package init(
    steps: Int = 30_000_000, depth: Int = 1_000_000, cells: Int = 10_000_000, nesting: Int = 200,
    size: Int = 4_000_000, bytes: Int = 256_000_000, cellsAtMost: Int = 24_000_000
  ) {
    self.cellsAtMost = cellsAtMost
    self.size = size
    self.bytes = bytes
    self.steps = steps
    self.depth = depth
    self.cells = cells
    self.nesting = nesting
  }
}
