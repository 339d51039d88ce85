package import AWSWire
import Foundation

/// Time and chance as a client needs them; given, so that they can be acted.
package struct ClientClock: Sendable {
  /// The time, for signatures.
  package var now: @Sendable () -> SigningMoment
  /// Seconds on a clock that does not go back.
  package var seconds: @Sendable () -> Double
  /// Waits so many seconds.
  package var sleep: @Sendable (_ seconds: Double) async -> Void
  /// A number from 0 to, not including, 1.
  package var random: @Sendable () -> Double
  /// A client token: at most 64 ASCII characters, never the same twice.
  package var token: @Sendable () -> String

  /// Makes a clock.
  package init(
    now: @escaping @Sendable () -> SigningMoment, seconds: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (Double) async -> Void, random: @escaping @Sendable () -> Double,
    token: @escaping @Sendable () -> String
  ) {
    self.now = now
    self.seconds = seconds
    self.sleep = sleep
    self.random = random
    self.token = token
  }

  /// The machine's own.
  package static var machine: ClientClock {
    let start = ContinuousClock.now
    return ClientClock(
      now: { SigningMoment(secondsSince1970: Int64(Date().timeIntervalSince1970)) },
      seconds: {
        let span = start.duration(to: .now)
        return Double(span.components.seconds)
          + Double(span.components.attoseconds) / 1_000_000_000_000_000_000
      },
      sleep: { seconds in
        do { try await Task.sleep(for: .milliseconds(Int64(seconds * 1_000))) } catch { return }
      },
      random: { Double.random(in: 0..<1) }, token: { UUID().uuidString.lowercased() })
  }
}
