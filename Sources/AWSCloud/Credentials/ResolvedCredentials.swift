package import AWSWire

/// Credentials with where they come from and how long they count.
package struct ResolvedCredentials: Hashable, Sendable {
  /// What to sign with.
  package let credentials: AWSCredentials
  /// When they end; nil for those that last.
  package let expiry: SigningMoment?
  /// Where they come from, for people, for instance `profile dev, role arn:…`.
  package let source: String

  /// Makes credentials.
  package init(credentials: AWSCredentials, expiry: SigningMoment? = nil, source: String) {
    self.credentials = credentials
    self.expiry = expiry
    self.source = source
  }

  /// Whether they end within so many seconds.
  package func ends(within seconds: Int64, of now: SigningMoment) -> Bool {
    expiry.map { $0 <= now.adding(seconds: seconds) } ?? false
  }
}

extension SigningMoment {
  /// Reads a moment of ISO 8601 in UTC: `2026-01-31T23:59:59Z`, with a fraction, `+00:00` or `UTC`
  /// in place of the `Z`; nil for anything else.
  package init?(iso text: String) {
    var stamp = text[...]
    for tail in ["UTC", "+00:00", "+0000", "Z"] where stamp.hasSuffix(tail) {
      stamp = stamp.dropLast(tail.count)
      break
    }
    guard stamp.endIndex < text.endIndex else { return nil }
    if let point = stamp.firstIndex(of: ".") {
      guard stamp[point...].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else {
        return nil
      }
      stamp = stamp[..<point]
    }
    self.init(stamp: stamp.filter { $0 != "-" && $0 != ":" } + "Z")
  }
}
