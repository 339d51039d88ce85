import Dispatch
import Synchronization

// The one file below the worlds that knows of threads (docs/decisions/0003). What is done in
// parallel is cut into numbered pieces that share nothing, and their results are put together in
// the order of their numbers, so that no result depends on who was first.

/// Runs pieces of work on all cores and waits for all of them.
///
/// - Parameters:
///   - count: how many pieces there are.
///   - body: does one piece, by its number from 0.
func onAllCores(_ count: Int, _ body: @Sendable (Int) -> Void) {
  if count < 2 {
    for index in 0..<count { body(index) }
  } else {
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}

/// A place that one piece of work uses at a time.
final class Desk<Content: Sendable>: Sendable {
  private let content: Mutex<Content>

  /// Makes a place.
  init(_ content: Content) { self.content = Mutex(content) }

  /// Does something with what lies there.
  func use<Result: Sendable>(_ body: (inout Content) -> Result) -> Result {
    content.withLock { body(&$0) }
  }
}
