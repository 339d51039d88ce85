package import Canon
package import Determinism

/// How often what goes wrong, how slow the cloud is, and how long it lags.
///
/// AWS publishes no rates of failure; the rates here are assumptions. What is published or known
/// from tools' experience is noted where it stands.
package struct FaultProfile: Hashable, Codable, Sendable {
  /// A stretch of time in which a kind of fault is as likely as this, in place of the usual rate.
  package struct Window: Hashable, Codable, Sendable {
    /// From when.
    package var from: Instant
    /// Until when, not included.
    package var until: Instant
    /// The kind.
    package var kind: FaultKind
    /// Parts per million of the calls.
    package var partsPerMillion: Int
    /// The service it is limited to; nil for all.
    package var service: String?

    /// Makes a window.
    package init(
      from: Instant, until: Instant, kind: FaultKind, partsPerMillion: Int, service: String? = nil
    ) {
      self.from = from
      self.until = until
      self.kind = kind
      self.partsPerMillion = partsPerMillion
      self.service = service
    }
  }

  /// A stretch of time in which a service admits only a part of its usual requests.
  package struct Throttling: Hashable, Codable, Sendable {
    /// From when.
    package var from: Instant
    /// Until when, not included.
    package var until: Instant
    /// The service; nil for all.
    package var service: String?
    /// How much of the usual buckets is left, in parts per million.
    package var factorPartsPerMillion: Int

    /// Makes a stretch.
    package init(from: Instant, until: Instant, service: String?, factorPartsPerMillion: Int) {
      self.from = from
      self.until = until
      self.service = service
      self.factorPartsPerMillion = factorPartsPerMillion
    }
  }

  /// Parts per million by kind: of the calls; for `staleRead` of the changes, for
  /// `staleReference` of the calls that name something new; for `propagation` of the changes to
  /// roles and profiles. A kind that is not there never fires.
  package var rates: SortedMap<FaultKind, Int> = [:]
  /// Stretches with rates of their own; the last that fits counts.
  package var windows: [Window] = []
  /// Stretches with less room.
  package var throttling: [Throttling] = []
  /// Whether AWS's token buckets are kept at all.
  package var hasBuckets = true
  /// Half of a call's way: from the caller to the service, or back.
  package var leastLatency = TimeSpan(milliseconds: 15)
  /// The longest usual half way; one in fifty takes up to ten times as long.
  package var mostLatency = TimeSpan(milliseconds: 80)
  /// After what time a caller gives up waiting. botocore's default is 60 s.
  package var timeOut = TimeSpan.seconds(30)
  /// How long after that a late reply comes at most.
  package var mostLateness = TimeSpan.seconds(120)
  /// How long a change may be seen and not seen, at most. AWS: seconds, sometimes minutes.
  package var visibilityWindow = TimeSpan.seconds(8)
  /// How long a new role or profile may be unknown to other services, at most. Nothing is
  /// published; tools wait up to 2 minutes.
  package var propagationWindow = TimeSpan.seconds(20)

  /// A cloud without faults and without lag; replies still take time.
  package init() {}

  /// The rate that counts for a kind at a moment.
  func rate(of kind: FaultKind, at now: Instant, service: String) -> Int {
    let window = windows.last {
      $0.kind == kind && $0.from <= now && now < $0.until
        && ($0.service ?? service) == service
    }
    return window?.partsPerMillion ?? rates[kind] ?? 0
  }

  /// How much of the usual buckets a service has at a moment, in parts per million.
  func room(at now: Instant, service: String) -> Int {
    throttling.last {
      $0.from <= now && now < $0.until && ($0.service ?? service) == service
    }?.factorPartsPerMillion ?? 1_000_000
  }
}

extension FaultProfile {
  /// No faults and no lag.
  package static let none = FaultProfile()

  /// An ordinary day: changes lag, now and then a request fails.
  package static let real = with([
    .lostRequest: 200, .lostReply: 200, .lateReply: 100, .duplicate: 50, .serverError: 500,
    .throttle: 500, .capacity: 1000, .staleRead: 400_000, .staleReference: 100_000,
    .propagation: 700_000,
  ])

  /// A very bad day: everything goes wrong often.
  package static let rough = with([
    .lostRequest: 20_000, .lostReply: 20_000, .lateReply: 20_000, .duplicate: 20_000,
    .serverError: 20_000, .throttle: 30_000, .capacity: 60_000, .staleRead: 700_000,
    .staleReference: 300_000, .propagation: 900_000,
  ])

  private static func with(_ rates: SortedMap<FaultKind, Int>) -> FaultProfile {
    var profile = FaultProfile()
    profile.rates = rates
    return profile
  }
}
