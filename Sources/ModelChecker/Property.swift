/// A claim about a system.
@usableFromInline package struct Property<State> {
  /// How a claim is meant. Claims on whole ways speak of every fair way: one that goes on for ever
  /// or ends where nothing can change any more, and keeps the system's `fairness`.
  @usableFromInline package enum Kind: String, Hashable, Sendable {
    /// Every reachable state satisfies it.
    case always
    /// Some reachable state satisfies it: what else is proved is not proved of nothing.
    case sometimes
    /// Every state that can only lead to itself satisfies it, and from each state one of these can
    /// be reached: whatever has happened, the system can still come to a good end, and it can come
    /// to no other.
    case inTheEnd
    /// Every fair way comes to a state that satisfies it.
    case eventually
    /// Every fair way comes to such states again and again.
    case alwaysEventually
    /// Every fair way comes to a state from which on all satisfy it.
    case eventuallyAlways
    /// On every fair way, each state that satisfies the premise is, or is followed by, one that
    /// satisfies the claim.
    case leadsTo

    /// Whether it speaks of whole ways, not of states.
    @inlinable package var isTemporal: Bool {
      switch self {
      case .always, .sometimes, .inTheEnd: false
      case .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo: true
      }
    }
  }

  /// For people, a sentence on what holds: `nothing is kept twice`.
  @usableFromInline package let name: String
  /// How it is meant.
  @usableFromInline package let kind: Kind
  /// The condition on one state.
  @usableFromInline package let holds: (State) -> Bool
  /// For `leadsTo`: where the claim begins.
  @usableFromInline package let premise: (State) -> Bool

  /// Makes a claim.
  @usableFromInline package init(_ kind: Kind, _ name: String, _ holds: @escaping (State) -> Bool) {
    self.name = name
    self.kind = kind
    self.holds = holds
    premise = { _ in true }
  }

  /// Makes a claim that whatever satisfies `premise` leads to what satisfies `holds`.
  @usableFromInline package init(
    _ name: String, whenever premise: @escaping (State) -> Bool,
    leadsTo holds: @escaping (State) -> Bool
  ) {
    self.name = name
    kind = .leadsTo
    self.holds = holds
    self.premise = premise
  }
}

/// Something that cannot be put off for ever: some actions, and how urgent they are.
///
/// Only actions that change the state count, as in TLA+.
@usableFromInline package struct Fairness<State, Action> {
  /// How urgent it is.
  @usableFromInline package enum Strength: String, Hashable, Sendable {
    /// If from some moment on one of the actions is always possible, one is taken again and again.
    case weak
    /// If one of the actions is possible again and again, one is taken again and again.
    case strong
  }

  /// How urgent it is.
  @usableFromInline package let strength: Strength
  /// For people, what cannot be put off; empty where nobody said.
  @usableFromInline package let name: String
  /// Whether an action in a state is one of those meant.
  @usableFromInline package let includes: (State, Action) -> Bool

  /// Makes a requirement.
  @usableFromInline package init(
    _ strength: Strength, _ name: String = "", _ includes: @escaping (State, Action) -> Bool
  ) {
    self.strength = strength
    self.name = name
    self.includes = includes
  }
}
