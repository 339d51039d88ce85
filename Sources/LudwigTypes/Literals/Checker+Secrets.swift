import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

/// An argument of a function that shows what it is given.
struct ShownArgument {
  /// The module it stands in.
  var module: ModuleName
  /// The argument.
  var argument: ExpressionID
  /// Its type, perhaps not known as yet.
  var type: TypeRef
  /// The function.
  var function: GlobalName
}

extension Checker {
  /// The type of values that nobody may read.
  static let secretType = TypeName(module: ModuleName("Fugue.Secret"), name: "Secret")

  /// The library's functions that show or write out whatever they are given.
  static let showingFunctions: Set<GlobalName> = Set(
    [("Ludwig.Debug", ["show", "trace", "traceValue"]), ("Ludwig.Template", ["render"])]
      .flatMap { module, names in
        names.map { GlobalName(module: ModuleName(module), name: $0) }
      })

  /// Remembers the arguments of a function that shows them, until their types are known.
  mutating func noteShown(_ callee: CoreID, _ arguments: [ExpressionID], _ types: [TypeRef]) {
    guard case .global(let name) = program.core[callee], Self.showingFunctions.contains(name)
    else { return }
    for (argument, type) in zip(arguments, types) {
      shown.append(
        ShownArgument(module: current, argument: argument, type: type, function: name))
    }
  }

  /// Reports secrets among what is shown, now that the types are known.
  mutating func checkShown() {
    let home = current
    for item in shown where containsSecret(item.type) {
      current = item.module
      reportSecret(
        item.argument, tree.range(of: item.argument), "\(item.function.name) shows what it is given"
      )
    }
    shown = []
    current = home
  }

  /// Whether a mismatch is a secret where a text is wanted; reports it.
  mutating func reportedSecret(
    _ expected: TypeRef, _ found: TypeRef, _ range: SourceRange
  ) -> Bool {
    guard isSecret(found) else { return false }
    switch types.arena[expected] {
    case .named(BuiltinType.string.id, _), .named(BuiltinType.bytes.id, _),
      .variable(_, .appendable), .variable(_, .ordered):
      let value = subject.flatMap { tree.range(of: $0) == range ? $0 : nil }
      reportSecret(value, range, "a text is wanted here, which everybody may read")
      return true
    case .variable, .link, .rigid, .generic, .named, .record, .tuple, .function, .error:
      return false
    }
  }

  private mutating func reportSecret(
    _ value: ExpressionID?, _ range: SourceRange, _ message: String
  ) {
    report(
      Diagnostic(
        "FG0232", "A secret would be seen here",
        labels: [DiagnosticLabel(range, message)] + (value.map { path(of: $0) } ?? []),
        notes: ["Names, tags, logs and outputs are shown and stored; a Secret is neither."],
        hint: "give it to a field of type Secret, or show Secret.fingerprint of it"))
  }

  func isSecret(_ type: TypeRef) -> Bool {
    guard case .named(let id, _) = types.arena[type] else { return false }
    return types.constructors[Int(id.index)].name == Self.secretType
  }

  private mutating func containsSecret(_ type: TypeRef) -> Bool {
    var seen: Set<TypeRef> = []
    var stack = [type]
    while let next = stack.popLast() {
      let ref = types.arena.resolve(next)
      guard seen.insert(ref).inserted, seen.count < 500 else { continue }
      if isSecret(ref) { return true }
      stack += types.record(ref)?.fields.map(\.type) ?? types.children(of: ref)
      if case .named(let id, let arguments) = types.arena[ref],
        case .sum(let ids) = types.constructors[Int(id.index)].kind
      {
        stack += ids.compactMap { payloads[$0.index] }.map { types.instantiate($0.held, arguments) }
      }
    }
    return false
  }

  /// The way a value took: the names through which it came, and where it was made.
  private mutating func path(of start: ExpressionID) -> [DiagnosticLabel] {
    var labels: [DiagnosticLabel] = []
    var (module, next) = (current, Optional(start))
    var fields: [String] = []
    while let id = next, labels.count < 8, let tree = sheets[module]?.tree {
      next = nil
      switch tree[id] {
      case .field(let base, let name):
        fields.append(name.text)
        next = base
      case .constructorField(let base, _, let name):
        if let name { fields.append(name.text) }
        next = base
      case .record(let parts):
        guard let name = fields.popLast() else { break }
        next = parts.first { $0.name.text == name }?.value
      case .name(let name):
        if name.qualifier.isEmpty, let local = locals.last(where: { $0.name == name.text }) {
          labels.append(DiagnosticLabel(local.range, "it comes through this", isPrimary: false))
          next = local.body
        } else if let global = find(name, in: module, \.values).first,
          let definition = definitions[global], case .binding(let binding) = definition.kind
        {
          let range = definition.nameRange
          labels.append(DiagnosticLabel(range, "it comes through this", isPrimary: false))
          (module, next) = (global.module, binding.body)
        }
      case .call:
        labels.append(DiagnosticLabel(tree.range(of: id), "it comes from here", isPrimary: false))
      case .block(_, let result), .sequence(_, let result): next = result
      case .missing, .integer, .float, .string, .list, .tuple, .dictionary, .constructor, .lambda,
        .conditional, .match, .comprehension, .update, .operators, .infix, .prefix,
        .operatorValue:
        break
      }
    }
    return labels
  }
}
