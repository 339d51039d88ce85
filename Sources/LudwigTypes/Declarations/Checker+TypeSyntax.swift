import Diagnostics
import LudwigSyntax
import Text

/// What a type variable that is not in scope becomes.
enum VariableMode {
  /// A mistake: a declaration names its variables.
  case known
  /// A rigid type: the annotation must hold as generally as it is written.
  case rigid
  /// An unknown: annotations of local functions may use the variables of outer ones.
  case flexible
  /// A generic: the annotation is the scheme.
  case generic
}

extension Checker {
  /// A written type as a type; mistakes in it are reported and fit everything.
  mutating func type(_ id: TypeID, _ mode: VariableMode) -> TypeRef {
    depth += 1
    defer { depth -= 1 }
    guard depth < Checker.depthLimit else { return types.error() }
    if !tree.damagedLines.isEmpty, isOnDamagedLine(tree.range(of: id)) { return types.error() }
    switch tree[id] {
    case .missing: return types.error()
    case .variable(let name): return variable(name, mode)
    case .tuple(let parts): return types.arena.add(.tuple(parts.map { type($0, mode) }))
    case .function(let parameters, let result):
      let parts = parameters.map { type($0, mode) }
      return types.arena.add(.function(parts, type(result, mode)))
    case .record(let fields): return type(record: fields, mode)
    case .named(let name, let arguments):
      return named(name, arguments.map { type($0, mode) })
    }
  }

  /// A written record type.
  mutating func type(record fields: [FieldType], _ mode: VariableMode = .known) -> TypeRef {
    var out: [TypeField] = []
    var names = NameSet()
    for field in fields {
      if !names.insert(field.name.text) {
        reportRepeatedField(field.name)
        continue
      }
      out.append(TypeField(name: field.name.text, type: type(field.type, mode)))
    }
    return types.arena.add(.record(out.sorted { $0.name < $1.name }, rest: nil))
  }

  private mutating func variable(_ name: Identifier, _ mode: VariableMode) -> TypeRef {
    if let known = typeVariables[name.text] { return known }
    let made: TypeRef
    switch mode {
    case .known:
      report(
        Diagnostic(
          "FG0223", "The type variable \(name.text) is not a parameter of this type",
          at: name.range, "not declared",
          hint: typeInLowerCase(name.text).map { "perhaps you mean the type \($0)" }
            ?? "declare it after the type's name: <\(name.text)>"))
      made = types.error()
    case .rigid: made = types.arena.add(.rigid(name: name.text))
    case .flexible: made = types.arena.variable()
    case .generic: made = types.arena.add(.generic(Int32(typeVariables.count)))
    }
    typeVariables[name.text] = made
    return made
  }

  private mutating func named(_ name: QualifiedName, _ arguments: [TypeRef]) -> TypeRef {
    let found = findType(name, in: current)
    guard let id = found.first else {
      reportUnknown(name, .type)
      return types.error()
    }
    guard found.count == 1 else {
      reportAmbiguous(name, found.map { types.constructors[Int($0.index)].name.description })
      return types.error()
    }
    resolveAlias(id)
    let constructor = types.constructors[Int(id.index)]
    guard arguments.count == constructor.arity else {
      let isFirst = saidOnce[current, default: []].insert("arity \(name.text)").inserted
      if isFirst {
        report(
          Diagnostic(
            "FG0221", "The type \(name.text) takes \(countOf(constructor.arity, "argument"))",
            at: name.range, "given \(arguments.count)",
            hint: constructor.arity == 0
              ? "write \(name.text) alone"
              : "write \(name.text)<"
                + Array(repeating: "…", count: constructor.arity).joined(separator: ", ") + ">"))
      }
      return types.error()
    }
    switch constructor.kind {
    case .alias(let target): return types.instantiate(target, arguments)
    // Only a constructor's field is an output; elsewhere it reads as what it will be.
    case .primitive where id == BuiltinType.output.id: return arguments[0]
    case .primitive, .sum, .record, .shape, .pending:
      return types.arena.add(.named(id, arguments))
    }
  }

  /// Reports a field that stands twice in one record.
  ///
  /// - Parameter all: The names of the record, in order.
  mutating func reportRepeatedField(_ name: Identifier, in all: [Identifier] = []) {
    let first = all.first { $0.text == name.text && $0.range != name.range }
    report(
      Diagnostic(
        "FG0208", "The field \(name.text) stands twice in this record",
        at: name.range, "again here",
        also: first.map { [DiagnosticLabel($0.range, "first given here", isPrimary: false)] } ?? [],
        hint: "remove one of the two"))
  }
}

/// A number with its noun: `1 argument`, `2 arguments`.
func countOf(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
