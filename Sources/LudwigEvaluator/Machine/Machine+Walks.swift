internal import Diagnostics
internal import LudwigTypes
internal import Text

/// A library function that goes through a list from its first element, applying a function to one
/// element after the other.
struct Walk: Sendable {
  /// What is made of the results.
  enum Kind: Sendable {
    /// Each result goes into the next application, and the last one is the walk's.
    case fold
    /// The index of the first element for which the result is true, or the list's length.
    case position
  }

  /// What is made of the results.
  let kind: Kind
  /// The function: of the result so far and an element, or of an element.
  let function: Ref
  /// Elements to come.
  var rest: ArraySlice<Ref>
  /// The result so far; for a position the element that is tried.
  var state: Ref
  /// How many elements were looked at.
  var index: Int64 = 0
  /// The library's own node, for messages.
  let node: CoreID
  /// The user's place.
  let site: SourceRange?
}

extension Machine {
  /// Applies the function to the next element, or ends the walk.
  mutating func advance(_ walk: Walk) throws(EvaluationFailure) -> Control {
    var walk = walk
    guard let element = walk.rest.popFirst() else {
      switch walk.kind {
      case .fold: return .force(walk.state)
      case .position: return .give(.int(walk.index))
      }
    }
    let before = arguments.count
    if walk.kind == .fold { arguments.append(walk.state) }
    arguments.append(element)
    let (function, site) = (walk.function, walk.site)
    stack.append(.walk(walk))
    stack.append(.apply(count: Int32(arguments.count - before), site, walk.node))
    return .force(function)
  }

  /// Goes on with what the function gave for an element.
  mutating func resumeWalk(
    _ walk: Walk, with value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    var walk = walk
    switch walk.kind {
    case .fold: walk.state = heap.add(value)
    case .position:
      guard case .bool(let truth) = value else {
        throw unexpected(value, wanted: "A truth value", walk.node, walk.site)
      }
      if truth { return .give(.int(walk.index)) }
    }
    walk.index += 1
    return try advance(walk)
  }
}
