package import Canon
package import Determinism

/// How often the kernel has changed one part of a resource, as long as it does so again and again:
/// what somebody or something keeps undoing.
package struct Contest: Hashable, Sendable {
  /// For so long after a change another one of the same part counts as the next of a row.
  package static let memory = TimeSpan.minutes(60)

  /// How many runs in a row have changed it.
  package private(set) var times = 0
  /// The run that changed it last, by number.
  private var run = -1
  /// When it was changed last.
  package private(set) var latest = Instant.zero

  /// Notes that a run has changed the part; a second change by the same run does not count.
  mutating func note(run: Int, at: Instant) {
    if at - latest > Self.memory { times = 0 }
    latest = at
    if self.run == run { return }
    self.run = run
    times += 1
  }
}

extension Contest: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(times)
    encoder.write(run)
    encoder.write(latest)
  }
}
