import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// The nearest name that may be meant, from this module, what the qualifier stands for, or any
  /// other module that was loaded, in this order where they are equally near.
  mutating func suggestion(for name: QualifiedName, _ kind: NameKind) -> String? {
    // Looking through all names is work; of very many mistakes the first have suggestions.
    guard suggestionsLeft > 0 else { return nil }
    suggestionsLeft -= 1
    var search = Search(text: name.name.text)
    let isOwn = kind == .value && name.qualifier.isEmpty
    // A definition that nobody uses, and a use that nobody defines, belong together.
    let used = isOwn ? usedNames() : []
    if isOwn {
      for local in locals.reversed() { search.offer(local.name, from: nil, rank: 0) }
    }
    let qualified = Set(modules(of: name.qualifier.map(\.text), in: current).map(\.module))
    for module in sheets.keys {
      // A module of very many names counts as several suggestions.
      suggestionsLeft -= (sheets[module]?.own.values.count ?? 0) / 20_000
      let isNear = module == current || qualified.contains(module)
      let origin = module == current ? nil : module
      // What is not in scope here is less likely than a slip of the pen in what is.
      let rank = isNear ? 0 : name.qualifier.isEmpty && kind == .value ? 3 : 1
      for candidate in names(kind, of: module) {
        let isUnused = isOwn && module == current && !used.contains(candidate)
        search.offer(candidate, from: origin, rank: isUnused ? -1 : rank)
      }
    }
    if let alias = Self.foreignWords[name.text.lowercased()] {
      return "perhaps you mean the constructor \(alias)"
    }
    if search.distance > 2, let spaced = spacedMinus(name, kind) { return spaced }
    if kind == .constructor {
      for candidate in ["True", "False", "None", "Optional"] {
        search.offer(candidate, from: nil, rank: 0)
      }
      for (module, known) in interfaces.sorted(by: { $0.key < $1.key }) {
        for candidate in known?.functionNames.sorted() ?? [] {
          search.offer(candidate, from: module, rank: qualified.contains(module) ? 0 : 1)
        }
      }
    }
    if kind == .type, let type = Self.foreignTypes[name.name.text.lowercased()] {
      return "perhaps you mean the type \(type)"
    }
    if kind == .type {
      for type in BuiltinType.allCases { search.offer(type.name, from: nil, rank: 0) }
    }
    guard let best = search.best else { return suggestionOfOtherKind(name, kind) }
    guard let module = best.module else {
      if kind == .value, let place = placeOfValue(best.name) {
        suggestedPlace = (best.name, place)
      }
      return "perhaps you mean the \(kind.rawValue) \(best.name)"
    }
    let word = interfaces[module] ?? nil == nil ? kind.rawValue : "operation"
    let way = written(best.name, of: module).map { ": write \($0)" } ?? ""
    return "perhaps you mean the \(word) \(best.name) (from \(module))\(way)"
  }

  /// The names without qualifier that this sheet uses.
  private func usedNames() -> Set<String> {
    var out: Set<String> = []
    for case .name(let name) in tree.expressions where name.qualifier.isEmpty {
      out.insert(name.text)
    }
    return out
  }

  /// Where a value of this sheet, or a local in scope, is bound.
  func placeOfValue(_ name: String) -> SourceRange? {
    locals.last { $0.name == name }?.range
      ?? definitions[GlobalName(module: current, name: name)]?.nameRange
  }

  /// What other languages call the language's own constructors.
  private static let foreignWords = [
    "true": "True", "false": "False", "yes": "True", "no": "False", "none": "None",
    "some": "Optional", "just": "Optional", "nothing": "None", "null": "None", "nil": "None",
  ]

  /// `n-1` is one name; where `n` is a value, a subtraction is meant.
  private mutating func spacedMinus(_ name: QualifiedName, _ kind: NameKind) -> String? {
    let parts = name.text.split(separator: "-", maxSplits: 1)
    guard kind == .value, name.qualifier.isEmpty, parts.count == 2 else { return nil }
    let first = QualifiedName([], Identifier(String(parts[0]), name.range))
    let isKnown =
      locals.contains { $0.name == first.text } || !find(first, in: current, \.values).isEmpty
    return isKnown ? "a minus stands between blanks: \(parts[0]) - \(parts[1])" : nil
  }

  /// A name of the same module that is nearly the same, for something of another kind.
  private mutating func suggestionOfOtherKind(_ name: QualifiedName, _ kind: NameKind) -> String? {
    let text = name.name.text
    for (module, rest) in modules(of: name.qualifier.map(\.text), in: current) where rest.isEmpty {
      for other in [NameKind.value, .constructor, .type] where other != kind {
        let near = names(other, of: module).first { $0.lowercased() == text.lowercased() }
        guard let near, near != text else { continue }
        let way = written(near, of: module) ?? near
        return "perhaps you mean the \(other.rawValue) \(way)"
      }
    }
    return nil
  }

  private mutating func names(_ kind: NameKind, of module: ModuleName) -> [String] {
    guard let shown = module == current ? sheet.own : Optional(exports(of: module)) else {
      return []
    }
    return switch kind {
    case .value: shown.values.keys.sorted()
    case .operatorName: shown.operators.keys.map(Exports.operatorName).sorted()
    case .constructor: shown.constructors.keys.sorted()
    case .type: shown.types.keys.sorted()
    }
  }

  /// How something of a module is written here, where the module is imported.
  private func written(_ name: String, of module: ModuleName) -> String? {
    guard let entry = sheet.imports.first(where: { $0.module == module }) else { return nil }
    return entry.qualifier.isEmpty ? name : "\(entry.qualifier).\(name)"
  }
}

/// A search for the nearest candidate; the first one wins among equals.
private struct Search {
  let text: String
  private(set) var best: (name: String, module: ModuleName?)?
  private(set) var distance = Int.max

  init(text: String) { self.text = text }

  mutating func offer(_ candidate: String, from module: ModuleName?, rank: Int) {
    var limit = suggestionLimit(for: text)
    // Of a single letter, nothing is left when it is replaced.
    if limit == 0, rank < 0, candidate.hasPrefix(text) { limit = 1 }
    guard let edits = editDistance(text, candidate, limit: limit) else { return }
    if edits * 2 + rank < distance {
      distance = edits * 2 + rank
      best = (candidate, module)
    }
  }
}
