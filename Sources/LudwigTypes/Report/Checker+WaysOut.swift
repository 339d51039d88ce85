import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// The unqualified name that is being fitted, where it is one.
  var plainSubject: String? {
    guard let subject, case .name(let name) = tree[subject], name.qualifier.isEmpty else {
      return nil
    }
    return name.text
  }

  /// What to say of a name that stands where a text is wanted, since its quotes may be forgotten.
  func quotesHint(_ expected: TypeRef) -> String {
    guard case .named(BuiltinType.string.id, _) = types.arena[expected], let plainSubject else {
      return ""
    }
    return "; if the text is meant, set it in quotes: \"\(plainSubject)\""
  }

  /// What to do with a list where an element of it is wanted.
  mutating func containerHint(_ expected: TypeRef, _ found: TypeRef, _ why: Why) -> String? {
    guard let element = types.argument(of: found, in: .list) else { return nil }
    if case .variable = types.arena[element] { return nil }
    if case .variable = types.arena[expected] { return nil }
    guard types.couldUnify(expected, element) else { return nil }
    if case .element = why {
      return "it is a list itself: leave the brackets around it out, or join lists with ++"
    }
    if let subject, case .list(let parts) = tree[subject], parts.count == 1 {
      return "one is wanted, no list: leave the brackets out"
    }
    return "one is wanted, not a list: take an element of it, or go through it: "
      + "[ … for x in … ]"
  }

  /// How something that makes values of a wanted type is recommended.
  mutating func wayOut(by maker: String, _ expected: TypeRef) -> String {
    let isText =
      if let subject, case .string = tree[subject] { true } else { false }
    guard isText, maker.hasSuffix(".new { … }") else { return "\(maker) makes one" }
    let external = maker.replacing(".new { … }", with: ".external")
    let segments = external.split(separator: ".").map(String.init)
    let place = SourceRange(source: tree.source, lower: 0, upper: 0)
    let name = QualifiedName(
      segments.dropLast().map { Identifier($0, place) }, Identifier("external", place))
    guard !find(name, in: current, \.values).isEmpty else { return "\(maker) makes one" }
    return "\(maker) makes one; \(external)(…) stands for one that exists"
  }

  /// A function that is called like the type that it makes, as `AWS.tag` makes a `Tag`.
  mutating func namesake(of id: TypeConstructorID, _ type: TypeName) -> String? {
    let name = type.name.prefix(1).lowercased() + type.name.dropFirst()
    for entry in sheet.imports {
      guard let function = exports(of: entry.module).values[name],
        let scheme = definitions[function]?.scheme,
        case .function(let parameters, let result) = types.arena[scheme.type],
        case .named(id, _) = types.arena[result]
      else { continue }
      let blanks = parameters.map { _ in "…" }.joined(separator: ", ")
      return (entry.qualifier.isEmpty ? "" : "\(entry.qualifier).") + "\(name)(\(blanks))"
    }
    return nil
  }

  /// A function's type without the fields of the records that it takes.
  mutating func shortFunction(_ parameters: [TypeRef], _ result: TypeRef) -> String {
    var parts: [String] = []
    for parameter in parameters {
      if case .record = types.arena[parameter] {
        parts.append("{…}")
      } else {
        parts.append(types.describe(parameter))
      }
    }
    return "fun(\(parts.joined(separator: ", "))) -> \(types.describe(result))"
  }

  /// The language's own type that other languages, or haste, call by another name.
  func typeInLowerCase(_ name: String) -> String? {
    let known = BuiltinType.allCases.map(\.name).first { $0.lowercased() == name.lowercased() }
    guard name.first?.isLowercase == true, name.utf8.count > 2 else { return nil }
    return known ?? Self.foreignTypes[name.lowercased()]
  }

  /// What other languages call the language's own types.
  static let foreignTypes = [
    "integer": "Int", "number": "Int", "long": "Int", "boolean": "Bool", "text": "String",
    "str": "String", "maybe": "Optional", "option": "Optional", "map": "Dictionary",
    "dict": "Dictionary", "hash": "Dictionary", "array": "List", "double": "Float",
  ]

  /// A field of records in this sheet whose value has another type than its uses need.
  struct FieldAtFault {
    /// The field.
    var name: String
    /// The two types, in order of their names.
    var types: String
    /// Where literals give the field one of these types.
    var places: [DiagnosticLabel]
  }

  /// The field whose literal value a mismatch comes from: it was read as a field, or it is all
  /// that two records differ in.
  mutating func fieldAtFault(
    _ expected: TypeRef, _ found: TypeRef, _ range: SourceRange
  ) -> FieldAtFault? {
    var leaf: (name: String, expected: TypeRef, found: TypeRef)?
    if let subject, tree.range(of: subject) == range, case .field(_, let name) = tree[subject] {
      leaf = (name.text, expected, found)
    }
    if let inner = onlyDifference(expected, found, 0) { leaf = inner }
    guard let leaf, isLiteralType(leaf.expected), isLiteralType(leaf.found) else { return nil }
    let texts = types.describe([leaf.expected, leaf.found])
    var places: [DiagnosticLabel] = []
    for case .record(let fields) in tree.expressions {
      for field in fields where field.name.text == leaf.name {
        guard let type = literalType(field.value), texts.contains(type) else { continue }
        places.append(
          DiagnosticLabel(
            tree.range(of: field.value), "\(leaf.name) is \(article(before: type)) here",
            isPrimary: false))
      }
    }
    guard places.count < 5, places.contains(where: { $0.message.contains(texts[1]) }) else {
      return nil
    }
    return FieldAtFault(
      name: leaf.name, types: texts.sorted().joined(separator: ", "), places: places)
  }

  private mutating func onlyDifference(
    _ expected: TypeRef, _ found: TypeRef, _ depth: Int
  ) -> (name: String, expected: TypeRef, found: TypeRef)? {
    guard depth < 6, case .record = types.arena[expected], case .record = types.arena[found],
      let wanted = types.record(expected), let given = types.record(found)
    else { return nil }
    var out: (name: String, expected: TypeRef, found: TypeRef)?
    for field in wanted.fields {
      guard let other = given.fields.first(where: { $0.name == field.name }) else { return nil }
      if types.couldUnify(field.type, other.type) { continue }
      guard out == nil else { return nil }
      out =
        onlyDifference(field.type, other.type, depth + 1)
        ?? (field.name, field.type, other.type)
    }
    return out
  }

  private func isLiteralType(_ type: TypeRef) -> Bool {
    guard case .named(let id, _) = types.arena[type] else { return false }
    return [BuiltinType.string.id, BuiltinType.int.id, BuiltinType.float.id, BuiltinType.bool.id]
      .contains(id)
  }

  private func literalType(_ id: ExpressionID) -> String? {
    switch tree[id] {
    case .string: "String"
    case .integer: "Int"
    case .float: "Float"
    case .constructor(let name) where name.text == "True" || name.text == "False": "Bool"
    case .constructor, .missing, .list, .tuple, .record, .dictionary, .name, .field,
      .constructorField, .call, .lambda, .block, .conditional, .match, .comprehension, .update,
      .sequence, .operators, .infix, .prefix, .operatorValue:
      nil
    }
  }
}
