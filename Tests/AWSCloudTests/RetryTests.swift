import AWSCloud
import AWSWire
import Determinism
import Testing

@Suite struct RetryTests {
  private func settle(
    _ state: inout FamilyState, _ outcome: AttemptOutcome, _ count: inout RetryCount,
    policy: RetryPolicy = RetryPolicy(), isRepeatable: Bool = true, random: Double = 0.5,
    serverWait: Double? = nil, at now: Double = 0
  ) -> RetryVerdict {
    state.settle(
      outcome, call: &count, policy: policy, isRepeatable: isRepeatable, serverWait: serverWait,
      at: now, random: random)
  }

  @Test func `waits double, are cut at 20 seconds, and are spread by chance`() {
    let policy = RetryPolicy(attempts: 8)
    for random in [0.0, 0.25, 0.999] {
      var (state, count) = (FamilyState(policy), RetryCount())
      var waits: [Double] = []
      for _ in 0..<7 {
        if case .retry(let wait) = settle(
          &state, .throttled, &count, policy: policy, random: random)
        {
          waits.append(wait)
        }
      }
      #expect(waits == [1, 2, 4, 8, 16, 20, 20].map { $0 * random })
      #expect(settle(&state, .throttled, &count, policy: policy) == .end(.attempts))
    }
  }

  @Test func `three attempts are made, and the last says why it was the last`() {
    var (state, count) = (FamilyState(RetryPolicy()), RetryCount())
    #expect(settle(&state, .transient, &count) == .retry(after: 0.5))
    #expect(settle(&state, .transient, &count) == .retry(after: 1))
    #expect(settle(&state, .transient, &count) == .end(.attempts))
    #expect(state.quota == 490)
    var other = RetryCount()
    #expect(settle(&state, .final, &other) == .end(.done))
  }

  @Test func `the quota is 500: 100 retries, or 50 after time-outs, and success gives back`() {
    for (outcome, retries) in [(AttemptOutcome.throttled, 100), (.unknown(isTimeout: true), 50)] {
      var state = FamilyState(RetryPolicy())
      var made = 0
      while true {
        var count = RetryCount()
        guard case .retry = settle(&state, outcome, &count) else { break }
        made += 1
      }
      #expect(made == retries && state.quota == 0)
      var count = RetryCount()
      #expect(settle(&state, outcome, &count) == .end(.quota))
      // A first success gives one unit back, one after a retry what that retry took.
      for _ in 0..<10 {
        var fresh = RetryCount()
        #expect(settle(&state, .succeeded, &fresh) == .end(.done))
      }
      #expect(state.quota == 10)
      var again = RetryCount()
      #expect(settle(&state, outcome, &again) != .end(.quota))
      #expect(settle(&state, .succeeded, &again) == .end(.done))
      #expect(state.quota == 10)
    }
  }

  @Test func `what may have been done is not done again, unless that does no harm`() {
    for isTimeout in [false, true] {
      var (state, count) = (FamilyState(RetryPolicy()), RetryCount())
      let outcome = AttemptOutcome.unknown(isTimeout: isTimeout)
      #expect(
        settle(&state, outcome, &count, isRepeatable: false) == .end(.notRepeatable))
      var other = RetryCount()
      #expect(settle(&state, outcome, &other) == .retry(after: 0.5))
      var third = RetryCount()
      let policy = RetryPolicy(repeatsUnknown: true)
      #expect(
        settle(&state, outcome, &third, policy: policy, isRepeatable: false)
          == .retry(after: 0.5))
    }
  }

  @Test func `a service may ask for a longer wait, within reason`() {
    var (state, count) = (FamilyState(RetryPolicy(attempts: 9)), RetryCount())
    let policy = RetryPolicy(attempts: 9)
    #expect(settle(&state, .throttled, &count, policy: policy, serverWait: 3) == .retry(after: 3))
    #expect(
      settle(&state, .throttled, &count, policy: policy, serverWait: 3_600) == .retry(after: 6))
    #expect(settle(&state, .throttled, &count, policy: policy, serverWait: 0) == .retry(after: 2))
  }

  @Test func `errors are sorted by what they say of the call`() {
    let cases: [(String, Int, AttemptOutcome)] = [
      ("RequestLimitExceeded", 503, .throttled), ("SlowDown", 503, .throttled),
      ("ThrottlingException", 400, .throttled), ("RequestTimeout", 400, .transient),
      ("InternalError", 500, .unknown(isTimeout: false)), ("503", 503, .unknown(isTimeout: false)),
      ("InvalidVpcID.NotFound", 400, .final), ("501", 501, .final), ("301", 301, .final),
    ]
    for (code, status, outcome) in cases {
      #expect(AttemptOutcome(WireFailure(code: code, message: "", status: status)) == outcome)
    }
    let failure = WireFailure(code: "X", message: "", status: 400)
    #expect(AttemptOutcome(failure, isRetryable: true) == .transient)
    #expect(AttemptOutcome(failure, isRetryable: true, isThrottling: true) == .throttled)
    #expect(AttemptOutcome(.notSent("")) == .transient)
    #expect(AttemptOutcome(.outcomeUnknown("")) == .unknown(isTimeout: true))
  }

  @Test func `the rate is free until a service throttles, and then comes near what it takes`() {
    var limiter = AdaptiveLimiter()
    for call in 0..<100 { #expect(limiter.admit(at: Double(call) / 1_000) == 0) }
    // A service that takes 20 a second, and a client that would send 200.
    var random = RandomSource(Seed(3))
    var now = 1.0
    var (tokens, filledAt) = (20.0, now)
    var taken: [Double] = []
    var refused: [Double] = []
    while now < 121 {
      now += max(limiter.admit(at: now), 1.0 / 200)
      tokens = min(20, tokens + (now - filledAt) * 20)
      filledAt = now
      let isTaken = tokens >= 1
      if isTaken { tokens -= 1 }
      if isTaken { taken.append(now) } else { refused.append(now) }
      limiter.record(isThrottled: !isTaken, at: now + Double(random.below(10)) / 1_000)
    }
    let settled = taken.filter { $0 > 61 }
    let lost = refused.filter { $0 > 61 }
    #expect(limiter.isLimiting)
    // Over the last minute: most of what the service takes, with few refusals.
    #expect(settled.count > 600, "\(settled.count) taken of 1,200")
    #expect(lost.count * 5 < settled.count, "\(lost.count) refused, \(settled.count) taken")
  }

  @Test func `a limited rate makes callers wait their turn, never below one in two seconds`() {
    var limiter = AdaptiveLimiter()
    limiter.record(isThrottled: true, at: 0)
    #expect(limiter.rate == 0.5)
    let waits = (0..<4).map { _ in limiter.admit(at: 0) }
    #expect(waits == [2, 4, 6, 8])
  }
}
