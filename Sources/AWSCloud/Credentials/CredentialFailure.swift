/// Why there are no credentials.
package enum CredentialFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// No source has any.
  case notFound(tried: [String])
  /// A setting is missing, wrong or not supported: the user's to mend.
  case configuration(String)
  /// A source that was asked for could not be reached, or refused.
  case source(String)

  /// Whether the user's settings are at fault, and not the world.
  package var isMistake: Bool {
    switch self {
    case .notFound, .configuration: true
    case .source: false
    }
  }

  package var description: String {
    switch self {
    case .notFound(let tried):
      "there are no AWS credentials. Looked at: \(tried.joined(separator: ", ")). "
        + "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile."
    case .configuration(let text), .source(let text): text
    }
  }
}
