import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Loads the root and all that it needs, breadth first.
  mutating func loadModules() {
    var queue: [(name: ModuleName, range: SourceRange?)] = [(program.root, nil)]
    var head = 0
    while head < queue.count {
      let (name, range) = queue[head]
      head += 1
      if sheets[name] != nil || interface(of: name) != nil { continue }
      guard let tree = inputs.load(name) else {
        reportMissing(name, at: range)
        continue
      }
      let sheet = Sheet(name: name, tree: tree, isLibrary: inputs.isLibrary(name))
      let needed = imports(of: tree)
      sheet.imports = needed.map(\.entry)
      sheets[name] = sheet
      queue += needed.map { (name: $0.entry.module, range: Optional($0.range)) }
      queue += implicitModules(of: tree).map { (name: $0, range: nil) }
      queue += companions(of: tree, name).map { (name: $0, range: nil) }
    }
  }

  /// The interface of a virtual module; asked for once.
  mutating func interface(of name: ModuleName) -> ModuleInterface? {
    if let known = interfaces[name] { return known }
    let found = inputs.externalModule(name)
    interfaces[name] = .some(found)
    if let found { types.interfaces[name] = found }
    return found
  }

  private func imports(of tree: SyntaxTree) -> [(entry: Import, range: SourceRange)] {
    var out: [(entry: Import, range: SourceRange)] = []
    for statement in tree.statements {
      guard case .imports(let items) = statement.kind else { continue }
      for item in items where !item.module.name.text.isEmpty {
        let qualifier =
          switch item.visibility {
          case .fullName: item.module.text
          case .alias(let name): name.text
          case .unqualified: ""
          }
        let entry = Import(qualifier: qualifier, module: ModuleName(item.module.text))
        out.append((entry, item.module.range))
      }
    }
    for statement in tree.statements {
      guard case .export(let items) = statement.kind else { continue }
      for case .module(let name, _) in items
      where !out.contains(where: { $0.entry.qualifier == name.text }) {
        // An exported module that is not imported under that name is meant by its full name.
        let entry = Import(qualifier: name.text, module: ModuleName(name.text))
        out.append((entry, name.range))
      }
    }
    return out
  }

  private func implicitModules(of tree: SyntaxTree) -> [ModuleName] {
    let used = tree.usedQualifiers
    let types = tree.usedPlainTypes
    var out = inputs.implicitModules.filter { entry in
      used.contains { $0.first == entry.qualifier } || types.contains(entry.qualifier)
    }.map(\.module)
    // A virtual module may be used by its full name without an import.
    for qualifier in used where qualifier.first == "Api" {
      out.append(ModuleName(qualifier.joined(separator: ".")))
    }
    return out
  }

  private func companions(of tree: SyntaxTree, _ module: ModuleName) -> [ModuleName] {
    tree.statements.compactMap { statement in
      guard case .type(let declaration) = statement.kind else { return nil }
      return inputs.companion(TypeName(module: module, name: declaration.name.text))
    }
  }

  /// What the sheet that imports a module calls one that it does not import.
  private func usedQualifier(near name: ModuleName, at range: SourceRange?) -> String? {
    guard let sheet = sheets.values.first(where: { $0.tree.source == range?.source }) else {
      return nil
    }
    let known = sheet.imports.map(\.qualifier)
    let used = Set(sheet.tree.usedQualifiers.compactMap(\.first)).filter { !known.contains($0) }
    return nearest(to: name.text, among: used.sorted())
  }

  private mutating func reportMissing(_ name: ModuleName, at range: SourceRange?) {
    // What nobody imported is reported where it is used.
    guard hasRoom, range != nil || name == program.root else { return }
    if inputs.isPublished(name.text, nil) {
      return report(
        Diagnostic(
          "FG0209", "The module \(name) is not built yet",
          labels: range.map { [DiagnosticLabel($0, "imported here")] } ?? [],
          notes: ["It is part of the published library; what is used of it is not checked."],
          hint: "leave out what needs it for now"))
    }
    suggestionsLeft -= 1
    let known = suggestionsLeft < 0 ? [] : inputs.knownModules.map(\.text)
    let near = nearest(to: name.text, among: known) ?? usedQualifier(near: name, at: range)
    report(
      Diagnostic(
        "FG0204", "There is no module \(name.text)",
        labels: range.map { [DiagnosticLabel($0, "imported here")] } ?? [],
        notes: ["Looked for it beside the importing file, on the search path and in the library."],
        hint: near.map { "perhaps you mean \($0)" }
          ?? "name the folder that holds it with -i, or correct the name"))
  }
}
