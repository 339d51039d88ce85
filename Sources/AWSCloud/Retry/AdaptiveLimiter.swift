import Foundation

/// The rate of adaptive mode: free until the service throttles; then cut to seven tenths of what
/// was measured, and raised again along a cubic curve that is flat around the rate at which it
/// happened.
///
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", adaptive mode; its constants are
/// botocore's, and the curve is that of CUBIC (RFC 9438, section 4.2).
package struct AdaptiveLimiter: Hashable, Sendable {
  /// Whether the service has throttled yet.
  package private(set) var isLimiting = false
  /// Calls a second that are let through.
  package private(set) var rate = 0.5
  private var tokens = 0.0
  private var filledAt: Double?
  private var measured = 0.0
  private var counted = 0.0
  private var bucket: Double?
  private var peak = 0.0
  private var cutAt = 0.0

  private static let scale = 0.4
  private static let cut = 0.7
  private static let lowest = 0.5

  /// A limiter that lets everything through.
  package init() {}

  /// Takes a place; the wait before it in seconds. Who waits for it must not ask again.
  package mutating func admit(at now: Double) -> Double {
    guard isLimiting else { return 0 }
    fill(at: now)
    tokens -= 1
    return tokens >= 0 ? 0 : -tokens / rate
  }

  /// Takes an answer in.
  package mutating func record(isThrottled: Bool, at now: Double) {
    measure(at: now)
    let wanted: Double
    if isThrottled {
      peak = isLimiting ? min(measured, rate) : measured
      cutAt = now
      isLimiting = true
      wanted = peak * Self.cut
    } else {
      wanted = Self.scale * pow(now - cutAt - plateau, 3) + peak
    }
    guard isLimiting else { return }
    fill(at: now)
    rate = max(Self.lowest, min(wanted, 2 * measured))
    tokens = min(tokens, max(1, rate))
  }

  /// How long after a cut the curve is back at the rate before it.
  private var plateau: Double { cbrt(peak * (1 - Self.cut) / Self.scale) }

  private mutating func fill(at now: Double) {
    if let filledAt { tokens = min(max(1, rate), tokens + max(0, now - filledAt) * rate) }
    filledAt = now
  }

  /// Answers a second, over half seconds, the last one counting four fifths.
  private mutating func measure(at now: Double) {
    counted += 1
    let current = (now * 2).rounded(.down) / 2
    guard let last = bucket else {
      bucket = current
      return
    }
    guard current > last else { return }
    measured = counted / (current - last) * 0.8 + measured * 0.2
    counted = 0
    bucket = current
  }
}
