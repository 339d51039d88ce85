public import Canon

/// Anything that moves from state to state by actions, small enough to be tried out completely.
///
/// A system is deterministic: the same state always offers the same actions in the same order, and
/// an action always leads to the same state. Choices of the outside world are actions. A system
/// that is `Sendable` is searched on all cores.
@usableFromInline package protocol TransitionSystem<State, Action>: SendableMetatype {
  /// What a moment is. Two states with equal canonical bytes are one.
  associatedtype State: CanonicalEncodable & Sendable
  /// What leads from one moment to the next.
  associatedtype Action: ModelAction

  /// Where the system may begin.
  var initialStates: [State] { get }
  /// What may happen in a state.
  func actions(in state: State) -> [Action]
  /// Where an action leads; nil where it cannot happen after all.
  func next(_ state: State, _ action: Action) -> State?
  /// What is claimed of all states, of all ends or of all ways.
  var properties: [Property<State>] { get }
  /// What cannot be put off for ever; only claims on whole ways ask. None, unless said otherwise.
  var fairness: [Fairness<State, Action>] { get }
  /// Whether the system may stop for ever though something can happen, as long as `fairness` lets
  /// it: what TLA+ takes for granted. Only claims on whole ways ask. No, unless said otherwise.
  var mayStop: Bool { get }
  /// Whether a state is looked at further. One that is not counts as generated, and that is all:
  /// it bounds systems without end. Every state, unless said otherwise.
  func isInScope(_ state: State) -> Bool
  /// A state for people, in a trace.
  func describe(_ state: State) -> String
  /// An action for people, in a trace.
  func describe(_ action: Action, in state: State) -> String

  /// Looks, in so many states, whether the system keeps what a search relies on.
  ///
  /// - Returns: the first breach, for people; nil if there is none.
  func breach(states limit: Int) -> String?

  // What follows is for wrappers of this module; a system has no need to say it. Being
  // requirements, the defaults are compiled for each system, in its own module.

  /// The state that stands for this one: itself, unless symmetry is used.
  func representative(of state: State) -> State
  /// Where symmetry is used: the state with names exchanged, in ways enough to find out claims that
  /// tell names apart.
  func renamings(of state: State) -> [State]
  /// Some of the actions that are enough to look at; nil for all of them.
  func selection(of actions: [Action], in state: State) -> [Action]?
  /// What is left out, so that claims which do not bear it are refused.
  var reduction: Reduction { get }
  /// Why it cannot be searched at all; nil if it can.
  var refusal: String? { get }
  /// Takes every action in every state of a block.
  func expand(_ block: inout Block<State>)
  /// Looks at those successors in a block that are new.
  func gather(_ block: inout Block<State>)
}

/// What a search leaves out by reasoning.
@usableFromInline package enum Reduction: String, Hashable, Sendable {
  /// Nothing.
  case none
  /// States that are others with names exchanged.
  case symmetry
  /// Orders of actions that make no difference.
  case partialOrder
}

extension TransitionSystem {
  /// Nothing is claimed.
  @inlinable package var properties: [Property<State>] { [] }
  /// Anything may be put off for ever, as long as something happens.
  @inlinable package var fairness: [Fairness<State, Action>] { [] }
  /// Something happens as long as something can.
  @inlinable package var mayStop: Bool { false }
  /// Every state.
  @inlinable package func isInScope(_ state: State) -> Bool { true }
  /// The state itself.
  @inlinable package func representative(of state: State) -> State { state }
  /// None.
  @inlinable package func renamings(of state: State) -> [State] { [] }
  /// All actions.
  @inlinable package func selection(of actions: [Action], in state: State) -> [Action]? { nil }
  /// Nothing is left out.
  @inlinable package var reduction: Reduction { .none }
  /// It can be searched.
  @inlinable package var refusal: String? { nil }
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
@usableFromInline package protocol ModelAction {
  /// The names of all kinds. One that is never taken is named in the report, since a model in
  /// which something cannot happen proves nothing about it.
  static var kinds: [String] { get }
  /// The index of this action's kind.
  var kind: Int { get }
}
