package import Diagnostics
package import LudwigEvaluator
internal import LudwigTypes
package import Text

/// What compiling a sheet to the graph of its source gave.
package struct GraphCompilation: Sendable {
  /// All sources that were read; diagnostics point into them.
  package let sources: SourceSet
  /// What the sheet declares; nil where there were mistakes.
  package let graph: SourceGraph?
  /// The mistakes, in order of their places.
  package let diagnostics: [Diagnostic]
}

/// Compiles a sheet, composition or library, to what its source declares: resources with their
/// fields and references, values and functions. Planners are not asked.
///
/// - Parameters:
///   - path: The sheet's file, as the user typed it.
///   - inputs: What it may ask of the outside.
/// - Returns: The graph, or mistakes; never throws.
package func graph(path: String, inputs: CompilationInputs) -> GraphCompilation {
  var front = FrontEnd(path: path, inputs: inputs, wantsPlanners: false)
  let (graph, diagnostics) = front.evaluate { evaluation, _ in evaluation.graph() }
  return GraphCompilation(sources: front.sources, graph: graph, diagnostics: diagnostics)
}
