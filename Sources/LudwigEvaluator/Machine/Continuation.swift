internal import LudwigTypes
internal import Text

/// What to do with the value that is being computed. The machine's stack is a list of these; what
/// is large lies on stacks of its own.
enum Continuation: Sendable {
  /// Keep the value in a cell.
  case keep(Ref, SourceRange?)
  /// Apply it to the topmost arguments.
  case apply(count: Int32, SourceRange?, CoreID?)
  /// Take a field of it.
  case field(FieldUse, CoreID)
  /// Take what the constructor holds.
  case payload(ConstructorID, CoreID)
  /// Change it, one change after the other.
  case change([Change])
  /// Go on matching a branch, now that a part that its pattern looks at is forced.
  case match(CoreID, branch: Int32, subject: Ref, FrameRef, SourceRange?)
  /// Choose a branch.
  case condition(then: CoreID, otherwise: CoreID, FrameRef, SourceRange?, CoreID)
  /// It is the list of a comprehension.
  case iterate(function: Ref, CoreID, SourceRange?)
  /// It is what the topmost comprehension's function gave for one element.
  case collect
  /// It is the first operand.
  case operand(CorePrimitive, second: CoreID, FrameRef, SourceRange?, CoreID)
  /// It is the second operand.
  case operate(CorePrimitive, first: RuntimeValue, CoreID)
  /// It is the only operand.
  case operateAlone(CorePrimitive, CoreID)
  /// It must be a truth value, and is the result.
  case truth(CoreID)
  /// Go on with the topmost comparison.
  case compare
  /// Go on forcing the arguments of the topmost built-in function.
  case builtin
  /// It is what a library function's function gave for an element.
  indirect case walk(Walk)
  /// It is the message of an error.
  case message(CoreID, SourceRange?)
  /// Forget it and evaluate another expression.
  case then(CoreID, FrameRef, SourceRange?)
  /// It is what a recorded planner looks at.
  indirect case look(LookedPart)
  /// Add outputs to it.
  indirect case addOutputs(ResourceIdentity, [String])
}

/// A comprehension in progress.
struct Collection: Sendable {
  /// The function that gives a list for each element.
  let function: Ref
  /// The list.
  let pieces: [ListPiece]
  /// The piece that is gone through.
  var piece = 0
  /// The next element of it.
  var element = 0
  /// Elements gathered since the last piece that is known only later.
  var gathered: [Ref] = []
  /// What was gathered before.
  var before: [ListPiece] = []
  /// The node, for messages.
  let node: CoreID
  /// The user's place.
  let site: SourceRange?
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
  let isNegated: Bool
  /// The node, for messages.
  let node: CoreID
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
  /// Which one.
  let builtin: Int32
  /// Its arguments.
  let arguments: [Ref]
  /// Arguments, and parts of them, that must be forced first, last first; with the levels of
  /// parts to force below.
  var pending: [(ref: Ref, levels: Int)]
  /// How many levels below the one being forced are wanted.
  var levels: Int
  /// The node, for messages.
  let node: CoreID
  /// The user's place.
  let site: SourceRange?
}
