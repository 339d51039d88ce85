package import Canon
package import ModelChecker

/// Who is there? Alice and Bob find out by public keys and nonces, while an intruder carries all
/// messages, reads what is for it, and makes up what it can.
///
/// Source: R. Needham, M. Schroeder, "Using encryption for authentication in large networks of
/// computers", CACM 21 (1978); G. Lowe, "Breaking and fixing the Needham-Schroeder public-key
/// protocol using FDR", TACAS 1996.
package struct NeedhamSchroeder: TransitionSystem {
  /// Whether the second message names its sender: Lowe's repair.
  package let isRepaired: Bool

  /// Makes a system.
  package init(isRepaired: Bool = false) { self.isRepaired = isRepaired }

  /// Somebody; each has a key and a nonce.
  package enum Agent: UInt8, CaseIterable, Sendable, CanonicalEncodable {
    case alice
    case bob
    case intruder

    package func encode(into encoder: inout CanonicalEncoder) { encoder.tag(rawValue) }
  }

  /// What is said, under the key of `to`; nonces are called by who made them.
  enum Message: Equatable, Sendable {
    case first(to: Agent, nonce: Agent, from: Agent)
    case second(to: Agent, nonce: Agent, answer: Agent)
    case third(to: Agent, nonce: Agent)

    var bytes: [UInt8] {
      switch self {
      case .first(let to, let nonce, let from): [0, to.rawValue, nonce.rawValue, from.rawValue]
      case .second(let to, let nonce, let answer):
        [1, to.rawValue, nonce.rawValue, answer.rawValue]
      case .third(let to, let nonce): [2, to.rawValue, nonce.rawValue, 0]
      }
    }
  }

  /// A moment.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    /// With whom Alice began.
    var partner: Agent?
    var aliceIsDone = false
    /// Who Bob thinks has begun, and with which nonce.
    var caller: Agent?
    var bobIsDone = false
    /// Whose nonces the intruder knows.
    var known: [Agent] = [.intruder]
    /// What the intruder has seen and cannot read, in order of its bytes.
    var sealed: [Message] = []

    package func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(partner)
      encoder.write(aliceIsDone)
      encoder.write(caller)
      encoder.write(bobIsDone)
      encoder.write(known)
      encoder.write(sealed) { message, encoder in
        for byte in message.bytes { encoder.tag(byte) }
      }
    }

    package var description: String {
      let alice = partner.map { "Alice \(aliceIsDone ? "has met" : "calls") \($0)" }
      let bob = caller.map { "Bob \(bobIsDone ? "has met" : "answers") \($0)" }
      return "\(alice ?? "Alice rests"), \(bob ?? "Bob rests"), nonces known to the intruder: "
        + known.map { "\($0)" }.joined(separator: ", ")
    }
  }

  /// What happens.
  package enum Action: ModelAction, CustomStringConvertible, Sendable {
    case aliceCalls(Agent)
    case bobIsCalled(by: Agent, nonce: Agent)
    case aliceIsAnswered(nonce: Agent)
    case bobIsAnswered

    /// The kinds of action, for people.
    package static let kinds = [
      "Alice calls somebody", "Bob is called", "Alice is answered", "Bob is answered",
    ]
    /// Which of `kinds` it is.
    package var kind: Int {
      switch self {
      case .aliceCalls: 0
      case .bobIsCalled: 1
      case .aliceIsAnswered: 2
      case .bobIsAnswered: 3
      }
    }
    package var description: String {
      switch self {
      case .aliceCalls(let agent): "Alice calls \(agent)"
      case .bobIsCalled(let by, let nonce):
        "Bob gets a call in the name of \(by), with the nonce of \(nonce)"
      case .aliceIsAnswered(let nonce): "Alice gets an answer with the nonce of \(nonce)"
      case .bobIsAnswered: "Bob gets his nonce back"
      }
    }
  }

  /// Nobody has said anything.
  package var initialStates: [State] { [State()] }

  /// Alice may call, and each may get what the intruder has or can make.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = [.aliceCalls(.bob), .aliceCalls(.intruder)]
    for nonce in Agent.allCases {
      out += [.bobIsCalled(by: .alice, nonce: nonce), .bobIsCalled(by: .intruder, nonce: nonce)]
      out.append(.aliceIsAnswered(nonce: nonce))
    }
    return out + [.bobIsAnswered]
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .aliceCalls(let agent):
      if state.partner != nil { return nil }
      next.partner = agent
      say(.first(to: agent, nonce: .alice, from: .alice), &next)
    case .bobIsCalled(let by, let nonce):
      guard state.caller == nil, has(.first(to: .bob, nonce: nonce, from: by), [nonce], state)
      else { return nil }
      next.caller = by
      say(.second(to: by, nonce: nonce, answer: .bob), &next)
    case .aliceIsAnswered(let nonce):
      // With the repair, what Bob answered is no answer of the intruder's.
      guard let partner = state.partner, !state.aliceIsDone else { return nil }
      let message = Message.second(to: .alice, nonce: .alice, answer: nonce)
      let isMadeUp = [.alice, nonce].allSatisfy(state.known.contains)
      let isFromPartner = !isRepaired || partner == .bob
      guard isMadeUp || state.sealed.contains(message) && isFromPartner else { return nil }
      next.aliceIsDone = true
      say(.third(to: partner, nonce: nonce), &next)
    case .bobIsAnswered:
      guard state.caller != nil, !state.bobIsDone,
        has(.third(to: .bob, nonce: .bob), [.bob], state)
      else { return nil }
      next.bobIsDone = true
    }
    return next
  }

  /// Whether the intruder has a message, or knows the nonces to make it.
  private func has(_ message: Message, _ nonces: [Agent], _ state: State) -> Bool {
    state.sealed.contains(message) || nonces.allSatisfy(state.known.contains)
  }

  /// The intruder takes a message.
  private func say(_ message: Message, _ state: inout State) {
    var learned: [Agent] = []
    switch message {
    case .first(.intruder, let nonce, _), .third(.intruder, let nonce): learned = [nonce]
    case .second(.intruder, let nonce, let answer): learned = [nonce, answer]
    case .first, .second, .third:
      if state.sealed.contains(message) { return }
      state.sealed.append(message)
      state.sealed.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }
    for nonce in learned where !state.known.contains(nonce) { state.known.append(nonce) }
    state.known.sort { $0.rawValue < $1.rawValue }
  }

  /// Bob meets Alice only if she means him; what he told her stays between them; it can succeed.
  package var properties: [Property<State>] {
    [
      Property(.always, "if Bob has met Alice, she called him") {
        !$0.bobIsDone || $0.caller != .alice || $0.partner == .bob
      },
      Property(.always, "what Alice tells Bob alone is no secret of the intruder's") {
        $0.partner != .bob || !$0.known.contains(.alice)
      },
      Property(.sometimes, "Alice and Bob can meet") {
        $0.bobIsDone && $0.aliceIsDone && $0.caller == .alice && $0.partner == .bob
      },
    ]
  }
}
