import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// What kind of thing a name was looked up as.
  enum NameKind: String {
    case value
    case constructor
    case type
    case operatorName = "operator"

    /// The diagnostic's code.
    var code: DiagnosticCode {
      switch self {
      case .value, .operatorName: "FG0201"
      case .constructor: "FG0202"
      case .type: "FG0203"
      }
    }
  }

  /// Reports a name that means nothing here, with what may be meant.
  mutating func reportUnknown(_ name: QualifiedName, _ kind: NameKind) {
    if name.name.text.isEmpty { return }
    var notes: [String] = []
    if !name.qualifier.isEmpty {
      let qualifier = name.qualifier.map(\.text)
      let found = modules(of: qualifier, in: current)
      if found.isEmpty && findType(prefix(of: name), in: current).isEmpty {
        return reportUnknownQualifier(name)
      }
      notes = found.filter(\.rest.isEmpty).map {
        "\(name.qualifier.map(\.text).joined(separator: ".")) is the module \($0.module)."
      }
    }
    report(
      Diagnostic(
        kind.code, "There is no \(kind.rawValue) \(name.text) here",
        labels: [DiagnosticLabel(name.range, "not found")], notes: notes,
        hint: suggestion(for: name, kind)))
  }

  private func prefix(of name: QualifiedName) -> QualifiedName {
    guard let last = name.qualifier.last else { return name }
    return QualifiedName(Array(name.qualifier.dropLast()), last)
  }

  private mutating func reportUnknownQualifier(_ name: QualifiedName) {
    let text = name.qualifier.map(\.text).joined(separator: ".")
    let range = QualifiedName(
      Array(name.qualifier.dropLast()), name.qualifier[name.qualifier.count - 1]
    ).range
    let known = sheet.imports.map(\.qualifier) + inputs.implicitModules.map(\.qualifier)
    let library = inputs.knownModules.map(\.text).first { $0 == text || $0.hasSuffix("." + text) }
    let near = nearest(to: text, among: known.filter { !$0.isEmpty })
    report(
      Diagnostic(
        "FG0204", "There is no module \(text) here",
        labels: [DiagnosticLabel(range, "not imported")],
        hint: near.map { "perhaps you mean \($0)" }
          ?? library.map { "import it: import \($0)\($0 == text ? "" : " as \(text)")" }))
  }

  private mutating func suggestion(for name: QualifiedName, _ kind: NameKind) -> String? {
    let text = name.name.text
    var best: (distance: Int, hint: String)?
    func offer(_ candidate: String, from module: ModuleName?) {
      let limit = max(1, min(3, text.utf8.count / 3))
      guard var distance = editDistance(text, candidate, limit: limit) else { return }
      distance = distance * 2 + (module == nil ? 0 : 1)
      if distance < best?.distance ?? Int.max {
        let origin = module.map { " (from \($0))" } ?? ""
        best = (distance, "perhaps you mean the \(kind.rawValue) \(candidate)\(origin)")
      }
    }
    if kind == .value && name.qualifier.isEmpty {
      for local in locals.reversed() { offer(local.name, from: nil) }
    }
    for module in sheets.keys {
      let shown = module == current ? sheet.own : exports(of: module)
      let names: [String] =
        switch kind {
        case .value: Array(shown.values.keys)
        case .operatorName: Array(shown.operators.keys)
        case .constructor: Array(shown.constructors.keys)
        case .type: Array(shown.types.keys)
        }
      for candidate in names.sorted() { offer(candidate, from: module == current ? nil : module) }
    }
    if kind == .constructor {
      for candidate in ["True", "False", "None", "Optional"] { offer(candidate, from: nil) }
      for (module, known) in interfaces.sorted(by: { $0.key < $1.key }) {
        if let near = nearest(to: text, among: known?.functionNames.sorted() ?? []) {
          offer(near, from: module)
        }
      }
    }
    if kind == .type {
      for candidate in BuiltinType.allCases.map(\.name) { offer(candidate, from: nil) }
    }
    return best?.hint
  }

  /// Reports a name that several imports give a meaning.
  mutating func reportAmbiguous(_ name: QualifiedName, _ meanings: [String]) {
    report(
      Diagnostic(
        "FG0205", "\(name.text) may mean several things here",
        labels: [DiagnosticLabel(name.range, "which one?")],
        notes: ["It may be " + meanings.joined(separator: " or ") + "."],
        hint: "qualify it by the module that you mean"))
  }
}
