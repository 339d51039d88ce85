package import Canon
package import ModelChecker

/// Mutual exclusion by logical clocks: whoever wants in asks all others, and enters when all have
/// answered and its request is the earliest that it knows of. Channels keep the order.
///
/// Clocks grow without end; states beyond a largest clock are out of scope.
///
/// Source: L. Lamport, "Time, clocks and the ordering of events in a distributed system", CACM 21
/// (1978), as specified in the TLA+ examples collection, `LamportMutex`.
package struct LamportMutex: TransitionSystem {
  /// How many processes there are, 2–3.
  package let count: Int
  /// The largest clock in scope, up to 11.
  package let largestClock: UInt8

  /// Makes a system.
  package init(count: Int = 3, largestClock: UInt8 = 6) {
    precondition((2...3).contains(count) && largestClock <= 11, "a state has room for no more")
    self.count = count
    self.largestClock = largestClock
  }

  /// A moment.
  package struct State: Hashable, Sendable {
    var clocks: [UInt8]
    /// Per process and other: the clock of the request that it knows of, 0 for none.
    var requests: [UInt8]
    /// Per process: who has acknowledged its request, a bit each.
    var acknowledged: [UInt8]
    /// Per sender and receiver: messages on their way, four bits each, the first in the lowest; 1
    /// is an acknowledgement, 2 a release, more a request whose clock is that less 2.
    var channels: [UInt32]
    /// Who is inside, a bit each.
    var inside: UInt8 = 0
  }

  /// What happens; numbers are those of processes.
  package enum Action: Hashable, Sendable {
    case asks(Int)
    case enters(Int)
    case leaves(Int)
    case receives(Int, from: Int, Kind)
  }

  /// What a message says.
  package enum Kind: UInt8, Hashable, Sendable {
    case request
    case acknowledgement
    case release
  }

  /// All clocks show 1, and nobody has asked.
  package var initialStates: [State] {
    [
      State(
        clocks: Array(repeating: 1, count: count),
        requests: Array(repeating: 0, count: count * count),
        acknowledged: Array(repeating: 0, count: count),
        channels: Array(repeating: 0, count: count * count))
    ]
  }

  /// All that may happen.
  package func actions(in state: State) -> [Action] {
    var out: [Action] = []
    for me in 0..<count {
      if state.requests[me * count + me] == 0 { out.append(.asks(me)) }
      if mayEnter(me, state) { out.append(.enters(me)) }
      if state.inside >> UInt8(me) & 1 == 1 { out.append(.leaves(me)) }
    }
    for me in 0..<count {
      for other in 0..<count where other != me {
        switch state.channels[other * count + me] & 15 {
        case 0: break
        case 1: out.append(.receives(me, from: other, .acknowledgement))
        case 2: out.append(.receives(me, from: other, .release))
        default: out.append(.receives(me, from: other, .request))
        }
      }
    }
    return out
  }

  private func mayEnter(_ me: Int, _ state: State) -> Bool {
    guard Int(state.acknowledged[me]) == 1 << count - 1 else { return false }
    let mine = state.requests[me * count + me]
    return (0..<count).allSatisfy { other in
      let its = state.requests[me * count + other]
      return other == me || its == 0 || (mine, me) < (its, other)
    }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    switch action {
    case .asks(let me):
      let clock = state.clocks[me]
      next.requests[me * count + me] = clock
      next.acknowledged[me] = 1 << UInt8(me)
      broadcast(UInt32(clock) + 2, from: me, &next)
    case .enters(let me): next.inside |= 1 << UInt8(me)
    case .leaves(let me):
      next.inside &= ~(1 << UInt8(me))
      next.requests[me * count + me] = 0
      next.acknowledged[me] = 0
      broadcast(2, from: me, &next)
    case .receives(let me, let other, let kind):
      let message = state.channels[other * count + me] & 15
      next.channels[other * count + me] >>= 4
      switch kind {
      case .request:
        let clock = UInt8(message - 2)
        next.requests[me * count + other] = clock
        next.clocks[me] = max(clock, state.clocks[me]) + 1
        append(1, from: me, to: other, &next)
      case .acknowledgement: next.acknowledged[me] |= 1 << UInt8(other)
      case .release: next.requests[me * count + other] = 0
      }
    }
    return next
  }

  private func broadcast(_ message: UInt32, from me: Int, _ state: inout State) {
    for other in 0..<count where other != me { append(message, from: me, to: other, &state) }
  }

  private func append(_ message: UInt32, from: Int, to: Int, _ state: inout State) {
    let used = length(state.channels[from * count + to])
    state.channels[from * count + to] |= message << UInt32(4 * used)
  }

  private func length(_ channel: UInt32) -> Int { (35 - channel.leadingZeroBitCount) / 4 }

  /// No clock has gone too far.
  package func isInScope(_ state: State) -> Bool {
    state.clocks.allSatisfy { $0 <= largestClock }
  }

  /// One at most is inside; channels stay short.
  package var properties: [Property<State>] {
    [
      Property(.always, "at most one is inside") { $0.inside & ($0.inside &- 1) == 0 },
      Property(.always, "no channel holds more than three messages") { state in
        state.channels.allSatisfy { length($0) <= 3 }
      },
      Property(.sometimes, "somebody can be inside") { $0.inside != 0 },
    ]
  }
}

extension LamportMutex.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for value in clocks { encoder.tag(value) }
    for value in requests { encoder.tag(value) }
    for value in acknowledged { encoder.tag(value) }
    for value in channels { encoder.write(unsigned: UInt64(value)) }
    encoder.tag(inside)
  }
}

extension LamportMutex.State: CustomStringConvertible {
  package var description: String {
    "clocks \(clocks), requests known \(requests), acknowledged by \(acknowledged), "
      + "inside \(inside), channels \(channels.map { String($0, radix: 16) })"
  }
}

extension LamportMutex.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] {
    [
      "asks", "enters", "leaves", "receives a request", "receives an acknowledgement",
      "receives a release",
    ]
  }

  package var kind: Int {
    switch self {
    case .asks: 0
    case .enters: 1
    case .leaves: 2
    case .receives(_, _, let kind): 3 + Int(kind.rawValue)
    }
  }

  package var description: String {
    switch self {
    case .asks(let me), .enters(let me), .leaves(let me): "process \(me) \(Self.kinds[kind])"
    case .receives(let me, let other, _): "process \(me) \(Self.kinds[kind]) from \(other)"
    }
  }
}
