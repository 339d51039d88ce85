package import Canon
package import ModelChecker

/// Paxos Commit with two resource managers, three acceptors and ballots 0 and 1: each manager's
/// vote is decided by an instance of Paxos.
///
/// Where a step has several witnesses (two majorities that both have answered, say), each counts as
/// an action of its own, as TLC counts them.
///
/// Source: J. Gray, L. Lamport, "Consensus on transaction commit", ACM TODS 31 (2006), as specified
/// in the TLA+ examples collection, `PaxosCommit`.
package struct PaxosCommit: TransitionSystem {
  /// Makes a system.
  package init() {}

  /// How a resource manager stands.
  package enum Standing: UInt8, Hashable, Sendable {
    case working
    case prepared
    case committed
    case aborted
  }

  /// A moment.
  package struct State: Hashable, Sendable {
    var managers: [Standing] = [.working, .working]
    /// Per instance and acceptor whether it has joined ballot 1, a bit each.
    var joined: UInt8 = 0
    /// Per instance and acceptor three bits: what it has accepted last.
    var accepted: UInt32 = 0
    /// All messages ever sent, a bit each.
    var sent: UInt64 = 0
  }

  /// A value that a manager's instance may decide.
  package enum Vote: UInt8, Hashable, Sendable, CaseIterable {
    case prepared
    case aborted
  }

  /// What happens; `witness` tells actions of equal effect apart.
  package enum Action: Hashable, Sendable {
    case prepares(Int)
    case choosesAbort(Int)
    case hearsCommit(Int)
    case hearsAbort(Int)
    case leaderAsks(Int)
    case leaderProposes(Int, Vote, witness: Int)
    case decides(Vote, witness: Int)
    case acceptorJoins(Int, Int)
    case acceptorAccepts(Int, Int, ballot: Int, Vote)
  }

  /// Nothing has been said.
  package var initialStates: [State] { [State()] }

  /// Majorities of three acceptors, a bit each.
  private static let majorities: [[Int]] = [[0, 1], [0, 2], [1, 2]]

  /// All that may happen.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    for manager in 0..<2 {
      if state.managers[manager] == .working {
        out += [.prepares(manager), .choosesAbort(manager)]
      }
      if state.has(.commit) { out.append(.hearsCommit(manager)) }
      if state.has(.abort) { out.append(.hearsAbort(manager)) }
      out.append(.leaderAsks(manager))
      out += proposals(for: manager, in: state)
    }
    out += decisions(in: state)
    for acceptor in 0..<3 {
      for manager in 0..<2 {
        let slot = manager * 3 + acceptor
        let hasJoined = state.joined >> UInt8(slot) & 1 == 1
        if state.has(.phase1a(manager)), !hasJoined {
          out.append(.acceptorJoins(manager, acceptor))
        }
        for ballot in 0..<2 where ballot == 1 || !hasJoined {
          for vote in Vote.allCases where state.has(.phase2a(manager, ballot, vote)) {
            out.append(.acceptorAccepts(manager, acceptor, ballot: ballot, vote))
          }
        }
      }
    }
    return out
  }

  private func proposals(for manager: Int, in state: State) -> [Action] {
    if Vote.allCases.contains(where: { state.has(.phase2a(manager, 1, $0)) }) { return [] }
    var out: [Action] = []
    for (witness, majority) in Self.majorities.enumerated() {
      let answers = majority.compactMap { acceptor in
        (0..<3).first { state.has(.phase1b(manager, acceptor, accepted: $0)) }
      }
      guard answers.count == majority.count else { continue }
      // What was accepted in ballot 0 is the same for all who accepted anything.
      let vote: Vote = answers.max() == 1 ? .prepared : .aborted
      out.append(.leaderProposes(manager, vote, witness: witness))
    }
    return out
  }

  private func decisions(in state: State) -> [Action] {
    let witnesses: (Int, Vote) -> Int = { manager, vote in
      (0..<2).reduce(0) { sum, ballot in
        sum
          + Self.majorities.count { majority in
            majority.allSatisfy { state.has(.phase2b(manager, $0, ballot, vote)) }
          }
      }
    }
    let commits = witnesses(0, .prepared) * witnesses(1, .prepared)
    let aborts = witnesses(0, .aborted) + witnesses(1, .aborted)
    return (0..<commits).map { .decides(.prepared, witness: $0) }
      + (0..<aborts).map { .decides(.aborted, witness: $0) }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .prepares(let manager):
      next.managers[manager] = .prepared
      next.send(.phase2a(manager, 0, .prepared))
    case .choosesAbort(let manager):
      next.managers[manager] = .aborted
      next.send(.phase2a(manager, 0, .aborted))
    case .hearsCommit(let manager): next.managers[manager] = .committed
    case .hearsAbort(let manager): next.managers[manager] = .aborted
    case .leaderAsks(let manager): next.send(.phase1a(manager))
    case .leaderProposes(let manager, let vote, _): next.send(.phase2a(manager, 1, vote))
    case .decides(let vote, _): next.send(vote == .prepared ? .commit : .abort)
    case .acceptorJoins(let manager, let acceptor):
      let slot = manager * 3 + acceptor
      next.joined |= 1 << UInt8(slot)
      next.send(
        .phase1b(manager, acceptor, accepted: Int(state.accepted >> UInt32(3 * slot) & 7)))
    case .acceptorAccepts(let manager, let acceptor, let ballot, let vote):
      let slot = manager * 3 + acceptor
      if ballot == 1 { next.joined |= 1 << UInt8(slot) }
      next.accepted &= ~(7 << UInt32(3 * slot))
      next.accepted |= UInt32(1 + ballot * 2 + Int(vote.rawValue)) << UInt32(3 * slot)
      next.send(.phase2b(manager, acceptor, ballot, vote))
    }
    return next
  }

  /// Managers agree, and both ends can come.
  package var properties: [Property<State>] {
    [
      Property(.always, "no two managers decide differently") {
        !($0.managers.contains(.committed) && $0.managers.contains(.aborted))
      },
      Property(.sometimes, "all can commit") { $0.managers == [.committed, .committed] },
      Property(.sometimes, "all can abort") { $0.managers == [.aborted, .aborted] },
    ]
  }
}

/// A message, which is never lost and can be received again.
private enum PaxosCommitMessage {
  case phase1a(Int)
  /// What the acceptor had accepted: 0 nothing, 1 prepared, 2 aborted, both in ballot 0.
  case phase1b(Int, Int, accepted: Int)
  case phase2a(Int, Int, PaxosCommit.Vote)
  case phase2b(Int, Int, Int, PaxosCommit.Vote)
  case commit
  case abort

  /// Its bit among all that can be sent.
  var bit: UInt64 {
    let place =
      switch self {
      case .phase1a(let manager): manager
      case .phase1b(let manager, let acceptor, let accepted):
        2 + (manager * 3 + acceptor) * 3 + accepted
      case .phase2a(let manager, let ballot, let vote):
        20 + (manager * 2 + ballot) * 2 + Int(vote.rawValue)
      case .phase2b(let manager, let acceptor, let ballot, let vote):
        28 + ((manager * 3 + acceptor) * 2 + ballot) * 2 + Int(vote.rawValue)
      case .commit: 52
      case .abort: 53
      }
    return 1 << UInt64(place)
  }
}

extension PaxosCommit.State {
  fileprivate func has(_ message: PaxosCommitMessage) -> Bool { sent & message.bit != 0 }

  fileprivate mutating func send(_ message: PaxosCommitMessage) { sent |= message.bit }
}

extension PaxosCommit.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.tag(managers[0].rawValue << 2 | managers[1].rawValue)
    encoder.tag(joined)
    encoder.write(unsigned: UInt64(accepted))
    encoder.write(unsigned: sent)
  }
}

extension PaxosCommit.State: CustomStringConvertible {
  package var description: String {
    let slots = (0..<6).map { accepted >> UInt32(3 * $0) & 7 }
    return
      "managers \(managers[0]) and \(managers[1]); acceptors joined \(joined), accepted \(slots)"
  }
}

extension PaxosCommit.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] {
    [
      "manager prepares", "manager chooses to abort", "manager hears commit",
      "manager hears abort", "leader asks", "leader proposes", "leader decides",
      "acceptor joins", "acceptor accepts",
    ]
  }

  package var kind: Int {
    switch self {
    case .prepares: 0
    case .choosesAbort: 1
    case .hearsCommit: 2
    case .hearsAbort: 3
    case .leaderAsks: 4
    case .leaderProposes: 5
    case .decides: 6
    case .acceptorJoins: 7
    case .acceptorAccepts: 8
    }
  }

  package var description: String {
    switch self {
    case .prepares(let manager), .choosesAbort(let manager), .hearsCommit(let manager),
      .hearsAbort(let manager), .leaderAsks(let manager):
      "\(Self.kinds[kind]), manager \(manager)"
    case .leaderProposes(let manager, let vote, _): "leader proposes \(vote) for \(manager)"
    case .decides(let vote, _): "leader decides: \(vote)"
    case .acceptorJoins(let manager, let acceptor):
      "acceptor \(acceptor) joins ballot 1 for manager \(manager)"
    case .acceptorAccepts(let manager, let acceptor, let ballot, let vote):
      "acceptor \(acceptor) accepts \(vote) for manager \(manager) in ballot \(ballot)"
    }
  }
}
