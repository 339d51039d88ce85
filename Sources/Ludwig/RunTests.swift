package import Diagnostics
package import LudwigEvaluator
internal import LudwigTypes
package import Text

/// What running a sheet's tests gave.
package struct TestRun: Sendable {
  /// All sources that were read; diagnostics point into them.
  package let sources: SourceSet
  /// The tests, in order of the source; empty where the sheet does not compile.
  package let tests: [SheetTest]
  /// The sheet's mistakes, in order of their places.
  package let diagnostics: [Diagnostic]
}

/// Runs the tests of a sheet: its top-level values of type `Ludwig.Test.Test`.
///
/// - Parameters:
///   - path: The sheet's file, as the user typed it.
///   - inputs: What it may ask of the outside; the step limit holds for each test.
///   - isWanted: Whether to run a test, by its names joined by ` › `.
/// - Returns: The tests, or the sheet's mistakes; never throws.
package func runTests(
  path: String, inputs: CompilationInputs, where isWanted: (String) -> Bool
) -> TestRun {
  var front = FrontEnd(path: path, inputs: inputs, wantsPlanners: false)
  let (tests, diagnostics) = front.evaluate { evaluation, _ in
    (evaluation.tests(where: isWanted), [])
  }
  return TestRun(sources: front.sources, tests: tests ?? [], diagnostics: diagnostics)
}
