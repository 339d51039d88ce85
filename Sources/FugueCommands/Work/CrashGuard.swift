import Foundation

/// Says where to look when a system's own code crashes, instead of dying without a word: an index
/// out of range, an overflow or a missing value ends a program, and cannot be caught.
package enum CrashGuard {
  /// The signals that Swift's checks end a program with, by processor.
  private static var signals: [Int32] { [SIGILL, SIGTRAP] }

  private static let anywhere: StaticString = """

    Error: the model crashed: an index out of range, an overflow or a missing value in its \
    `initialStates`, `actions`, `next`, `encode`, claims or descriptions. An unoptimised build \
    (`swift build`, then `.build/debug/fugue model-check ...`) tells the line.

    """

  private static let exchanging: StaticString = """

    Error: the model crashed: an index out of range, an overflow or a missing value. Does \
    `interchangeable` say how many things there are, and do `renamed` and `signature` do for each \
    of them? If so, it is in `initialStates`, `actions`, `next`, `encode`, claims or \
    descriptions. An unoptimised build (`swift build`, then `.build/debug/fugue model-check \
    ...`) tells the line.

    """

  /// From now on, a crash is told, and ends with 2.
  ///
  /// - Parameter bySymmetry: whether names are exchanged, too.
  package static func watch(bySymmetry: Bool) {
    for number in signals {
      if bySymmetry {
        signal(number) { _ in CrashGuard.end(with: CrashGuard.exchanging) }
      } else {
        signal(number) { _ in CrashGuard.end(with: CrashGuard.anywhere) }
      }
    }
  }

  /// From now on, a crash is a crash.
  package static func stop() {
    for number in signals { signal(number, SIG_DFL) }
  }

  /// Only what a signal's handler may do: no memory is asked for.
  private static func end(with text: StaticString) {
    _ = unsafe write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    _exit(Exit.usage.rawValue)
  }
}
