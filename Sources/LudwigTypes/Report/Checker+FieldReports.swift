import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Reports a field that a value does not have.
  mutating func reportNoField(_ name: Identifier, _ type: TypeRef) {
    if case .error = types.arena[type] { return }
    var text = types.describe(type)
    if case .record = types.arena[type], text.utf8.count > 32 { text = "This record" }
    var notes: [String] = []
    var hint: String?
    var also: [DiagnosticLabel] = []
    if let view = types.record(type) ?? singlePayload(of: type).flatMap({ types.record($0.1) }) {
      let names = view.fields.map(\.name)
      if let owner = ownerName(of: type), isUnbuiltField(name.text, of: owner) {
        return reportUnbuiltField(name, owner)
      } else if let near = nearest(to: name.text, among: names) {
        hint = "perhaps you mean \(near)"
        suggestionsLeft -= 1
        if suggestionsLeft > 0, case .record = types.arena[type], let place = placeOfField(near) {
          also = [DiagnosticLabel(place, "\(near) is given here", isPrimary: false)]
        }
      } else {
        hint = "read one that it has"
        if !names.isEmpty { notes.append("It has: " + listed(names)) }
      }
    } else if let function = functionLike(name.text, of: type) {
      hint = "functions stand before what they are applied to: \(function)(…)"
    } else if case .tuple = types.arena[type] {
      hint = "take it apart: let (a, b): …"
    } else if types.argument(of: type, in: .optional) != nil {
      hint = "it may be None: give a default with ?|, or look into it with case"
    } else if types.argument(of: type, in: .list) != nil {
      hint = "take an element of the list first, or go through it: [x.\(name.text) for x in …]"
    } else if case .named(let id, _) = types.arena[type] {
      (notes, hint) = explain(sum: id, name)
    }
    if hint == nil { hint = "leave the field out: \(article(before: text)) has none" }
    reportOnce(
      "field \(name.text) of \(types.describe(type))",
      Diagnostic(
        "FG0213", "\(text) has no field \(name.text)",
        at: name.range, "no such field", also: also, notes: notes, hint: hint))
  }

  /// A function of the library's module for a type that is called like a field.
  private mutating func functionLike(_ name: String, of type: TypeRef) -> String? {
    guard case .named(let id, _) = types.arena[type] else { return nil }
    let short = types.constructors[Int(id.index)].name.name
    let module = ModuleName("Ludwig.\(short)")
    guard sheets[module] != nil, exports(of: module).values[name] != nil else { return nil }
    return "\(short).\(name)"
  }

  /// Where a field of a name is given in a record of this sheet, for the first time.
  private func placeOfField(_ name: String) -> SourceRange? {
    for case .record(let fields) in tree.expressions {
      if let field = fields.first(where: { $0.name.text == name }) { return field.name.range }
    }
    return nil
  }

  private mutating func explain(
    sum id: TypeConstructorID, _ name: Identifier
  ) -> (notes: [String], hint: String?) {
    guard case .sum(let ids) = types.constructors[Int(id.index)].kind else { return ([], nil) }
    if let first = ids.first, isHidden(first) {
      return (
        ["The type is opaque: only its own module looks into it."],
        "use what \(program[first].type.module) shows for it"
      )
    }
    let holders = ids.filter { program[$0].fields.contains(name.text) }
    if let holder = holders.first {
      return ([], "say through which constructor: .\(program[holder].name).\(name.text)")
    }
    return (
      ["It is one of: " + ids.prefix(8).map { program[$0].name }.joined(separator: ", ")],
      "look into it with case"
    )
  }

  private func listed(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
  }

  /// Reports a field of a record literal that the wanted record does not have.
  mutating func reportExtraField(
    _ name: Identifier, _ known: [String], given: [RecordField], _ why: Why
  ) {
    guard hasRoom else { return }
    let taken = Set(given.prefix(1_000).map(\.name.text))
    let unused = known.prefix(1_000).filter { !taken.contains($0) }
    let near = nearest(to: name.text, among: unused)
    var owner = "The record wanted here"
    if case .argument(_, _, let callee) = why {
      owner = callee
      if let home = ownerName(ofCallee: callee), isUnbuiltField(name.text, of: home) {
        return reportUnbuiltField(name, home)
      }
    }
    let wayOut =
      unused.isEmpty
      ? "leave it out; all that can be given is given"
      : "leave it out, or give one of: \(listed(unused))"
    report(
      Diagnostic(
        "FG0212", "\(owner) has no field \(name.text)",
        at: name.range, "no such field", hint: near.map { "perhaps you mean \($0)" } ?? wayOut,
        fix: near.map { DiagnosticFix(range: name.range, replacement: $0) }))
  }

  /// Reports fields that a record literal lacks.
  mutating func reportMissingFields(_ names: [String], _ range: SourceRange, _ why: Why) {
    let list = names.joined(separator: ", ")
    let noun = names.count == 1 ? "the field" : "the fields"
    let headline =
      if case .argument(_, _, let callee) = why { "\(callee) needs \(noun) \(list)" } else {
        "This record lacks \(noun) \(list)"
      }
    report(
      Diagnostic(
        "FG0211", headline, at: range, "not given here",
        hint: "add \(names[0]): …"))
  }

  /// Reports an application with too many or too few arguments.
  mutating func reportCount(
    _ callee: ExpressionID, _ parameters: [TypeRef], _ arguments: [ExpressionID],
    _ range: SourceRange
  ) {
    let expected = parameters.count
    let name = text(of: callee)
    var way =
      arguments.count < expected
      ? "give all arguments at once; a function of the rest is a fun(…): …"
      : "leave out what is too much"
    if expected == 1, arguments.count > 1, let record = types.record(parameters[0]) {
      let fields = record.fields.prefix(4).map { "\($0.name): …" }.joined(separator: ", ")
      way = "it takes a record: \(name) { \(fields)\(record.fields.count > 4 ? ", …" : "") }"
    } else if arguments.count == 1, case .record = tree[arguments[0]] {
      let blanks = Array(repeating: "…", count: expected).joined(separator: ", ")
      way = "it takes no record, but its arguments in order: \(name)(\(blanks))"
    }
    report(
      Diagnostic(
        "FG0214",
        "\(name) takes \(countOf(expected, "argument")), and here "
          + (arguments.count == 1 ? "is 1" : "are \(arguments.count)"),
        at: range, "applied here", hint: way))
  }

  /// Reports a function that takes another number of arguments than it is given.
  mutating func reportArity(of function: Function, _ wanted: Int, _ range: SourceRange) -> CoreID {
    mismatches += 1
    report(
      Diagnostic(
        "FG0214",
        "This function takes \(countOf(arity(of: function), "argument")), and is given \(wanted)",
        at: range, "a function of \(wanted) is wanted here",
        hint: "write a parameter for each; _ for one that is not needed"))
    return add(.invalid, range)
  }

  /// Reports an application of something that is no function.
  mutating func reportNotAFunction(
    _ callee: ExpressionID, _ type: TypeRef, _ arguments: [ExpressionID], _ range: SourceRange
  ) {
    var hint =
      isBeside(arguments, range)
      ? "is a comma or an operator missing behind it?"
      : "leave the parentheses out, or name the function that is meant"
    if types.argument(of: type, in: .list) != nil, arguments.count == 1,
      case .list = tree[arguments[0]]
    {
      hint = "an element of a list is List.index(\(text(of: callee)), 0)"
    }
    report(
      Diagnostic(
        "FG0215", "This is applied like a function, but it is none",
        at: tree.range(of: callee), "this is \(article(before: types.describe(type)))",
        hint: hint))
  }

  /// Whether a call's last argument ends it, so that there are no parentheses.
  func isBeside(_ arguments: [ExpressionID], _ range: SourceRange) -> Bool {
    arguments.last.map { tree.range(of: $0).upper == range.upper } ?? false
  }

  /// Reports that what a constructor or type holds is asked for where it holds nothing, or where
  /// the type has several constructors.
  mutating func reportNoContent(_ name: QualifiedName) {
    report(
      Diagnostic(
        "FG0213", "\(name.text) holds nothing that could be taken out",
        at: name.range, "it has no single constructor with content",
        hint: "take it apart with case … of"))
  }

  /// Reports a constructor that takes nothing and is given something.
  mutating func reportNoPayload(_ name: QualifiedName, _ range: SourceRange) {
    report(
      Diagnostic(
        "FG0220", "\(name.text) holds nothing, so it takes no argument",
        at: range, "something follows it here",
        hint: "write \(name.text) alone; or is a comma missing behind it?"))
  }

  /// What is called, in the user's words.
  func text(of callee: ExpressionID) -> String {
    switch tree[callee] {
    case .name(let name), .constructor(let name): name.text
    case .field(_, let name): name.text
    case .constructorField(_, let constructor, let name): name?.text ?? constructor.text
    case .call(let inner, _): "the result of \(text(of: inner))"
    case .missing, .integer, .float, .string, .list, .tuple, .record, .dictionary, .lambda,
      .block, .conditional, .match, .comprehension, .update, .sequence, .operators, .infix,
      .prefix, .operatorValue:
      "this function"
    }
  }
}
