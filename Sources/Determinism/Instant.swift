package import Canon

/// A moment of logical time, in milliseconds since the start of a run (in the live world: since
/// 1970). Core code gets it as a parameter and never asks a clock.
package struct Instant: Hashable, Codable, Sendable, Comparable {
  /// Milliseconds.
  package let milliseconds: Int64

  /// Makes a moment.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The start of a run.
  package static let zero = Instant(milliseconds: 0)

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
  package static func + (a: Self, b: TimeSpan) -> Self {
    Self(milliseconds: a.milliseconds + b.milliseconds)
  }
  package static func - (a: Self, b: Self) -> TimeSpan {
    TimeSpan(milliseconds: a.milliseconds - b.milliseconds)
  }
}

/// A length of logical time in milliseconds.
package struct TimeSpan: Hashable, Codable, Sendable, Comparable {
  /// Milliseconds; may be negative as a difference.
  package let milliseconds: Int64

  /// Makes a span.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// No time.
  package static let zero = TimeSpan(milliseconds: 0)
  /// A span of whole seconds.
  package static func seconds(_ count: Int64) -> Self { Self(milliseconds: count * 1000) }
  /// A span of whole minutes.
  package static func minutes(_ count: Int64) -> Self { Self(milliseconds: count * 60_000) }

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
  package static func + (a: Self, b: Self) -> Self {
    Self(milliseconds: a.milliseconds + b.milliseconds)
  }
  /// A span so many times.
  package static func * (a: Self, count: Int64) -> Self {
    Self(milliseconds: a.milliseconds * count)
  }
}

extension Instant: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(milliseconds) }
}

extension TimeSpan: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(milliseconds) }
}
