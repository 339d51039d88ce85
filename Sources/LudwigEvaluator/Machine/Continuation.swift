internal import LudwigTypes
internal import Text

/// What to do with the value that is being computed. The machine's stack is a list of these.
enum Continuation: Sendable {
  /// Keep the value in a cell.
  case keep(Ref, SourceRange?)
  /// Apply it to arguments.
  case apply([Ref], SourceRange?, CoreID?)
  /// Take a field of it.
  case field(String, CoreID)
  /// Take what the constructor holds.
  case payload(ConstructorID, CoreID)
  /// Change it, one change after the other.
  case change([Change])
  /// Go on matching, now that the pattern's subject is forced.
  case match(Matching)
  /// Choose a branch.
  case condition(then: CoreID, otherwise: CoreID, FrameRef, SourceRange?, CoreID)
  /// It is the list of a comprehension.
  case iterate(function: Ref, CoreID, SourceRange?)
  /// It is what a comprehension's function gave for one element.
  case collect(Collection)
  /// It is the first operand.
  case operand(CorePrimitive, second: CoreID, FrameRef, SourceRange?, CoreID)
  /// It is the second operand.
  case operate(CorePrimitive, first: RuntimeValue, CoreID)
  /// It is the only operand.
  case operateAlone(CorePrimitive, CoreID)
  /// It must be a truth value, and is the result.
  case truth(CorePrimitive, CoreID)
  /// Go on comparing.
  case compare(Comparing)
  /// Go on forcing a built-in function's arguments.
  case builtin(PendingBuiltin)
  /// It is what a library function's function gave for an element.
  case walk(Walk)
  /// It is the message of an error.
  case message(CoreID, SourceRange?)
  /// Forget it and evaluate another expression.
  case then(CoreID, FrameRef, SourceRange?)
  /// Add outputs to it.
  case addOutputs(ResourceIdentity, [String])
}

/// Pattern matching in progress.
struct Matching: Sendable {
  /// The node, for messages.
  var node: CoreID
  /// All branches.
  var branches: [CoreBranch]
  /// The branch that is tried.
  var branch: Int
  /// What is still to be matched in it, last first.
  var pending: [(pattern: CorePattern, subject: Ref)]
  /// The value as a whole.
  var subject: Ref
  /// The frame whose slots patterns fill.
  var frame: FrameRef
  /// The user's place.
  var site: SourceRange?
}

/// A comprehension in progress.
struct Collection: Sendable {
  /// The function that gives a list for each element.
  var function: Ref
  /// Elements to come, and lists known only later.
  var rest: ArraySlice<ListPiece>
  /// What has been gathered.
  var gathered: [ListPiece]
  /// The node, for messages.
  var node: CoreID
  /// The user's place.
  var site: SourceRange?
}

/// Structural comparison in progress.
struct Comparing: Sendable {
  /// Pairs still to be compared, last first.
  var pending: [(Ref, Ref)]
  /// The left side of the pair being compared, once it is forced.
  var left: RuntimeValue?
  /// The right side of that pair.
  var right: Ref?
  /// Whether the answer is turned round.
  var isNegated: Bool
  /// The node, for messages.
  var node: CoreID
}

/// A change of a record: the way to the field, and its new value.
struct Change: Sendable {
  /// The steps still to go; the last one is a field.
  var steps: ArraySlice<CoreChange.Step>
  /// The new value.
  var value: Ref
  /// The node, for messages.
  var node: CoreID
  /// The user's place.
  var site: SourceRange?
}

/// A built-in function whose arguments are being forced.
struct PendingBuiltin: Sendable {
  /// Its name.
  var name: String
  /// Its arguments.
  var arguments: [Ref]
  /// How many of the machine's `pendingParts` were there before its own.
  var base: Int
  /// How many levels below the one being forced are wanted.
  var levels: Int
  /// The node, for messages.
  var node: CoreID
  /// The user's place.
  var site: SourceRange?
}
