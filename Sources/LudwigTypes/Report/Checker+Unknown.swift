import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

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

extension Checker {
  /// Reports a name that means nothing here, with what may be meant.
  mutating func reportUnknown(_ name: QualifiedName, _ kind: NameKind) {
    if !hasRoom || name.name.text.isEmpty || mayComeFromAbsent(name) { return }
    // What could not be understood may have bound it.
    if name.qualifier.isEmpty, tree.lostNames.contains(name.text) { return }
    if let unbuilt = unbuilt(name) { return reportUnbuilt(name, unbuilt) }
    var word = kind.rawValue
    var notes: [String] = []
    if let last = name.qualifier.last {
      let found = modules(of: name.qualifier.map(\.text), in: current)
      let type = QualifiedName(Array(name.qualifier.dropLast()), last)
      // A module that could not be loaded has been reported where it is imported.
      if let absent = found.first(where: { isAbsent($0.module) })?.module {
        if sheet.imports.contains(where: { $0.module == absent }) { return }
        return reportUnknownQualifier(type)
      }
      if found.isEmpty && findType(type, in: current).isEmpty {
        return reportUnknownQualifier(type)
      }
      if let (module, rest) = found.first, !rest.isEmpty, findType(type, in: current).isEmpty {
        return reportNoMember(name, name.qualifier.count - rest.count, in: module)
      }
      for (module, rest) in found where rest.isEmpty {
        if interface(of: module) != nil { word = "operation" }
        notes += explain(name, kind, in: module)
      }
    }
    let isHidden = notes.contains { $0.contains("does not export") }
    suggestedPlace = nil
    var hint = isHidden ? nil : suggestion(for: name, kind)
    // A pattern that lacks a part may lack the name.
    if damagedPatterns > 0, name.qualifier.isEmpty, suggestedPlace == nil { return }
    if kind == .constructor, let way = typeInstead(name) ?? moduleInstead(name) { hint = way }
    if hint == nil, !isHidden { hint = otherWayOut(name, kind) }
    if !name.qualifier.isEmpty, !isHidden, hint?.hasPrefix("perhaps") != true,
      let (module, rest) = owner(of: name), rest.isEmpty
    {
      let shown = exports(of: module)
      let names = kind == .value ? shown.values.keys.sorted() : shown.types.keys.sorted()
      if !names.isEmpty, names.count < 13 {
        notes.append("It has: " + names.joined(separator: ", "))
      }
    }
    // An import that could not be understood may have brought it.
    if hint?.hasPrefix("perhaps") != true, !isHidden, tree.hasDamagedImport { return }
    let near = suggestedPlace.map {
      DiagnosticLabel($0.range, "\($0.name) is bound here", isPrimary: false)
    }
    if isHidden, let module = owner(of: name)?.module {
      hint = "add it to what \(module.text) exports"
      if kind == .constructor, let type = opaqueType(of: name.name.text, in: module) {
        notes = ["The type \(type) is opaque: only \(module) itself makes and looks into one."]
        hint =
          "use what \(module) shows for it: "
          + listedShort(exports(of: module).values.keys.sorted())
      }
    }
    reportOnce(
      "\(kind.rawValue) \(name.text)",
      Diagnostic(
        kind.code, "There is no \(word) \(name.text) here",
        at: name.range, "not found", also: near.map { [$0] } ?? [], notes: notes, hint: hint))
  }

  /// What to write where a type stands in a constructor's place.
  private mutating func typeInstead(_ name: QualifiedName) -> String? {
    guard let id = findType(name, in: current).first else { return nil }
    switch types.constructors[Int(id.index)].kind {
    case .record: return "\(name.text) is a record's type: write the record alone, { … }"
    case .sum(let ids):
      let module = name.text + ".new"
      let place = QualifiedName(name.qualifier + [name.name], Identifier("new", name.name.range))
      if !find(place, in: current, \.values).isEmpty { return "write \(module) { … }" }
      let shown = ids.filter { !isHidden($0) }.map { spelling(of: $0) }
      return shown.isEmpty
        ? "the type is opaque: use what its module shows for it"
        : "it is a type; its constructors: \(listedShort(shown))"
    case .primitive, .alias, .shape, .pending: return nil
    }
  }

  /// What to write where a module stands in a value's place.
  private mutating func moduleInstead(_ name: QualifiedName) -> String? {
    let segments = (name.qualifier + [name.name]).map(\.text)
    guard let (module, rest) = modules(of: segments, in: current).first, rest.isEmpty,
      let value = exports(of: module).values.keys.min()
    else { return nil }
    return "\(name.text) is a module: name something of it, such as \(name.text).\(value)"
  }

  /// The type that a module shows without the constructor of this name.
  private mutating func opaqueType(of constructor: String, in module: ModuleName) -> String? {
    guard case .declared(let id)? = sheets[module]?.own.constructors[constructor] else {
      return nil
    }
    let type = program[id].type.name
    return exports(of: module).types[type] == nil ? nil : type
  }

  private func listedShort(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " …" : "")
  }

  /// What else may be meant by a name that is near to no other.
  private mutating func otherWayOut(_ name: QualifiedName, _ kind: NameKind) -> String? {
    if !name.qualifier.isEmpty {
      return "look up the name: what \(name.qualifier.map(\.text).joined(separator: ".")) has "
        + "stands in its documentation"
    }
    if kind == .value, let way = Self.wordsOfOthers[name.text] { return way }
    switch kind {
    case .value:
      return wantsText
        ? "if it is a text, set it in quotes: \"\(name.text)\""
        : "define it: \(name.text): …; or import the module that has it"
    case .constructor, .type: return "declare it with type, or import the module that has it"
    case .operatorName: return "import the module that declares it"
    }
  }

  /// What to write for words that other languages have.
  private static let wordsOfOthers = [
    "return": "leave it out: the last line of a function is its value",
    "not": "write `!` for it", "print": "Debug.traceValue { value: … } shows a value",
    "def": "a function is written `fun name(x): …`",
    "lambda": "a function without a name is written `fun(x): …`",
  ]

  private mutating func owner(of name: QualifiedName) -> (module: ModuleName, rest: [String])? {
    name.qualifier.isEmpty ? nil : modules(of: name.qualifier.map(\.text), in: current).first
  }

  /// Reports a segment of a name, neither the first nor the last, that its module does not have.
  private mutating func reportNoMember(_ name: QualifiedName, _ index: Int, in module: ModuleName) {
    let segment = name.qualifier[index]
    let owner = name.qualifier[..<index].map(\.text).joined(separator: ".")
    let shown = exports(of: module)
    let near = nearest(
      to: segment.text, among: shown.submodules.keys.sorted() + shown.types.keys.sorted())
    report(
      Diagnostic(
        "FG0204", "\(owner) has no \(segment.text)",
        at: segment.range, "not found",
        notes: owner == module.text ? [] : ["\(owner) is the module \(module)."],
        hint: near.map { "perhaps you mean \(owner).\($0)" },
        fix: near.map { DiagnosticFix(range: segment.range, replacement: $0) }))
  }

  private func explain(
    _ name: QualifiedName, _ kind: NameKind, in module: ModuleName
  ) -> [String] {
    let qualifier = name.qualifier.map(\.text).joined(separator: ".")
    let isThere =
      switch kind {
      case .value: sheets[module]?.own.values[name.name.text] != nil
      case .constructor: sheets[module]?.own.constructors[name.name.text] != nil
      case .type: sheets[module]?.own.types[name.name.text] != nil
      case .operatorName: sheets[module]?.own.operators[name.name.text] != nil
      }
    if isThere { return ["\(module) has \(name.name.text), but does not export it."] }
    return qualifier == module.text ? [] : ["\(qualifier) is the module \(module)."]
  }

  /// Reports a qualifier that is neither a module nor a type here.
  private mutating func reportUnknownQualifier(_ qualifier: QualifiedName) {
    // An import that could not be understood may have brought it.
    if tree.hasDamagedImport { return }
    let first = qualifier.qualifier.first ?? qualifier.name
    let known = sheet.imports.map(\.qualifier) + inputs.implicitModules.map(\.qualifier)
    let near = nearest(to: first.text, among: known.filter { !$0.isEmpty })
    // A module that is not there has been reported; under another name it is meant here.
    if let near, sheet.imports.contains(where: { $0.module.text == near && isAbsent($0.module) }) {
      return
    }
    let next = (qualifier.qualifier + [qualifier.name]).dropFirst().first?.text
    let way = moduleToImport(first.text, holding: next).map {
      "import it: import \($0) as \(first.text)"
    }
    reportOnce(
      "module \(first.text)",
      Diagnostic(
        "FG0204", "There is no module \(first.text) here",
        at: first.range, "not imported",
        hint: way ?? near.map { "perhaps you mean \($0)" }
          ?? "import the module: import … as \(first.text)"))
  }

  /// The library's module that a qualifier most likely stands for: the one with the fewest parts,
  /// the smart constructors' before the core's.
  ///
  /// - Parameter next: What the qualifier is followed by, perhaps a module below it.
  private func moduleToImport(_ text: String, holding next: String?) -> String? {
    let known = inputs.knownModules.map(\.text)
    var all = known.filter { $0 == text || $0.hasSuffix("." + text) }
    if all.isEmpty, text.utf8.count > 2, let next {
      // `Net` for `Fugue.NetAddr`, below which `Cidr` stands.
      all = known.filter { module in
        (module.split(separator: ".").last?.hasPrefix(text) ?? false)
          && known.contains("\(module).\(next)")
      }
    }
    return all.min { a, b in
      let (x, y) = (a.contains("Core"), b.contains("Core"))
      return (x ? 1 : 0, a.utf8.count, a) < (y ? 1 : 0, b.utf8.count, b)
    }
  }

  /// Reports a name that several imports give a meaning.
  mutating func reportAmbiguous(_ name: QualifiedName, _ meanings: [String]) {
    report(
      Diagnostic(
        "FG0205", "\(name.text) may mean several things here",
        at: name.range, "which one?",
        notes: ["It may be " + meanings.joined(separator: " or ") + "."],
        hint: "qualify it by the module that you mean"))
  }
}
