package import CloudModel
package import Diagnostics

/// How one test of a sheet came out.
package struct SheetTest: Hashable, Sendable {
  /// The names of its suites, outermost first, and its own.
  package let path: [String]
  /// Where it stands; nil where that is not known.
  package let origin: Origin?
  /// How it came out.
  package let outcome: Outcome

  /// How a test came out.
  package enum Outcome: Hashable, Sendable {
    /// As expected.
    case passed
    /// Not as expected; one problem for each expectation that is not met.
    case failed([Problem])
    /// It stopped with an error.
    case stopped(Diagnostic)
  }

  /// An expectation that is not met.
  package struct Problem: Hashable, Sendable {
    /// What is wrong, in a sentence without a full stop.
    package let message: String
    /// What was expected, as Ludwig writes it, where a value was.
    package let expected: String?
    /// What was found, as Ludwig writes it.
    package let found: String?
  }

  /// Whether it passed.
  package var isPassed: Bool { outcome == .passed }
  /// The names in one text.
  package var name: String { path.joined(separator: " › ") }
}
