package import Canon

/// Anything that moves from state to state by actions, small enough to be tried out completely.
///
/// A system is deterministic: the same state always offers the same actions in the same order, and
/// an action always leads to the same state. Choices of the outside world are actions.
package protocol TransitionSystem<State, Action> {
  /// What a moment is. Two states with equal canonical bytes are one.
  associatedtype State: CanonicalEncodable
  /// What leads from one moment to the next.
  associatedtype Action: ModelAction

  /// Where the system may begin.
  var initialStates: [State] { get }
  /// What may happen in a state.
  func actions(in state: State) -> [Action]
  /// Where an action leads; nil where it cannot happen after all.
  func next(_ state: State, _ action: Action) -> State?
  /// What is claimed of all states or of all ends.
  var properties: [Property<State>] { get }
  /// A state for people, in a trace.
  func describe(_ state: State) -> String
  /// An action for people, in a trace.
  func describe(_ action: Action, in state: State) -> String
}

extension TransitionSystem where State: CustomStringConvertible {
  /// The state's own description.
  package func describe(_ state: State) -> String { state.description }
}

extension TransitionSystem where Action: CustomStringConvertible {
  /// The action's own description.
  package func describe(_ action: Action, in state: State) -> String { action.description }
}

/// An action, counted by its kind for coverage.
package protocol ModelAction {
  /// The names of all kinds. One that is never taken is named in the report, since a model in
  /// which something cannot happen proves nothing about it.
  static var kinds: [String] { get }
  /// The index of this action's kind.
  var kind: Int { get }
}

/// A claim about a system.
package struct Property<State> {
  /// How a claim is meant.
  package enum Kind: String, Hashable, Sendable {
    /// Every reachable state satisfies it.
    case always
    /// Some reachable state satisfies it: what else is proved is not proved of nothing.
    case sometimes
    /// Every state that can only lead to itself satisfies it, and from each state one of these can
    /// be reached: whatever has happened, the system can still come to a good end, and it can come
    /// to no other.
    case inTheEnd
  }

  /// For people, a sentence on what holds: `nothing is kept twice`.
  package let name: String
  /// How it is meant.
  package let kind: Kind
  /// The condition on one state.
  package let holds: (State) -> Bool

  /// Makes a claim.
  package init(_ kind: Kind, _ name: String, _ holds: @escaping (State) -> Bool) {
    self.name = name
    self.kind = kind
    self.holds = holds
  }
}
