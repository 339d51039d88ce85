import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Gives every type, constructor, binding, function and operator of every sheet an identity.
  mutating func declare() {
    takeTree()
    let count = sheets.values.reduce(0) { $0 + $1.tree.statements.count }
    definitions.reserveCapacity(count)
    for module in sheets.keys {
      current = module
      sheets[current]?.own.values.reserveCapacity(tree.statements.count)
      for statement in tree.statements {
        isDamaged = statement.isDamaged
        declare(statement)
      }
    }
    isDamaged = false
  }

  private mutating func declare(_ statement: Statement) {
    switch statement.kind {
    case .composition, .imports, .export, .validate: break
    case .type(let declaration): declare(declaration)
    case .operatorDeclaration(let declaration): declare(declaration)
    case .function(let function):
      if let name = function.name { _ = define(name, .function(function)) }
    case .binding(let binding):
      if case .name(let name) = tree[binding.pattern] {
        _ = define(name, .binding(binding))
      } else {
        declareParts(of: binding)
      }
    }
  }

  private mutating func declare(_ declaration: OperatorDeclaration) {
    let name = declaration.name
    let key = Exports.operatorKey(name.text, isPrefix: declaration.fixity.position == .prefix)
    // An operator may have the name of the function that it stands for.
    let global = GlobalName(module: current, name: "operator \(key)")
    if sheet.own.operators[key] != nil {
      return reportTwice("operator", name, definitions[global]?.nameRange)
    }
    definitions[global] = Definition(
      kind: .expression(declaration.definition), nameRange: name.range, isDamaged: isDamaged)
    operatorNames.insert(name.text)
    sheets[current]?.own.operators[key] = OperatorReference(
      global: global, fixity: declaration.fixity)
  }

  private mutating func declareParts(of binding: Binding) {
    let range = tree.range(of: binding.pattern)
    let names = boundNames(of: binding.pattern, in: tree)
    let whole = Identifier("(\(names.map(\.text).joined(separator: ", ")))", range)
    let global = define(whole, .binding(binding))
    for name in names { _ = define(name, .part(of: global, binding.pattern)) }
  }

  private mutating func define(_ name: Identifier, _ kind: Definition.Kind) -> GlobalName {
    let global = GlobalName(module: current, name: name.text)
    if let earlier = definitions[global]?.nameRange, !isOnDamagedLine(earlier) {
      reportTwice("value", name, earlier)
      return global
    }
    sheets[current]?.own.values[name.text] = global
    definitions[global] = Definition(kind: kind, nameRange: name.range, isDamaged: isDamaged)
    return global
  }

  private mutating func declare(_ declaration: TypeDeclaration) {
    let name = declaration.name
    if let earlier = sheet.own.types[name.text] {
      let typeName = types.constructors[Int(earlier.index)].name
      return reportTwice("type", name, program.types[typeName]?.nameRange)
    }
    let id = TypeConstructorID(index: Int32(types.constructors.count))
    let full = TypeName(module: current, name: name.text)
    types.constructors.append(
      TypeConstructor(name: full, arity: declaration.parameters.count, kind: .pending))
    sheets[current]?.own.types[name.text] = id
    pendingTypes[id] = PendingType(
      module: current, declaration: declaration, isDamaged: isDamaged)
    var ids: [ConstructorID] = []
    switch declaration.body {
    case .constructors(let constructors):
      for constructor in constructors { ids.append(declare(constructor, of: full)) }
      types.constructors[Int(id.index)].kind = .sum(ids)
    case .primitive: types.constructors[Int(id.index)].kind = .primitive
    case .alias: break
    }
    program.types[full] = CheckedTypeDeclaration(constructors: ids, nameRange: name.range)
  }

  private mutating func declare(
    _ constructor: ConstructorDeclaration, of type: TypeName
  ) -> ConstructorID {
    let id = ConstructorID(index: program.constructors.count)
    let name = constructor.name
    program.constructors.append(
      CheckedConstructor(
        name: name.text, type: type, fields: [], outputs: [],
        hasPayload: constructor.payload != nil))
    payloads.append(nil)
    constructorRanges.append(name.range)
    if case .declared(let earlier)? = sheet.own.constructors[name.text] {
      reportTwice("constructor", name, constructorRanges[earlier.index])
    } else {
      sheets[current]?.own.constructors[name.text] = .declared(id)
    }
    return id
  }

  private mutating func reportTwice(_ kind: String, _ name: Identifier, _ earlier: SourceRange?) {
    var labels = [DiagnosticLabel(name.range, "defined again here")]
    if let earlier {
      labels.append(DiagnosticLabel(earlier, "first defined here", isPrimary: false))
    }
    report(
      Diagnostic(
        "FG0206", "The \(kind) \(name.text) is defined twice", labels: labels,
        hint: "rename one of the two"))
  }

  /// Resolves operator sequences in every sheet, now that fixities are known.
  mutating func resolveOperators() {
    for module in sheets.keys {
      guard let tree = sheets[module]?.tree else { continue }
      let (resolved, problems) = tree.resolvingOperators(operatorTable(of: module))
      sheets[module]?.tree = resolved
      // What a module that is not there declares nobody knows.
      let isPartial = sheets[module]?.imports.contains {
        $0.qualifier.isEmpty && isAbsent($0.module)
      }
      diagnostics += problems.filter { problem in
        (isPartial != true || problem.code != "FG0128")
          && problem.labels.first.map { isOnDamagedLine($0.range) } != true
      }
    }
    takeTree()
  }

  /// The operators in a module's scope, by the names under which they are written there.
  private mutating func operatorTable(of module: ModuleName) -> OperatorTable {
    var table = OperatorTable.standard
    guard let sheet = sheets[module] else { return table }
    for entry in sheet.imports {
      let prefix = entry.qualifier.isEmpty ? "" : entry.qualifier + "."
      let shown = exports(of: entry.module).operators
      for key in shown.keys.sorted() {
        if let found = shown[key] {
          table.declare(prefix + Exports.operatorName(key), found.fixity)
        }
      }
    }
    for key in sheet.own.operators.keys.sorted() {
      if let found = sheet.own.operators[key] {
        table.declare(Exports.operatorName(key), found.fixity)
      }
    }
    return table
  }

  /// The names that a pattern binds, in source order.
  func boundNames(of pattern: PatternID, in tree: SyntaxTree) -> [Identifier] {
    switch tree[pattern] {
    case .name(let name): [name]
    case .constructor(_, let inner): inner.map { boundNames(of: $0, in: tree) } ?? []
    case .tuple(let parts), .list(let parts): parts.flatMap { boundNames(of: $0, in: tree) }
    case .record(let fields): fields.flatMap { boundNames(of: $0.pattern, in: tree) }
    case .missing, .wildcard, .integer, .float, .string: []
    }
  }
}

/// A type declaration whose body has not been looked into.
struct PendingType {
  /// The module that declares it.
  var module: ModuleName
  /// The declaration.
  var declaration: TypeDeclaration
  /// Whether a mistake of syntax has left out a part of it.
  var isDamaged: Bool
}
