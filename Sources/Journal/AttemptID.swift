package import Canon

/// Names one call that the kernel made: no two calls of one store share it, also not across
/// crashes, so that a late reply always finds the call that it answers.
package struct AttemptID: Hashable, Codable, Sendable, Comparable {
  /// How many times the kernel has been started on this journal, from 0.
  package let incarnation: Int
  /// The number of the call since that start, from 0.
  package let serial: Int

  /// Makes an identifier.
  package init(incarnation: Int, serial: Int) {
    self.incarnation = incarnation
    self.serial = serial
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.incarnation, a.serial) < (b.incarnation, b.serial)
  }
}

extension AttemptID: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(incarnation)
    encoder.write(serial)
  }
}
