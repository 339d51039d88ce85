import Diagnostics
import LudwigSyntax
import OrderedCollections
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
    guard hasRoom else { return }
    if reportedSecret(expected, found, range) { return }
    if reportedUnbuilt(expected, found, why, range) { return }
    let texts = types.describe([expected, found])
    if case .annotation(let place) = why {
      // Several branches that have one other type are one mistake, of the annotation perhaps.
      let find = "\(place.source.index) \(place.lower) \(texts[1])"
      guard annotationFinds.insert(find).inserted else { return }
    }
    let difference = difference(expected, found, why)
    var labels = [DiagnosticLabel(range, difference.label)]
    if let place = why.place, place.range != range {
      var message = place.message
      if case .sameAs = why, texts[0].count < 40, types.record(expected) == nil {
        message += ", \(article(before: texts[0]))"
      }
      labels.append(DiagnosticLabel(place.range, message, isPrimary: false))
    }
    let diagnostic = { (also: [DiagnosticLabel]) in
      Diagnostic(
        "FG0210", why.headline, labels: labels + also, notes: difference.notes,
        hint: difference.hint)
    }
    if let field = fieldAtFault(expected, found, range) {
      let key = "field \(field.name): \(field.types)"
      return reportOnce(key, diagnostic(field.places.filter { $0.range != range }))
    }
    guard let (name, place) = definition(of: range) else { return report(diagnostic([])) }
    reportOnce(
      "\(name) \(place.lower): \(texts[0]), \(texts[1])",
      diagnostic([DiagnosticLabel(place, "\(name) is bound here", isPrimary: false)]))
  }

  /// What a plain name that stands somewhere is called and where this sheet binds it.
  private func definition(of range: SourceRange) -> (String, SourceRange)? {
    guard let subject, tree.range(of: subject) == range, case .name(let name) = tree[subject],
      name.qualifier.isEmpty, let place = placeOfValue(name.text), place != range
    else { return nil }
    return (name.text, place)
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
    if let inside = differenceInside(expected, found) { return inside }
    var texts = types.describe([expected, found])
    for (index, type) in [expected, found].enumerated() {
      if case .variable(_, let kind) = types.arena[type], let words = kind.words {
        texts[index] = words
      }
    }
    if case .function(let parameters, let result) = types.arena[found], texts[1].utf8.count > 90 {
      texts[1] = shortFunction(parameters, result)
    }
    var out = Difference(label: "this is \(article(before: texts[1]))")
    out.notes = ["expected: \(texts[0])", "   found: \(texts[1])"]
    out.hint =
      containerHint(expected, found, why) ?? hint(expected, found) ?? wayOut(expected, texts, why)
    return out
  }

  /// What may be done where nothing more special is known.
  private mutating func wayOut(_ expected: TypeRef, _ texts: [String], _ why: Why) -> String? {
    if let maker = maker(of: expected) { return wayOut(by: maker, expected) }
    if let element = types.argument(of: expected, in: .list), let maker = maker(of: element) {
      return "write a list of what \(maker) makes: [\(maker)]"
    }
    if let choice = plainConstructors(of: expected) { return choice }
    switch why {
    case .annotation: return "if the value is right, its annotation is \(texts[1])"
    case .sameAs: return "all of them have one type: change one of the two"
    case .condition: return "compare it with something: == … or != …"
    case .source: return "write what it goes through as a list: [ … ]"
    case .pattern: return "write a pattern for \(article(before: texts[0]))"
    case .operand, .operatorShape: return "give it operands of one type that it is for"
    case .pipe: return "write a function's name, or fun(x): …"
    case .through: return "write the type that the value has, or its field alone"
    case .nothing, .argument, .field, .element, .functionResult:
      return types.record(expected) == nil && !texts[0].contains("?") && texts[0].count < 60
        ? "give \(article(before: texts[0])) here\(quotesHint(expected))"
        : "give it what is expected"
    }
  }

  /// A function of the library that makes values of a resource's type, as it is written here.
  private mutating func maker(of type: TypeRef) -> String? {
    guard case .named(let id, _) = types.arena[type] else { return nil }
    let name = types.constructors[Int(id.index)].name
    for entry in sheet.imports {
      guard let home = exports(of: entry.module).submodules[name.name],
        let function = exports(of: home).values["new"], let scheme = definitions[function]?.scheme,
        case .function(_, let result) = types.arena[scheme.type],
        case .named(id, _) = types.arena[result]
      else { continue }
      return (entry.qualifier.isEmpty ? "" : "\(entry.qualifier).") + "\(name.name).new { … }"
    }
    return namesake(of: id, name)
  }

  private mutating func difference(
    _ wanted: (fields: [TypeField], rest: TypeRef?),
    _ given: (fields: [TypeField], rest: TypeRef?), _ isArgument: Bool
  ) -> Difference {
    var out = Difference(label: "this record does not fit")
    for field in wanted.fields {
      guard let other = given.fields.first(where: { $0.name == field.name }) else {
        let isPadded = isArgument && types.argument(of: field.type, in: .optional) != nil
        if case .error = types.arena[field.type] { continue }
        if given.rest == nil && !isPadded {
          let type = types.describe(field.type)
          out.notes.append("missing: \(field.name): \(type)")
        }
        continue
      }
      let inner = isArgument ? types.argument(of: field.type, in: .optional) : nil
      let isLifted = inner.map { types.tryUnify($0, other.type) } ?? false
      if !isLifted, !types.tryUnify(field.type, other.type) {
        out.notes += differences(field.type, other.type, at: field.name, 0)
      }
    }
    if wanted.rest == nil {
      let names = wanted.fields.map(\.name)
      for field in given.fields where !names.contains(field.name) {
        let near = nearest(to: field.name, among: names).map { " (perhaps \($0))" } ?? ""
        out.notes.append("not expected: \(field.name)\(near)")
      }
    }
    out.hint = "only what differs is shown; the rest fits"
    if out.notes.count > 6 {
      let more = out.notes.count - 6
      out.notes = Array(out.notes.prefix(6)) + ["and \(more) more differences"]
    }
    return out
  }

  /// The difference of two lists or Optionals of records, which are long to write.
  private mutating func differenceInside(_ expected: TypeRef, _ found: TypeRef) -> Difference? {
    for container in [BuiltinType.list, .optional, .dictionary] {
      guard let a = types.argument(of: expected, in: container),
        let b = types.argument(of: found, in: container),
        case .record = types.arena[a], case .record = types.arena[b]
      else { continue }
      let lines = differences(a, b, at: "each element", 0).prefix(6)
      return Difference(
        label: "what it holds does not fit", notes: Array(lines),
        hint: "only what differs is shown; the rest fits")
    }
    return nil
  }

  /// Where two types differ, going into records, lists and Optionals as far as both have them.
  private mutating func differences(
    _ expected: TypeRef, _ found: TypeRef, at path: String, _ depth: Int
  ) -> [String] {
    for container in [BuiltinType.list, .optional, .dictionary] where depth < 6 {
      if let a = types.argument(of: expected, in: container),
        let b = types.argument(of: found, in: container)
      {
        let step = container == .list ? "[…]" : ""
        return differences(a, b, at: path + step, depth + 1)
      }
    }
    guard depth < 6, case .record = types.arena[expected], case .record = types.arena[found],
      let wanted = types.record(expected), let given = types.record(found)
    else {
      let texts = types.describe([expected, found])
      return ["\(path): expected \(texts[0]), found \(texts[1])"]
    }
    var out: [String] = []
    for field in wanted.fields {
      guard let other = given.fields.first(where: { $0.name == field.name }) else {
        if given.rest == nil { out.append("missing: \(path).\(field.name)") }
        continue
      }
      if !types.tryUnify(field.type, other.type) {
        out += differences(field.type, other.type, at: "\(path).\(field.name)", depth + 1)
      }
    }
    let names = wanted.fields.map(\.name)
    for field in given.fields where wanted.rest == nil && !names.contains(field.name) {
      out.append("not expected: \(path).\(field.name)")
    }
    return out
  }

  private mutating func hint(_ expected: TypeRef, _ found: TypeRef) -> String? {
    if case .variable(_, let kind) = types.arena[expected], kind == .number || kind == .ordered,
      case .named(let id, _) = types.arena[found],
      id == BuiltinType.list.id || (id == BuiltinType.string.id && kind == .number)
    {
      return "texts and lists are joined with ++"
    }
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
    for case .rigid(let name) in [types.arena[expected], types.arena[found]] {
      guard let type = typeInLowerCase(name) else { continue }
      return "\(name) in lower case stands for any type; perhaps you mean the type \(type)"
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
      return Int(text) == nil ? "an Int stands without quotes: 80" : "leave the quotes out"
    case BuiltinType.float.id: return "a Float stands without quotes: 0.5"
    default: break
    }
    let plain = plainConstructors(id)
    guard !plain.isEmpty else { return nil }
    let names = plain.map { program[$0].name }
    if let text, let name = names.first(where: { $0 == text }) ?? nearest(to: text, among: names),
      let meant = plain.first(where: { program[$0].name == name })
    {
      return "perhaps you mean the constructor \(spelling(of: meant)), without quotes"
    }
    return plainConstructors(of: expected)
  }

  private mutating func plainConstructors(_ id: TypeConstructorID) -> [ConstructorID] {
    guard case .sum(let ids) = types.constructors[Int(id.index)].kind else { return [] }
    return ids.filter { !program[$0].hasPayload && !isHidden($0) }
  }

  /// The constructors of a type that hold nothing, as they are written here.
  private mutating func plainConstructors(of type: TypeRef) -> String? {
    guard case .named(let id, _) = types.arena[type] else { return nil }
    let plain = plainConstructors(id)
    guard !plain.isEmpty else { return nil }
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
        hint: plainSubject.map { "if a text is meant, set it in quotes: \"\($0)\"" }
          ?? "is an argument missing, or one too many given?"))
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
