package import Canon
package import ModelChecker

/// The alternating bit protocol: messages and acknowledgements over lines that lose them.
///
/// Source: L. Lamport, "Specifying Systems" (2002), section 14.2, as in the TLA+ examples
/// collection, `MCAlternatingBit`: 240 distinct states of 1,392 generated, depth 10.
package struct AlternatingBit: TransitionSystem {
  /// Makes a system of two values, with at most two messages and two acknowledgements under way.
  package init() {}

  /// A message under way.
  struct Message: Sendable {
    let bit: UInt8
    let value: UInt8
  }

  /// A moment.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    var messages: [Message] = []
    var acknowledgements: [UInt8] = []
    /// The sender's bit, the bit that was acknowledged last, and the receiver's.
    var bits: (sent: UInt8, acknowledged: UInt8, received: UInt8)
    var sent: UInt8
    var received: UInt8

    package func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(messages) { $1.tag($0.bit << 1 | $0.value) }
      encoder.write(acknowledgements) { $1.tag($0) }
      for byte in [bits.sent, bits.acknowledged, bits.received, sent, received] {
        encoder.tag(byte)
      }
    }

    package var description: String {
      let messages = messages.map { "\($0.value) with \($0.bit)" }.joined(separator: ", ")
      return "sent \(sent) with \(bits.sent), acknowledged \(bits.acknowledged), received"
        + " \(received) with \(bits.received); under way [\(messages)], back \(acknowledgements)"
    }
  }

  /// What happens; a number is a value, or a place in a line.
  package enum Action: ModelAction, CustomStringConvertible, Sendable {
    case sends(UInt8)
    case sendsAgain
    case receives
    case acknowledges
    case takesAcknowledgement
    case losesMessage(Int)
    case losesAcknowledgement(Int)

    /// The kinds of action, for people.
    package static let kinds = [
      "a new value is sent", "it is sent again", "a message arrives", "the last is acknowledged",
      "an acknowledgement arrives", "a message is lost", "an acknowledgement is lost",
    ]
    /// Which of `kinds` it is.
    package var kind: Int {
      switch self {
      case .sends: 0
      case .sendsAgain: 1
      case .receives: 2
      case .acknowledges: 3
      case .takesAcknowledgement: 4
      case .losesMessage: 5
      case .losesAcknowledgement: 6
      }
    }
    package var description: String {
      switch self {
      case .sends(let value): "\(value) is sent"
      case .losesMessage(let place), .losesAcknowledgement(let place):
        "\(Self.kinds[kind]), place \(place)"
      case .sendsAgain, .receives, .acknowledges, .takesAcknowledgement: Self.kinds[kind]
      }
    }
  }

  /// All bits are alike; values may be any.
  package var initialStates: [State] {
    (0..<8).map { (number: UInt8) in
      let bit = number & 1
      return State(bits: (bit, bit, bit), sent: number >> 1 & 1, received: number >> 2)
    }
  }

  /// Anything may be tried; any message under way may be lost.
  package func actions(in state: State) -> [Action] {
    [.sends(0), .sends(1), .sendsAgain, .receives, .acknowledges, .takesAcknowledgement]
      + state.messages.indices.map { .losesMessage($0) }
      + state.acknowledgements.indices.map { .losesAcknowledgement($0) }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    let isAcknowledged = state.bits.acknowledged == state.bits.sent
    switch action {
    case .sends(let value):
      guard isAcknowledged else { return nil }
      next.sent = value
      next.bits.sent = 1 - state.bits.sent
      next.messages.append(Message(bit: next.bits.sent, value: value))
    case .sendsAgain:
      if isAcknowledged { return nil }
      next.messages.append(Message(bit: state.bits.sent, value: state.sent))
    case .receives:
      guard let first = state.messages.first else { return nil }
      next.messages.removeFirst()
      next.bits.received = first.bit
      next.received = first.value
    case .acknowledges: next.acknowledgements.append(state.bits.received)
    case .takesAcknowledgement:
      guard let first = state.acknowledgements.first else { return nil }
      next.acknowledgements.removeFirst()
      next.bits.acknowledged = first
    case .losesMessage(let place): next.messages.remove(at: place)
    case .losesAcknowledgement(let place): next.acknowledgements.remove(at: place)
    }
    return next
  }

  /// At most two in each line.
  package func isInScope(_ state: State) -> Bool {
    state.messages.count <= 2 && state.acknowledgements.count <= 2
  }

  /// What is sent arrives.
  package var properties: [Property<State>] {
    [0, 1].map { (value: UInt8) in
      Property(
        "once \(value) is sent it arrives",
        whenever: { $0.sent == value && $0.bits.sent != $0.bits.acknowledged },
        leadsTo: { $0.received == value })
    }
  }

  /// Nothing but fairness keeps it going.
  package var mayStop: Bool { true }

  /// Lines lose messages again and again, but not all of them.
  package var fairness: [Fairness<State, Action>] {
    [
      Fairness(.weak, "sending again") { $1.kind == 1 },
      Fairness(.weak, "acknowledging") { $1.kind == 3 },
      Fairness(.strong, "messages arrive") { $1.kind == 2 },
      Fairness(.strong, "acknowledgements arrive") { $1.kind == 4 },
    ]
  }
}
