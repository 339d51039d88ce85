import Canon
package import ModelChecker

/// Single-decree Paxos as a register: three servers, and clients that each write a value of their
/// own to one server and then read from the next. What they see must be linearizable.
///
/// Messages arrive in any order, each once, and a message that would do nothing does not arrive.
/// The clients' history is part of the state.
///
/// Source: L. Lamport, "The part-time parliament", ACM TOCS 16 (1998); stateright, the example
/// `paxos`.
package struct PaxosRegister: TransitionSystem {
  /// How many clients there are, 1–4.
  package let clients: Int
  /// Whether a leader forgets what it was told had been accepted: a planted mistake.
  package let isForgetful: Bool

  /// Servers.
  static let servers = 3
  /// A majority of them.
  static let majority = 2

  /// Makes a system.
  package init(clients: Int, isForgetful: Bool = false) {
    precondition((1...4).contains(clients), "a history has room for 4 clients")
    self.clients = clients
    self.isForgetful = isForgetful
  }

  /// A server. A ballot is its round and the leader's number, four bits each.
  struct Server: Hashable, Sendable {
    var ballot: UInt8 = 0
    /// One more than the number of the client whose value it proposes; 0 for none.
    var proposal: UInt8 = 0
    /// Who has answered its `prepare`, a bit each.
    var prepared: UInt8 = 0
    /// What each of these had accepted.
    var reported: [Accepted] = []
    /// Who has accepted its proposal, a bit each.
    var acceptedBy: UInt8 = 0
    var accepted = Accepted()
    var isDecided = false
  }

  /// A proposal that was accepted, and in which ballot; all zero for none.
  struct Accepted: Hashable, Sendable, Comparable {
    var ballot: UInt8 = 0
    var proposal: UInt8 = 0

    static func < (a: Self, b: Self) -> Bool { (a.ballot, a.proposal) < (b.ballot, b.proposal) }
  }

  /// A moment.
  package struct State: Hashable, Sendable {
    var servers: [Server]
    /// Messages on their way, in order of their codes.
    var network: [Message]
    var history: RegisterHistory
  }

  /// A message on its way. Clients are numbered behind the servers.
  package struct Message: Hashable, Sendable {
    /// What it says.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
      case put
      case get
      case putDone
      case value
      case prepare
      case prepared
      case accept
      case accepted
      case decided
    }
    let kind: Kind
    let from: UInt8
    let to: UInt8
    var ballot: UInt8 = 0
    /// One more than the number of the client whose value it is about; 0 for none.
    var proposal: UInt8 = 0
    var report = Accepted()
  }

  /// A message arrives.
  package struct Action: Hashable, Sendable {
    let message: Message
  }

  /// All clients have sent what they write.
  package var initialStates: [State] {
    let puts = (0..<clients).map { client in
      Message(
        kind: .put, from: UInt8(Self.servers + client), to: UInt8(client % Self.servers),
        proposal: UInt8(client + 1))
    }
    return [
      State(
        servers: Array(repeating: Server(), count: Self.servers),
        network: puts.sorted { $0.code < $1.code }, history: RegisterHistory(clients: clients))
    ]
  }

  /// Any message may arrive; of equal ones, one.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    for message in state.network where out.last?.message != message {
      out.append(Action(message: message))
    }
    return out
  }

  /// Where it leads; nil where the receiver takes no notice.
  package func next(_ state: State, _ action: Action) -> State? {
    let message = action.message
    var next = state
    let isTaken =
      Int(message.to) < Self.servers
      ? serve(message, &next) : hear(message, &next)
    guard isTaken else { return nil }
    if let place = next.network.firstIndex(of: message) { next.network.remove(at: place) }
    return next
  }

  private func hear(_ message: Message, _ state: inout State) -> Bool {
    let client = Int(message.to) - Self.servers
    let completed = state.history.completed[client]
    if message.kind == .putDone, completed == 0 {
      state.history.finishWrite(of: client)
      state.send(
        Message(
          kind: .get, from: message.to, to: UInt8((Int(message.to) + 1) % Self.servers)))
      return true
    }
    if message.kind == .value, completed == 1 {
      state.history.finishRead(of: client, value: message.proposal)
      return true
    }
    return false
  }

  private func serve(_ message: Message, _ state: inout State) -> Bool {
    let me = Int(message.to)
    var server = state.servers[me]
    defer { state.servers[me] = server }
    if server.isDecided {
      guard message.kind == .get else { return false }
      state.send(
        Message(
          kind: .value, from: message.to, to: message.from, proposal: server.accepted.proposal))
      return true
    }
    switch message.kind {
    case .put: return propose(message, &server, &state)
    case .prepare:
      guard server.ballot < message.ballot else { return false }
      server.ballot = message.ballot
      state.send(
        Message(
          kind: .prepared, from: message.to, to: message.from, ballot: message.ballot,
          report: server.accepted))
    case .prepared: return takeReport(message, &server, &state)
    case .accept:
      guard server.ballot <= message.ballot else { return false }
      server.ballot = message.ballot
      server.accepted = Accepted(ballot: message.ballot, proposal: message.proposal)
      state.send(
        Message(
          kind: .accepted, from: message.to, to: message.from, ballot: message.ballot))
    case .accepted: return count(message, &server, &state)
    case .decided:
      server.ballot = message.ballot
      server.accepted = Accepted(ballot: message.ballot, proposal: message.proposal)
      server.isDecided = true
    case .get, .putDone, .value: return false
    }
    return true
  }

  private func propose(_ message: Message, _ server: inout Server, _ state: inout State) -> Bool {
    guard server.proposal == 0 else { return false }
    server.proposal = message.proposal
    server.ballot = (server.ballot >> 4 + 1) << 4 | message.to
    server.reported = Array(repeating: Accepted(), count: Self.servers)
    server.reported[Int(message.to)] = server.accepted
    server.prepared = 1 << message.to
    server.acceptedBy = 0
    state.broadcast(Message(kind: .prepare, from: message.to, to: 0, ballot: server.ballot))
    return true
  }

  private func takeReport(
    _ message: Message, _ server: inout Server, _ state: inout State
  ) -> Bool {
    guard message.ballot == server.ballot else { return false }
    server.prepared |= 1 << message.from
    server.reported[Int(message.from)] = message.report
    guard server.prepared.nonzeroBitCount == Self.majority else { return true }
    if let latest = server.reported.max(), latest.proposal != 0, !isForgetful {
      server.proposal = latest.proposal
    }
    server.accepted = Accepted(ballot: message.ballot, proposal: server.proposal)
    server.acceptedBy |= 1 << message.to
    state.broadcast(
      Message(
        kind: .accept, from: message.to, to: 0, ballot: message.ballot,
        proposal: server.proposal))
    return true
  }

  private func count(_ message: Message, _ server: inout Server, _ state: inout State) -> Bool {
    guard message.ballot == server.ballot else { return false }
    server.acceptedBy |= 1 << message.from
    guard server.acceptedBy.nonzeroBitCount == Self.majority else { return true }
    server.isDecided = true
    state.broadcast(
      Message(
        kind: .decided, from: message.to, to: 0, ballot: message.ballot,
        proposal: server.proposal))
    state.send(
      Message(
        kind: .putDone, from: message.to,
        to: UInt8(Self.servers) + server.proposal - 1))
    return true
  }

  /// What clients see is one register.
  package var properties: [Property<State>] {
    [
      Property(.always, "the history is linearizable") { $0.history.isLinearizable },
      Property(.sometimes, "a written value can be read") { state in
        state.network.contains { $0.kind == .value && $0.proposal != 0 }
      },
    ]
  }
}
