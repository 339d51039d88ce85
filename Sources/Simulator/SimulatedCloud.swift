package import Canon
package import CloudModel
import CloudSemantics
package import Determinism

/// An AWS account that behaves as AWS does: it takes time, lags, throttles, loses replies. It lives
/// in logical time, and everything that happens follows from its seed and from what it is asked.
///
/// A caller submits calls, looks for the time of the next event, and advances to it; the events
/// that come back are what it learns. Cost is that of the calls, not of the account.
package struct SimulatedCloud: Codable, Sendable {
  /// The account as it is, without lag.
  package internal(set) var account: AccountState
  /// Logical time; never goes back.
  package internal(set) var now = Instant.zero
  /// What may go wrong; may be changed at any time.
  package var faults: FaultProfile
  /// How often each kind of fault has fired.
  package internal(set) var fired: SortedMap<FaultKind, Int> = [:]
  /// How many calls were submitted.
  package internal(set) var submitted = 0
  /// Digest of everything that happened so far, in order. Equal seeds and equal questions give
  /// equal digests, in any process.
  package internal(set) var history = Digest(of: "fugue.simulated-cloud.1")

  /// What is going to happen.
  var queue = EventQueue<Happening>()
  /// The random streams, by purpose.
  var streams: Streams
  /// The admission of requests.
  var buckets = TokenBuckets()
  /// What is not visible everywhere yet.
  var visibility = Visibility()
  /// What has changed since the last `takeDelta`; nil while nobody wants to know.
  var delta: Delta?
  /// What has happened since the last `takeTrail`; nil while nobody wants to know.
  var trail: CloudTrail?

  /// The random streams; drawing from one never moves another.
  struct Streams: Hashable, Codable, Sendable {
    /// How long things take.
    var latency: RandomSource
    /// What goes wrong.
    var faults: RandomSource
    /// What is seen.
    var visibility: RandomSource
    /// What AWS decides freely.
    var choices: RandomSource

    /// Streams of a seed.
    init(_ seed: Seed) {
      latency = RandomSource(seed.split("cloud.latency"))
      faults = RandomSource(seed.split("cloud.faults"))
      visibility = RandomSource(seed.split("cloud.visibility"))
      choices = RandomSource(seed.split("cloud.choices"))
    }
  }

  /// Opens a simulated cloud on an account. What the account has before it (instances that are
  /// still starting) goes on from here.
  package init(account: AccountState, seed: Seed, faults: FaultProfile = .none) {
    self.account = account
    self.faults = faults
    streams = Streams(seed)
    for transition in CloudSemantics.transitions(of: account) { begin(transition) }
  }

  /// Takes a request in. Its answer, or the lack of one, comes as an event.
  ///
  /// - Parameters:
  ///   - call: the request; no residuals. A secret's text in it is replaced by a commitment at
  ///     once, so that nothing that is stored holds it.
  ///   - id: the caller's name for it.
  ///   - time: when it is sent; not before an earlier call or event.
  package mutating func submit(_ call: Call, id: CallID, at time: Instant) {
    now = max(now, time)
    submitted += 1
    let call = call.withoutSecrets
    fold(0, id) { $0.write(call) }
    let there = drawLatency()
    let back = drawLatency()
    let giveUp = now + faults.timeOut
    switch drawFate(call) {
    case nil: push(.arrival(id, call, answerAfter: back), at: now + there)
    case .lostRequest: push(.delivery(id, .unknown), at: giveUp)
    case .lateReply:
      let lateness = streams.latency.span(from: .seconds(1), to: faults.mostLateness)
      push(.arrival(id, call, answerAfter: (giveUp + lateness) - (now + there)), at: now + there)
      push(.delivery(id, .unknown), at: giveUp)
    case .duplicate:
      push(.arrival(id, call, answerAfter: nil), at: now + there)
      push(.arrival(id, call, answerAfter: nil), at: now + there + back)
      push(.delivery(id, .unknown), at: giveUp)
    case .lostReply, .serverError, .throttle, .capacity, .staleRead, .staleReference,
      .propagation:
      push(.arrival(id, call, answerAfter: nil), at: now + there)
      push(.delivery(id, .unknown), at: giveUp)
    }
  }

  /// When something happens next; nil when nothing is under way.
  package var nextEventTime: Instant? { queue.nextTime }

  /// Lets time pass.
  ///
  /// - Returns: what callers learn up to that moment, included, in order.
  package mutating func advance(to time: Instant) -> [CloudEvent] {
    var events: [CloudEvent] = []
    while let next = queue.nextTime, next <= time, let entry = queue.pop() {
      delta?.popped.append(entry.sequence)
      now = max(now, entry.time)
      visibility.prune(now)
      switch entry.event {
      case .arrival(let id, let call, let answerAfter):
        let reply = serve(call)
        note(.served(id, call, reply))
        if let answerAfter { push(.delivery(id, .replied(reply)), at: now + answerAfter) }
      case .delivery(let id, let outcome):
        fold(1, id) { $0.write(outcome) }
        events.append(CloudEvent(at: now, id: id, outcome: outcome))
      case .transition(let transition): happen(transition)
      }
    }
    now = max(now, time)
    return events
  }

  /// Somebody else changes the account: at once, without faults.
  package mutating func edit(_ call: Call, at time: Instant) -> Reply {
    now = max(now, time)
    let call = call.withoutSecrets
    let result = CloudSemantics.perform(call, on: &account, Choice(now: now))
    note(.edited(call, result.reply))
    fold(2, CallID("")) {
      $0.write(call)
      $0.write(result.reply)
    }
    record(result)
    return result.reply
  }
}

extension Call {
  /// The call with commitments in place of secret texts.
  fileprivate var withoutSecrets: Call {
    var parameters = parameters
    if !parameters.isKnown { parameters = parameters.withSecretsInTextsHidden }
    if service == "secretsmanager", let text = parameters["SecretString"].text {
      var fields = parameters.fields
      fields["SecretString"] = .secret(
        SecretCommitment(digest: Digest(of: Array(text.utf8)), name: ""))
      parameters = .record(fields)
    }
    return Call(service: service, operation: operation, parameters: parameters)
  }
}
