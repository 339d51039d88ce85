package import Canon
package import ModelChecker

/// Two-phase commit: some resource managers and one transaction manager, who talk by messages that
/// are never lost and may be received again and again.
///
/// Every published count of its states is a test of the checker: 288 distinct states with 3
/// managers, 8,832 with 5.
///
/// Source: J. Gray, L. Lamport, "Consensus on transaction commit", ACM TODS 31 (2006), the
/// specification `TwoPhase`.
package struct TwoPhase: TransitionSystem {
  /// How many resource managers there are, 1–16.
  package let managers: Int
  /// Whether the transaction manager may commit before everybody is prepared: a planted mistake
  /// that shows that the claim can fail.
  package let isHasty: Bool
  /// Whether something is claimed of the ends, too; that takes keeping every step in memory.
  package let claimsEnds: Bool

  /// Makes a system.
  package init(managers: Int, isHasty: Bool = false, claimsEnds: Bool = true) {
    precondition((1...16).contains(managers), "a state has room for 16 managers")
    self.managers = managers
    self.isHasty = isHasty
    self.claimsEnds = claimsEnds
  }

  /// A moment: for each set of managers one bit a manager.
  package struct State: Hashable, Sendable {
    /// Managers that are still at work.
    var working: UInt16
    /// Managers that are prepared and wait.
    var prepared: UInt16 = 0
    /// Managers that have committed.
    var committed: UInt16 = 0
    /// Managers that have aborted.
    var aborted: UInt16 = 0
    /// Managers whose message "prepared" has been sent.
    var sent: UInt16 = 0
    /// Managers whose message the transaction manager has received.
    var received: UInt16 = 0
    /// What the transaction manager has decided and sent to all; nil before that.
    var decision: Decision?
  }

  /// What the transaction manager decides.
  package enum Decision: UInt8, Hashable, Sendable {
    case commit
    case abort
  }

  /// What happens; the number is a resource manager's.
  package enum Action: Hashable, Sendable {
    case transactionManagerCommits
    case transactionManagerAborts
    case transactionManagerReceives(Int)
    case managerPrepares(Int)
    case managerAborts(Int)
    case managerReceivesCommit(Int)
    case managerReceivesAbort(Int)
  }

  /// Everybody is at work, and nothing has been said.
  package var initialStates: [State] {
    [State(working: all)]
  }

  /// Every message may be received, every manager may act.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    if state.decision == nil {
      if isHasty || state.received == all { out.append(.transactionManagerCommits) }
      out.append(.transactionManagerAborts)
    }
    for manager in 0..<managers {
      let bit = UInt16(1) << UInt16(manager)
      if state.decision == nil, state.sent & bit != 0 {
        out.append(.transactionManagerReceives(manager))
      }
      if state.working & bit != 0 {
        out.append(.managerPrepares(manager))
        out.append(.managerAborts(manager))
      }
      switch state.decision {
      case .commit: out.append(.managerReceivesCommit(manager))
      case .abort: out.append(.managerReceivesAbort(manager))
      case nil: break
      }
    }
    return out
  }

  /// What an action makes of a state.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .transactionManagerCommits: next.decision = .commit
    case .transactionManagerAborts: next.decision = .abort
    case .transactionManagerReceives(let manager): next.received |= 1 << UInt16(manager)
    case .managerPrepares(let manager):
      let bit = UInt16(1) << UInt16(manager)
      next.release(bit)
      next.prepared |= bit
      next.sent |= bit
    case .managerReceivesCommit(let manager):
      next.release(1 << UInt16(manager))
      next.committed |= 1 << UInt16(manager)
    case .managerAborts(let manager), .managerReceivesAbort(let manager):
      next.release(1 << UInt16(manager))
      next.aborted |= 1 << UInt16(manager)
    }
    return next
  }

  /// Nobody decides differently from another, and everybody can come to an end.
  package var properties: [Property<State>] {
    let all = self.all
    let ends: [Property<State>] = [
      Property(.inTheEnd, "in the end all have decided alike") {
        $0.committed == all || $0.aborted == all
      }
    ]
    let states: [Property<State>] = [
      Property(.always, "no two managers decide differently") {
        $0.committed == 0 || $0.aborted == 0
      },
      Property(.sometimes, "all can commit") { $0.committed == all },
      Property(.sometimes, "all can abort") { $0.aborted == all },
    ]
    return claimsEnds ? states + ends : states
  }

  private var all: UInt16 { UInt16(truncatingIfNeeded: (1 << managers) - 1) }
}

extension TwoPhase.State {
  fileprivate mutating func release(_ bit: UInt16) {
    working &= ~bit
    prepared &= ~bit
    committed &= ~bit
    aborted &= ~bit
  }
}

extension TwoPhase.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(unsigned: UInt64(working))
    encoder.write(unsigned: UInt64(prepared))
    encoder.write(unsigned: UInt64(committed))
    encoder.write(unsigned: UInt64(aborted))
    encoder.write(unsigned: UInt64(sent))
    encoder.write(unsigned: UInt64(received))
    encoder.tag(decision.map { $0.rawValue + 1 } ?? 0)
  }
}

extension TwoPhase.State: CustomStringConvertible {
  package var description: String {
    let sets = [
      ("working", working), ("prepared", prepared), ("committed", committed),
      ("aborted", aborted), ("heard of", received),
    ]
    let texts = sets.filter { $0.1 != 0 }.map { name, set in
      "\(name) \((0..<16).filter { set >> $0 & 1 == 1 })"
    }
    return (texts + [decision.map { "decision: \($0)" } ?? "no decision"])
      .joined(separator: ", ")
  }
}

extension TwoPhase.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] {
    [
      "transaction manager commits", "transaction manager aborts",
      "transaction manager receives", "manager prepares", "manager aborts",
      "manager receives commit", "manager receives abort",
    ]
  }

  package var kind: Int {
    switch self {
    case .transactionManagerCommits: 0
    case .transactionManagerAborts: 1
    case .transactionManagerReceives: 2
    case .managerPrepares: 3
    case .managerAborts: 4
    case .managerReceivesCommit: 5
    case .managerReceivesAbort: 6
    }
  }

  package var description: String {
    switch self {
    case .transactionManagerCommits, .transactionManagerAborts: Self.kinds[kind]
    case .transactionManagerReceives(let manager), .managerPrepares(let manager),
      .managerAborts(let manager), .managerReceivesCommit(let manager),
      .managerReceivesAbort(let manager):
      "\(Self.kinds[kind]): \(manager)"
    }
  }
}
