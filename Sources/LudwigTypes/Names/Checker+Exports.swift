import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Works out what each module shows; asks others first where it re-exports.
  mutating func resolveExports() {
    for name in sheets.keys { _ = exports(of: name) }
  }

  /// What a module shows; nothing for one that is not there.
  mutating func exports(of name: ModuleName) -> Exports {
    guard let sheet = sheets[name] else { return Exports() }
    if let exports = sheet.exports { return exports }
    // While it is being worked out, a cycle of re-exports sees what the module declares itself.
    sheets[name]?.exports = sheet.own
    let items = sheet.tree.statements.flatMap { statement -> [ExportItem] in
      if case .export(let items) = statement.kind { items } else { [] }
    }
    guard !items.isEmpty else { return sheet.own }
    var out = Exports()
    for item in items { add(item, of: sheet, to: &out) }
    sheets[name]?.exports = out
    return out
  }

  private mutating func add(_ item: ExportItem, of sheet: Sheet, to out: inout Exports) {
    switch item {
    case .value(let name):
      let plain = QualifiedName([], name)
      if let value = find(plain, in: sheet.name, \.values).first {
        out.values[name.text] = value
      } else if !addOperators(name, of: sheet, to: &out) {
        reportUnknownExport(name, "value", Array(sheet.own.values.keys))
      }
    case .operatorName(let name):
      if !addOperators(name, of: sheet, to: &out) {
        reportUnknownExport(name, "operator", Array(sheet.own.operators.keys))
      }
    case .type(let name, let isOpaque):
      guard let type = find(QualifiedName([], name), in: sheet.name, \.types).first else {
        return reportUnknownExport(name, "type", Array(sheet.own.types.keys))
      }
      out.types[name.text] = type
      if !isOpaque { for entry in constructors(of: type) { out.constructors[entry.0] = entry.1 } }
    case .module(let name, let alias):
      let module = sheet.imports.first { $0.qualifier == name.text }?.module
      out.submodules[(alias ?? name).text] = module ?? ModuleName(name.text)
    }
  }

  private mutating func addOperators(
    _ name: Identifier, of sheet: Sheet, to out: inout Exports
  ) -> Bool {
    var isFound = false
    for isPrefix in [false, true] {
      let key = Exports.operatorKey(name.text, isPrefix: isPrefix)
      guard let entry = findOperator(QualifiedName([], name), isPrefix, in: sheet.name) else {
        continue
      }
      out.operators[key] = entry
      isFound = true
    }
    return isFound
  }

  /// The constructors of a type, through other names for it, in order of declaration.
  func constructors(of type: TypeConstructorID) -> [(String, ConstructorReference)] {
    switch types.constructors[Int(type.index)].kind {
    case .sum(let ids): ids.map { (program[$0].name, .declared($0)) }
    case .alias(let target):
      if case .named(let id, _) = types.arena[target] { constructors(of: id) } else { [] }
    case .primitive: builtinConstructors(of: type)
    case .record, .shape, .pending: []
    }
  }

  private func builtinConstructors(
    of type: TypeConstructorID
  ) -> [(String, ConstructorReference)] {
    switch type {
    case BuiltinType.bool.id: [("False", .bool(false)), ("True", .bool(true))]
    case BuiltinType.optional.id: [("None", .none), ("Optional", .some)]
    default: []
    }
  }

  private mutating func reportUnknownExport(
    _ name: Identifier, _ kind: String, _ candidates: [String]
  ) {
    if sheets.values.first(where: { $0.tree.source == name.range.source })?.tree.lostNames
      .contains(name.text) == true
    {
      return
    }
    let near = nearest(to: name.text, among: candidates.sorted())
    let home = sheets.values.first { $0.tree.source == name.range.source }
    let place = near.flatMap { near in
      home.flatMap { definitions[GlobalName(module: $0.name, name: near)]?.nameRange }
    }.map {
      [DiagnosticLabel($0, "\(near ?? "") is defined here", isPrimary: false)]
    }
    report(
      Diagnostic(
        "FG0207", "This module exports the \(kind) \(name.text), which it does not have",
        at: name.range, "exported here", also: place ?? [],
        hint: near.map { "perhaps you mean \($0)" } ?? "define it, or leave it out here"))
  }
}
