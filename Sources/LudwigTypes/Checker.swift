import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

/// The checker's state while it goes from trees to a program. Its parts are extensions: loading
/// and names, declarations, groups of bindings, expressions, patterns.
struct Checker {
  /// What it asks of its surroundings.
  let inputs: CheckerInputs
  /// What it makes.
  var program: CheckedProgram
  /// Mistakes found so far.
  var diagnostics: [Diagnostic] = []
  private var reported: Set<ReportKey> = []
  /// Whether one of them is an error.
  private var hasError = false
  /// Types and their unification.
  var types = TypeSystem()
  /// Modules by name, in the order in which they were met.
  var sheets: OrderedDictionary<ModuleName, Sheet> = [:]
  /// Interfaces of virtual modules that were asked for; nil where there is none.
  var interfaces: [ModuleName: ModuleInterface?] = [:]
  /// Payload types of constructors, by identifier.
  var payloads: [ConstructorPayload?] = []
  /// Where each constructor is declared, by identifier.
  var constructorRanges: [SourceRange] = []
  /// Declared types, for their bodies.
  var pendingTypes: OrderedDictionary<TypeConstructorID, PendingType> = [:]
  /// Other names for types that are being looked into.
  var resolvingAliases: Set<TypeConstructorID> = []
  /// Types of globals of the group that is being inferred.
  var groupTypes: [GlobalName: TypeRef] = [:]
  /// The names of all operators that sheets declare.
  var operatorNames: Set<String> = []
  /// Top-level bindings, functions and operators of all modules.
  var definitions: OrderedDictionary<GlobalName, Definition> = [:]
  /// The module that is being checked.
  var current: ModuleName {
    didSet { if current != oldValue { takeTree() } }
  }
  /// The tree of the module that is being checked.
  private(set) var tree = SyntaxTree(source: SourceID(index: 0))
  /// Type variables of annotations that are in scope.
  var typeVariables: [String: TypeRef] = [:]
  /// Locals in scope, innermost last.
  var locals: [Local] = []
  /// Frames of the enclosing functions, innermost last.
  var frames: [Frame] = []
  /// What waits until a type is known.
  var waiting: [Waiting] = []
  /// Functions of the current group whose parameter types are to be noted.
  var lambdas: [(node: CoreID, parameters: [TypeRef])] = []
  /// Registered validations by module.
  var validations: [ModuleName: [CheckedValidation]] = [:]
  /// Whether it has been reported that the work for types is used up.
  var hasRunOut = false
  /// Mistakes that may stand in several places, by what makes them one.
  var repeated: OrderedDictionary<RepeatKey, RepeatedMistake> = [:]
  /// Where the name that was suggested last is bound in this sheet.
  var suggestedPlace: (name: String, range: SourceRange)?
  /// How many enclosing branches have a pattern that lacks a part, so that names may be missing.
  var damagedPatterns = 0
  /// How many patterns have been met that lack what their constructor holds.
  var patternsWithoutPayload = 0
  /// Whether a text is wanted where an expression is inferred.
  var wantsText = false
  /// What was found in place of what annotations say, in words.
  var annotationFinds: Set<String> = []
  /// For how many more unknown names a near one is looked for.
  var suggestionsLeft = 50
  /// What has been said once for a whole sheet, by module.
  var saidOnce: [ModuleName: Set<String>] = [:]
  /// The types that string literals become where they are wanted.
  let literalForms: [TypeName: CheckedLiteral] = Dictionary(
    uniqueKeysWithValues: CheckedLiteral.allCases.map { ($0.type, $0) })
  /// Arguments of functions that show them.
  var shown: [ShownArgument] = []
  /// The expression whose type is being fitted.
  var subject: ExpressionID?
  /// How many types have been found not to fit.
  var mismatches = 0
  /// Types that did not fit among the arguments of the call at hand.
  var lastMismatches: [Mismatch] = []
  /// Annotations that their value does not have, so that nobody knows which of the two is wrong.
  var failedAnnotations: Set<SourceRange> = []
  /// How many patterns were met that mean nothing, so that nothing can be said of coverage.
  var unknownPatterns = 0
  /// Nesting of the expression that is being checked.
  var depth = 0
  /// Whether a mistake of syntax has left out a part of the statement that is being checked.
  var isDamaged = false
  /// What may follow from a part that is left out.
  private static let followingCodes: Set = [
    "FG0211", "FG0214", "FG0215", "FG0217", "FG0218", "FG0220",
  ]
  /// How deep expressions may nest.
  static let depthLimit = 400

  /// A checker for one program.
  init(root: ModuleName, inputs: CheckerInputs) {
    self.inputs = inputs
    self.program = CheckedProgram(root: root)
    self.current = root
  }

  /// How many mistakes of a program are told.
  static let mistakeLimit = 1_000

  /// Whether one more mistake is told; there is at least one error where it is not.
  var hasRoom: Bool { diagnostics.count < Self.mistakeLimit || !hasError }

  /// The module that is being checked.
  var sheet: Sheet {
    guard let sheet = sheets[current] else { preconditionFailure("the current module is loaded") }
    return sheet
  }

  /// Takes the current module's tree out of its sheet, since it is looked into very often.
  mutating func takeTree() {
    // The expression that was fitted last is one of another tree.
    subject = nil
    if let sheet = sheets[current] { tree = sheet.tree }
  }

  /// Reports a mistake, unless the same kind of mistake has been reported of the same place, or it
  /// may come from a mistake of syntax in the same statement.
  ///
  /// Of very many mistakes the first are told.
  mutating func report(_ diagnostic: Diagnostic) {
    guard hasRoom else { return }
    if diagnostics.count >= Self.mistakeLimit, diagnostic.severity != .error { return }
    if isDamaged, Checker.followingCodes.contains(diagnostic.code.text) { return }
    if let place = diagnostic.labels.first?.range, isOnDamagedLine(place) { return }
    if let place = diagnostic.labels.first?.range {
      guard reported.insert(ReportKey(code: diagnostic.code, place: place)).inserted else { return }
    }
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { hasError = true }
  }

  /// Takes back all that has been reported since a mark, so that it can be said in another way.
  mutating func withdraw(since mark: Int) {
    for diagnostic in diagnostics[mark...] {
      guard let place = diagnostic.labels.first?.range else { continue }
      reported.remove(ReportKey(code: diagnostic.code, place: place))
    }
    diagnostics.removeSubrange(mark...)
    for key in repeated.keys where (repeated[key]?.index ?? 0) >= mark { repeated[key] = nil }
  }

  /// Whether a mistake of syntax stands on the line on which a range begins.
  func isOnDamagedLine(_ place: SourceRange) -> Bool {
    if tree.source == place.source { return tree.isDamaged(at: place) }
    let home = sheets.values.first { $0.tree.source == place.source }
    return home?.tree.isDamaged(at: place) == true
  }
}

/// A kind of mistake and its place.
private struct ReportKey: Hashable {
  var code: DiagnosticCode
  var place: SourceRange
}

/// What a constructor takes and what it holds.
struct ConstructorPayload {
  /// What is given at construction, over generics.
  var given: TypeRef
  /// What is held, outputs included, over generics.
  var held: TypeRef
  /// How many generics.
  var arity: Int
}

/// A top-level binding, function or operator before it is checked.
struct Definition {
  /// What its value is. Bindings are the many, so that what is larger lies apart.
  enum Kind {
    /// A binding's value.
    case binding(Binding)
    /// A function.
    indirect case function(Function)
    /// What an operator stands for.
    case expression(ExpressionID)
    /// A part of a binding whose left side is a pattern.
    indirect case part(of: GlobalName, PatternID)
  }

  /// What its value is.
  var kind: Kind
  /// Where its name stands.
  var nameRange: SourceRange
  /// Whether a mistake of syntax has left out a part of it.
  var isDamaged = false
  /// Its type, once that is known.
  var scheme: TypeScheme?
}

/// Two types that do not fit, and where.
struct Mismatch {
  /// What was wanted.
  var expected: TypeRef
  /// What stands there.
  var found: TypeRef
  /// Where.
  var range: SourceRange
}

/// A local name in scope.
struct Local {
  /// How a local is reached.
  enum Place {
    /// A slot of a frame.
    case slot(Int)
    /// A field of the record in a slot: a named parameter.
    case field(slot: Int, String)
  }

  /// Its name.
  var name: String
  /// Its type.
  var scheme: TypeScheme
  /// How many frames enclose the one it lives in.
  var frame: Int
  /// Where in that frame.
  var place: Place
  /// Where it is bound.
  var range: SourceRange
  /// What a `let` binds it to.
  var body: ExpressionID?
}

/// A function's frame while its body is checked.
struct Frame {
  /// Slots given out so far.
  var size: Int
  /// The parameters' slots, for `builtin`.
  var parameters: Int
}

/// Something that waits until a type is known.
struct Waiting {
  /// What is to be done then.
  enum Kind {
    /// Select a field.
    case field(base: CoreID, baseType: TypeRef, Identifier, result: TypeRef)
    /// Lift a value, or leave it.
    case lift(value: CoreID, actual: TypeRef, wanted: TypeRef)
  }

  /// What is to be done.
  var kind: Kind
  /// The node to replace.
  var node: CoreID
  /// Where it stands.
  var range: SourceRange
  /// The module it stands in.
  var module: ModuleName
  /// The unknown it waits for.
  var variable: TypeRef
  /// Whether it has been done.
  var isDone = false
}
