import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// Reports that a type does not fit where it stands, with only what differs.
  mutating func reportMismatch(
    _ expected: TypeRef, _ found: TypeRef, _ why: Why, _ range: SourceRange
  ) {
    mismatches += 1
    lastMismatches.append(Mismatch(expected: expected, found: found, range: range))
    if case .annotation(let place) = why { failedAnnotations.insert(place) }
    switch types.failure {
    case .infinite: return reportInfinite(expected, found, range)
    case .tooLarge: return reportTooLarge(range)
    case nil: break
    }
    if reportedSecret(expected, found, range) { return }
    let difference = difference(expected, found, why)
    var labels = [DiagnosticLabel(range, difference.label)]
    if let place = why.place, place.range != range {
      labels.append(DiagnosticLabel(place.range, place.message, isPrimary: false))
    }
    report(
      Diagnostic(
        "FG0210", why.headline, labels: labels, notes: difference.notes,
        hint: difference.hint))
  }

  /// How two types differ.
  private struct Difference {
    var label: String
    var notes: [String] = []
    var hint: String?
  }

  private mutating func difference(
    _ expected: TypeRef, _ found: TypeRef, _ why: Why
  ) -> Difference {
    if let wanted = types.record(expected), let given = types.record(found) {
      let isArgument = if case .argument = why { true } else { false }
      return difference(wanted, given, isArgument)
    }
    var texts = types.describe([expected, found])
    for (index, type) in [expected, found].enumerated() {
      if case .variable(_, let kind) = types.arena[type], let words = kind.words {
        texts[index] = words
      }
    }
    var out = Difference(label: "this is \(article(before: texts[1]))")
    out.notes = ["expected: \(texts[0])", "   found: \(texts[1])"]
    out.hint = hint(expected, found)
    return out
  }

  private mutating func difference(
    _ wanted: (fields: [TypeField], rest: TypeRef?),
    _ given: (fields: [TypeField], rest: TypeRef?), _ isArgument: Bool
  ) -> Difference {
    var out = Difference(label: "this record does not fit")
    for field in wanted.fields {
      guard let other = given.fields.first(where: { $0.name == field.name }) else {
        let isPadded = isArgument && types.argument(of: field.type, in: .optional) != nil
        if given.rest == nil && !isPadded {
          let type = types.describe(field.type)
          out.notes.append("missing: \(field.name): \(type)")
        }
        continue
      }
      if !types.tryUnify(field.type, other.type) {
        let texts = types.describe([field.type, other.type])
        out.notes.append("\(field.name): expected \(texts[0]), found \(texts[1])")
      }
    }
    if wanted.rest == nil {
      let names = wanted.fields.map(\.name)
      for field in given.fields where !names.contains(field.name) {
        let near = nearest(to: field.name, among: names).map { " (perhaps \($0))" } ?? ""
        out.notes.append("not expected: \(field.name)\(near)")
      }
    }
    if out.notes.count > 6 {
      let more = out.notes.count - 6
      out.notes = Array(out.notes.prefix(6)) + ["and \(more) more differences"]
    }
    return out
  }

  private mutating func hint(_ expected: TypeRef, _ found: TypeRef) -> String? {
    if let inner = types.argument(of: found, in: .optional), !isUnknown(inner),
      types.couldUnify(expected, inner)
    {
      return "it may be None: give a default with ?|, or look into it with case"
    }
    if let inner = types.argument(of: expected, in: .optional), types.couldUnify(inner, found) {
      return "wrap it: Optional …"
    }
    if let inner = types.argument(of: expected, in: .list), !isUnknown(inner),
      types.couldUnify(inner, found)
    {
      return "write it as a list: [ … ]"
    }
    if let name = constructorThatHolds(found, for: expected) {
      return "put the constructor before it: \(name) …"
    }
    if isSecret(expected) {
      return "a secret is no text of the sheet, which is stored: Secret.fromEnv(\"NAME\") takes it "
        + "from the environment"
    }
    if let form = checkedLiteral(of: expected),
      case .named(BuiltinType.string.id, _) = types.arena[found]
    {
      return
        "only a literal such as \"\(form.example)\" becomes one by itself; for other texts use "
        + "\(form.type.module).fromString, which gives an Optional"
    }
    if case .function(_, let result) = types.arena[found], types.couldUnify(expected, result) {
      return "this is a function: apply it"
    }
    if let hint = literalHint(expected, found) { return hint }
    if case .named(BuiltinType.string.id, _) = types.arena[expected],
      case .named(BuiltinType.int.id, _) = types.arena[found]
    {
      return "String.fromInt makes a String of it"
    }
    if case .rigid(let name) = types.arena[expected] {
      return "\(name) stands for any type that the caller chooses"
    }
    if case .rigid(let name) = types.arena[found] {
      return "\(name) stands for any type that the caller chooses"
    }
    return nil
  }

  /// A constructor of the wanted type, known by name, that takes what was found.
  private mutating func constructorThatHolds(
    _ found: TypeRef, for expected: TypeRef
  ) -> String? {
    guard case .named(let id, _) = types.arena[expected],
      case .sum(let ids) = types.constructors[Int(id.index)].kind
    else { return nil }
    for constructor in ids {
      let (payload, _) = instance(of: constructor)
      if let payload, case .named = types.arena[found], types.couldUnify(payload.given, found) {
        return spelling(of: constructor)
      }
      guard let payload, let record = types.record(payload.given),
        let given = types.record(found)
      else { continue }
      let names = record.fields.map(\.name)
      if !given.fields.isEmpty, given.fields.allSatisfy({ names.contains($0.name) }) {
        return spelling(of: constructor)
      }
    }
    return nil
  }

  /// What may be meant by a text where something else is wanted: one of a type's constructors, a
  /// number, a truth value.
  private mutating func literalHint(_ expected: TypeRef, _ found: TypeRef) -> String? {
    guard case .named(BuiltinType.string.id, _) = types.arena[found],
      case .named(let id, _) = types.arena[expected]
    else { return nil }
    var text: String?
    let isLiteral = subject.map { tree.range(of: $0) == lastMismatches.last?.range } ?? false
    if let subject, isLiteral, case .string(let value) = tree[subject] { text = value }
    switch id {
    case BuiltinType.bool.id: return "a Bool is True or False, without quotes"
    case BuiltinType.int.id:
      guard let text else { return "String.toInt gives an Optional<Int> of a text" }
      return Int(text) == nil ? nil : "leave the quotes out"
    default: break
    }
    guard case .sum(let ids) = types.constructors[Int(id.index)].kind else { return nil }
    let plain = ids.filter { !program[$0].hasPayload && !isHidden($0) }
    guard !plain.isEmpty else { return nil }
    let names = plain.map { program[$0].name }
    if let text, let name = names.first(where: { $0 == text }) ?? nearest(to: text, among: names),
      let meant = plain.first(where: { program[$0].name == name })
    {
      return "perhaps you mean the constructor \(spelling(of: meant)), without quotes"
    }
    let shown = plain.prefix(6).map { spelling(of: $0) }.joined(separator: ", ")
    return "it is one of: \(shown)" + (plain.count > 6 ? " …" : "")
  }

  /// A constructor as it is written in this module, where an import shows it.
  mutating func spelling(of constructor: ConstructorID) -> String {
    let name = program[constructor].name
    if program[constructor].type.module == current { return name }
    for entry in sheet.imports
    where exports(of: entry.module).constructors[name] == .declared(constructor) {
      return entry.qualifier.isEmpty ? name : "\(entry.qualifier).\(name)"
    }
    return name
  }

  private mutating func reportInfinite(
    _ expected: TypeRef, _ found: TypeRef, _ range: SourceRange
  ) {
    types.failure = nil
    let texts = types.describe([expected, found])
    report(
      Diagnostic(
        "FG0216", "This value would have to contain itself",
        at: range, "its type has no end",
        notes: ["\(texts[0]) would be the same as \(texts[1])."],
        hint: "is an argument missing, or one too many given?"))
  }

  private mutating func reportTooLarge(_ range: SourceRange) {
    types.failure = nil
    // When the work for the whole program is used up, the first place says so for all.
    if types.fuel < 0 && hasRunOut { return }
    hasRunOut = types.fuel < 0
    report(
      Diagnostic(
        "FG0230", "The type of this is too large",
        at: range, "inferred up to here",
        hint: "give it a type of its own with type"))
  }

  /// A description with its article: `an Int`.
  func article(before text: String) -> String {
    guard let first = text.first else { return text }
    if first == "?" || !first.isLetter || !first.isUppercase { return text }
    return ("AEIO".contains(first) ? "an " : "a ") + text
  }
}
