internal import Diagnostics
internal import LudwigEvaluator
internal import LudwigLibrary
internal import LudwigSyntax
internal import LudwigTypes
internal import Text

/// Finds, reads and parses a sheet and all that it imports, and the planners of the types that
/// these declare.
struct SheetLoader {
  /// Where a sheet was found.
  enum Home {
    /// Beside the composition.
    case user
    /// In a folder of further libraries.
    case folder
    /// In the built-in library.
    case builtin
  }

  /// The sources, in the order in which they were read.
  private(set) var sources = SourceSet()
  /// Trees by module.
  private(set) var trees: [String: SyntaxTree] = [:]
  /// Where each module was found.
  private(set) var homes: [String: Home] = [:]
  /// Sources that are not of a library.
  private(set) var userSources: Set<SourceID> = []
  /// Planners' modules that were found, in order.
  private(set) var planners: [String] = []
  /// Virtual modules that are named.
  private(set) var virtualModules: Set<String> = []
  /// Modules that were looked for in vain.
  private var absent: Set<String> = []
  /// Mistakes of syntax.
  private(set) var diagnostics: [Diagnostic] = []

  private let root: (module: String, path: String)
  private let inputs: CompilationInputs
  /// Whether the planners of declared types are wanted.
  private let wantsPlanners: Bool
  private let builtin: [String: LibrarySheet]

  /// A loader for a composition's file; planners come along where they are wanted.
  init(path: String, inputs: CompilationInputs, wantsPlanners: Bool) {
    self.wantsPlanners = wantsPlanners
    root = (module: ModulePath.module(of: path, reading: inputs.readFile), path: path)
    self.inputs = inputs
    builtin = Dictionary(
      LibrarySheet.embedded.map { ($0.module, $0) }, uniquingKeysWith: { $1 })
  }

  /// The module that the composition's file is.
  var rootModule: String { root.module }

  /// The names of the built-in library's modules, in order.
  var builtinModules: [String] { builtin.keys.sorted() }

  /// Loads modules and what they lead to: imports, modules whose qualifier is in scope without an
  /// import and is used, planners. Modules that are not there are left to the checker.
  mutating func load(_ first: [String], implicit: [String: String]) {
    var queue = first
    var next = 0
    while next < queue.count {
      let module = queue[next]
      next += 1
      guard trees[module] == nil, !absent.contains(module) else { continue }
      guard let tree = parse(module) else {
        absent.insert(module)
        continue
      }
      trees[module] = tree
      for qualifier in tree.usedQualifiers {
        if qualifier.first == "Api" { virtualModules.insert(qualifier.joined(separator: ".")) }
        if let module = qualifier.first.flatMap({ implicit[$0] }) { queue.append(module) }
      }
      for statement in tree.statements {
        switch statement.kind {
        case .imports(let items):
          queue += items.map(\.module.text)
          virtualModules.formUnion(items.map(\.module.text).filter { $0.hasPrefix("Api.") })
        case .type(let declaration):
          let type = TypeName(module: ModuleName(module), name: declaration.name.text)
          let planner = Evaluation.plannerModule(of: type).text
          if wantsPlanners, trees[planner] == nil, find(planner) != nil {
            planners.append(planner)
            queue.append(planner)
          }
        case .export(let items):
          for case .module(let name, _) in items { queue.append(name.text) }
        case .composition, .operatorDeclaration, .binding, .function, .validate: break
        }
      }
    }
  }

  /// The sheet of imports that brings the composition and the planners together.
  mutating func program(importing modules: [String]) -> SyntaxTree {
    let text = modules.map { "import \($0)\n" }.joined()
    let id = sources.add(SourceText(name: "(program)", text: text))
    return LudwigSyntax.parse(sources[id], id: id).0
  }

  private mutating func parse(_ module: String) -> SyntaxTree? {
    guard let (source, home) = find(module) else { return nil }
    let id = sources.add(source)
    homes[module] = home
    if case .user = home { userSources.insert(id) }
    let (tree, mistakes) = LudwigSyntax.parse(source, id: id, keepsTokens: false)
    diagnostics += mistakes
    return tree
  }

  private func find(_ module: String) -> (SourceText, Home)? {
    if module == root.module {
      return inputs.readFile(root.path).map { (SourceText(name: root.path, bytes: $0), .user) }
    }
    let sheet = ModulePath.sheet(of: module)
    let beside = ModulePath.join(ModulePath.folder(of: root.path), sheet)
    if let bytes = inputs.readFile(beside) {
      return (SourceText(name: beside, bytes: bytes), .user)
    }
    for folder in inputs.libraryFolders {
      let path = ModulePath.join(folder, sheet)
      if let bytes = inputs.readFile(path) {
        return (SourceText(name: path, bytes: bytes), .folder)
      }
    }
    if let folder = inputs.builtinFolder {
      let path = ModulePath.join(folder, sheet)
      return inputs.readFile(path).map { (SourceText(name: path, bytes: $0), .builtin) }
    }
    return builtin[module].map {
      (SourceText(name: "library:\($0.path)", text: $0.content), .builtin)
    }
  }
}
