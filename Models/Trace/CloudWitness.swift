import CloudModel
import CloudSemantics
import Determinism

/// The cloud's side of a history: what the account is, and what it was not long ago.
struct CloudWitness {
  private typealias Refusal = HistoryCheck.Refusal

  /// A row before a change, and until when reads may still show it so.
  private struct Former {
    let key: RowKey
    let row: AccountRow?
    let until: Instant
  }

  /// How long reads may lag, at most, and how long other services may not know of roles.
  private static let lag = TimeSpan.seconds(8)
  private static let propagation = TimeSpan.seconds(20)

  private var account: AccountState
  private var former: [Former] = []
  /// Until when reads may show what was before the history began.
  private let blurredUntil: Instant
  private var began: Instant?

  /// The cloud of a history that begins with this account.
  ///
  /// - Parameter isFresh: whether nothing happened in it before.
  init(_ account: AccountState, isFresh: Bool) {
    self.account = account
    blurredUntil = isFresh ? .zero : Instant(milliseconds: .max / 2)
  }

  /// Something happens by itself.
  mutating func move(_ transition: Transition, at now: Instant) throws(HistoryCheck.Refusal) {
    guard CloudSemantics.transitions(of: account).contains(transition) else {
      throw Refusal(why: "the cloud does by itself what it does not have before it")
    }
    _ = CloudSemantics.advance(&account, transition, now: now)
  }

  /// Somebody edits by hand.
  mutating func edit(_ call: Call, _ reply: Reply, at now: Instant) throws(HistoryCheck.Refusal) {
    let result = CloudSemantics.perform(call, on: &account, Choice(now: now))
    guard result.reply == reply else {
      throw Refusal(why: "\(call.operation) by hand is answered otherwise than the cloud would")
    }
    note(result, at: now)
  }

  /// The cloud meets a call.
  mutating func serve(
    _ call: Call, _ reply: Reply, at now: Instant, _ name: String
  ) throws(HistoryCheck.Refusal) {
    former.removeAll { $0.until <= now }
    if began == nil { began = now }
    if CloudSemantics.writes(call) {
      try write(call, reply, at: now, name)
    } else if !isFree(reply), !shows(call, reply), now >= blurEnd {
      throw Refusal(why: "\(name) is answered with what was not so, now or within 8 s")
    }
  }

  private var blurEnd: Instant {
    blurredUntil == .zero ? .zero : (began ?? .zero) + Self.propagation
  }

  private mutating func write(
    _ call: Call, _ reply: Reply, at now: Instant, _ name: String
  ) throws(HistoryCheck.Refusal) {
    // What AWS may pick freely is one of a few zones.
    for pick in 0..<6 {
      var after = account
      let result = CloudSemantics.perform(call, on: &after, Choice(now: now, pick: pick))
      guard result.reply == reply else { continue }
      account = after
      note(result, at: now)
      return
    }
    if isFree(reply) || isLate(call, reply, at: now) || now < blurEnd, case .failure = reply {
      return
    }
    throw Refusal(why: "\(name) is answered otherwise than the cloud would")
  }

  private mutating func note(_ result: Performance, at now: Instant) {
    for change in result.changes {
      former.append(Former(key: change.key, row: change.before, until: now + Self.lag))
    }
  }

  /// Whether a refusal is one that AWS may give at any time.
  private func isFree(_ reply: Reply) -> Bool {
    guard case .failure(let error) = reply else { return false }
    return Self.freeCodes.contains(error.code)
  }

  /// Source: EC2 API reference, "Common client error codes" and "Common server error codes".
  private static let freeCodes: Set<String> = [
    "RequestLimitExceeded", "Throttling", "ThrottlingException", "ThrottledException",
    "RequestThrottled", "RequestThrottledException", "TooManyRequestsException", "SlowDown",
    "InternalError", "InternalFailure", "InternalServiceError", "ServiceFailure",
    "ServiceUnavailable", "Unavailable", "InternalServiceErrorException",
    "InsufficientInstanceCapacity",
  ]

  /// Whether a refusal is that of a cloud which does not know something new yet.
  private func isLate(_ call: Call, _ reply: Reply, at now: Instant) -> Bool {
    guard case .failure(let error) = reply else { return false }
    if ["InvalidParameterValue", "MalformedPolicy"].contains(error.code) {
      return !account.roles.isEmpty || !account.instanceProfiles.isEmpty
    }
    return former.filter { $0.row == nil }.contains { change in
      var hidden = account
      hidden[row: change.key] = nil
      return CloudSemantics.step(hidden, call, Choice(now: now)).reply == reply
    }
  }

  /// Whether a read shows each thing as it is or was not long ago.
  private func shows(_ call: Call, _ reply: Reply) -> Bool {
    var candidates = [CloudSemantics.step(account, call).reply]
    if candidates[0] == reply { return true }
    // Each row as it was before each of its changes; and all of them so.
    var all = account
    for change in former.reversed() {
      all[row: change.key] = change.row
      candidates.append(CloudSemantics.step(all, call).reply)
      var one = account
      one[row: change.key] = change.row
      candidates.append(CloudSemantics.step(one, call).reply)
    }
    if candidates.contains(reply) { return true }
    guard case .success(let value) = reply else { return false }
    let values = candidates.compactMap { candidate in
      if case .success(let value) = candidate { value } else { nil }
    }
    return value.isMixed(of: values)
  }
}

extension Value {
  /// Whether a value is put together of parts of others: each element of a list stands in the same
  /// list of one of them, what stands in all of them is there, and all else is as in one of them.
  fileprivate func isMixed(of others: [Value]) -> Bool {
    if others.contains(self) { return true }
    switch self {
    case .list(let items):
      let lists = others.map(\.elements)
      let inAll = (lists.first ?? []).filter { item in lists.allSatisfy { $0.contains(item) } }
      return inAll.allSatisfy(items.contains)
        && items.allSatisfy { item in
          lists.contains { $0.contains(item) } || item.isMixed(of: lists.flatMap { $0 })
        }
    case .record(let fields):
      return fields.allSatisfy { name, field in field.isMixed(of: others.map { $0[name] }) }
    case .null, .bool, .int, .string, .secret, .residual: return false
    }
  }
}
