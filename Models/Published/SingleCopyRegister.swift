package import Canon
package import ModelChecker

/// Servers that each keep a value of their own, and clients that write to one and read from the
/// next. One server is a register; with two, a client can miss its own write.
///
/// Source: stateright, the example `single-copy-register`.
package struct SingleCopyRegister: TransitionSystem {
  /// How many clients there are, 1–4.
  package let clients: Int
  /// How many servers there are.
  package let servers: Int

  /// Makes a system.
  package init(clients: Int, servers: Int = 1) {
    precondition((1...4).contains(clients), "a history has room for 4 clients")
    self.clients = clients
    self.servers = servers
  }

  /// A message; who sends it and who gets it follows from the client.
  package struct Message: Hashable, Sendable {
    /// What it says.
    package enum Kind: UInt8, Hashable, Sendable {
      case put
      case get
      case putDone
      case value
    }
    let kind: Kind
    let client: UInt8
    /// For a value: 0 for none, else one more than the writer's number.
    var value: UInt8 = 0
  }

  /// A moment.
  package struct State: Hashable, Sendable {
    /// What each server holds.
    var values: [UInt8]
    /// Messages on their way, in order of their codes.
    var network: [Message]
    var history: RegisterHistory
  }

  /// A message arrives.
  package struct Action: Hashable, Sendable {
    let message: Message
  }

  /// All clients have sent what they write.
  package var initialStates: [State] {
    [
      State(
        values: Array(repeating: 0, count: servers),
        network: (0..<clients).map { Message(kind: .put, client: UInt8($0)) },
        history: RegisterHistory(clients: clients))
    ]
  }

  /// Any message may arrive.
  package func actions(in state: State) -> [Action] { state.network.map { Action(message: $0) } }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let message = action.message
    next.network.removeAll { $0 == message }
    let client = Int(message.client)
    // Clients are numbered behind the servers.
    let server = servers + client
    switch message.kind {
    case .put:
      next.values[server % servers] = message.client + 1
      next.send(Message(kind: .putDone, client: message.client))
    case .get:
      next.send(
        Message(
          kind: .value, client: message.client, value: state.values[(server + 1) % servers]))
    case .putDone:
      next.history.finishWrite(of: client)
      next.send(Message(kind: .get, client: message.client))
    case .value: next.history.finishRead(of: client, value: message.value)
    }
    return next
  }

  /// What clients see is one register.
  package var properties: [Property<State>] {
    [
      Property(.always, "the history is linearizable") { $0.history.isLinearizable },
      Property(.sometimes, "a written value can be read") { state in
        state.network.contains { $0.kind == .value && $0.value != 0 }
      },
    ]
  }
}

extension SingleCopyRegister.State {
  fileprivate mutating func send(_ message: SingleCopyRegister.Message) {
    let place = network.firstIndex { message.code < $0.code } ?? network.count
    network.insert(message, at: place)
  }
}

extension SingleCopyRegister.Message {
  fileprivate var code: UInt16 {
    UInt16(kind.rawValue) << 8 | UInt16(client) << 4 | UInt16(value)
  }
}

extension SingleCopyRegister.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for value in values { encoder.tag(value) }
    history.encode(into: &encoder)
    for message in network { encoder.write(unsigned: UInt64(message.code)) }
  }
}

extension SingleCopyRegister.State: CustomStringConvertible {
  package var description: String {
    "servers hold \(values); \(history)\n"
      + "on the way: \(network.map(\.description).joined(separator: ", "))"
  }
}

extension SingleCopyRegister.Message: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .put: "put of client \(client)"
    case .get: "get of client \(client)"
    case .putDone: "confirmation to client \(client)"
    case .value: "value \(value) to client \(client)"
    }
  }
}

extension SingleCopyRegister.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] { ["put", "get", "confirmation", "value"] }

  package var kind: Int { Int(message.kind.rawValue) }

  package var description: String { "arrives: \(message)" }
}
