internal import AWSCatalog
internal import Canon
internal import CloudModel
package import Diagnostics
internal import LudwigEvaluator
internal import LudwigLibrary
internal import LudwigSyntax
internal import LudwigTypes
internal import Text

/// Compiles a composition: parses it and all that it imports, checks names and types, evaluates
/// it, and applies the planners.
///
/// - Parameters:
///   - path: The composition's file, as the user typed it.
///   - inputs: What it may ask of the outside.
/// - Returns: The blueprint, or mistakes; never throws.
package func compile(path: String, inputs: CompilationInputs) -> Compilation {
  var front = FrontEnd(path: path, inputs: inputs, wantsPlanners: true)
  let (blueprint, diagnostics) = front.evaluate(mustBeComposition: true) {
    $0.blueprint(composition: $1.digest)
  }
  return Compilation(sources: front.sources, blueprint: blueprint, diagnostics: diagnostics)
}

/// Reads one top-level value of a sheet as data; for scenarios and tools.
///
/// - Parameters:
///   - path: The sheet's file, as the user typed it.
///   - binding: The value's name.
///   - inputs: What it may ask of the outside.
/// - Returns: The value, or mistakes; never throws.
package func data(path: String, binding: String, inputs: CompilationInputs) -> DataCompilation {
  var front = FrontEnd(path: path, inputs: inputs, wantsPlanners: false)
  let (value, diagnostics) = front.evaluate { evaluation, _ in evaluation.data(binding: binding) }
  return DataCompilation(sources: front.sources, value: value, diagnostics: diagnostics)
}

/// The mistakes of a sheet and of all that it imports, without evaluating it; what an editor shows
/// after each change.
///
/// - Parameters:
///   - path: The sheet's file, as the user typed it.
///   - inputs: What it may ask of the outside.
/// - Returns: Mistakes and warnings in order of their places; never throws.
package func diagnostics(path: String, inputs: CompilationInputs) -> [Diagnostic] {
  var front = FrontEnd(path: path, inputs: inputs, wantsPlanners: false)
  return front.check(mustBeComposition: false).diagnostics
}

/// Everything before evaluation.
struct FrontEnd {
  private let path: String
  private let inputs: CompilationInputs
  private var apis = APIModules()
  private var loader: SheetLoader
  private let root: ModuleName

  /// A front end for a sheet's file; planners come along where they are wanted.
  init(path: String, inputs: CompilationInputs, wantsPlanners: Bool) {
    self.path = path
    self.inputs = inputs
    loader = SheetLoader(path: path, inputs: inputs, wantsPlanners: wantsPlanners)
    root = ModuleName(loader.rootModule)
  }

  /// The sources that were read.
  var sources: SourceSet { loader.sources }

  /// Names the composition: a digest of all sources, in order of their names.
  var digest: Digest {
    let named = sources.sources.map { ($0.name, Digest(of: $0.bytes)) }
    return Digest(of: SortedMap(named))
  }

  /// The checked program; nil where there are errors. Warnings come along in any case.
  mutating func check(
    mustBeComposition: Bool
  ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
    let implicit = implicitModules
    loader.load(
      [root.text] + inputs.validationModules,
      implicit: Dictionary(
        implicit.map { ($0.qualifier, $0.module.text) }, uniquingKeysWith: { first, _ in first }))
    guard let tree = loader.trees[root.text] else {
      return (
        nil, [Diagnostic("FG0316", "The file '\(path)' cannot be read")]
      )
    }
    // What stands behind very many mistakes is not known, so nothing more can be said.
    if loader.trees.values.contains(where: \.isCutShort) {
      return (nil, loader.diagnostics.inOrderOfPlaces)
    }
    if mustBeComposition, !tree.isComposition {
      return (nil, loader.diagnostics + [notAComposition])
    }
    for module in inputs.validationModules where loader.trees[module] == nil {
      return (nil, loader.diagnostics + [noValidationModule(module)])
    }
    apis.prepare(loader.virtualModules.sorted())
    let whole = ModuleName("(program)")
    let modules = [root.text] + inputs.validationModules + loader.planners
    let program = loader.program(importing: modules.filter { loader.trees[$0] != nil })
    let (found, apis, published) = (loader, apis, PublishedNames())
    let (checked, mistakes) = LudwigTypes.check(
      root: whole,
      inputs: CheckerInputs(
        load: { $0 == whole ? program : found.trees[$0.text] },
        externalModule: { apis.interface(of: $0.text) },
        isLibrary: { name in
          if case .builtin? = found.homes[name.text] { true } else { false }
        },
        implicitModules: implicit,
        knownModules: loader.builtinModules.map { ModuleName($0) },
        isPublished: { published.contains(module: $0, member: $1) }))
    let all = (loader.diagnostics + mistakes).inOrderOfPlaces
    return (all.contains { $0.severity == .error } ? nil : checked, all)
  }

  /// Checks the sheet and computes something of it.
  ///
  /// - Parameters:
  ///   - mustBeComposition: Whether a library is a mistake.
  ///   - compute: What to compute, given the front end that has read the sources.
  /// - Returns: What came of it, nil where there were mistakes; with mistakes and warnings.
  mutating func evaluate<Result>(
    mustBeComposition: Bool = false,
    _ compute: (inout Evaluation, FrontEnd) -> (Result?, [Diagnostic])
  ) -> (Result?, [Diagnostic]) {
    let checked = check(mustBeComposition: mustBeComposition)
    guard let program = checked.program else { return (nil, checked.diagnostics) }
    var evaluation = evaluation(of: program)
    let (result, diagnostics) = compute(&evaluation, self)
    let users = loader.trees.values.filter { loader.userSources.contains($0.source) }
    let literals = BlamedLiterals(trees: users.sorted { $0.source < $1.source })
    return (result, checked.diagnostics + literals.pointing(diagnostics))
  }

  /// An evaluation of the composition's module.
  private func evaluation(of program: CheckedProgram) -> Evaluation {
    var program = program
    program.root = root
    let folder = ModulePath.folder(of: path)
    let (inputs, apis) = (inputs, apis)
    return Evaluation(
      program: program, sources: sources, userSources: loader.userSources,
      inputs: EvaluationInputs(
        environment: inputs.environment,
        file: { inputs.readFile($0.hasPrefix("/") ? $0 : ModulePath.join(folder, $0)) },
        commit: inputs.commit,
        call: { apis.form(module: $0, operation: $1) },
        actionMistake: { apis.mistake(inAction: $0) }, trace: inputs.trace, seed: inputs.seed),
      limits: EvaluationLimits(steps: inputs.stepLimit), plannedFirst: inputs.plannedFirst)
  }

  /// What is in scope without an import.
  private var implicitModules: [(qualifier: String, module: ModuleName)] {
    loader.builtinModules.filter { $0.hasPrefix("Ludwig.") }.map {
      (qualifier: String($0.dropFirst("Ludwig.".count)), module: ModuleName($0))
    }
  }

  private func noValidationModule(_ module: String) -> Diagnostic {
    Diagnostic(
      "FG0316", "There is no module '\(module)', which should bring validations",
      hint: "name the folder that holds it with -i")
  }

  private var notAComposition: Diagnostic {
    Diagnostic(
      "FG0316", "'\(path)' is a library, not a composition",
      notes: ["A file that is to be run begins with the word 'composition'."],
      hint: "name the file that begins with 'composition', or add that line")
  }
}
