import AWSWire
import Canon

/// A program that prints credentials.
/// Source: AWS SDKs and Tools Reference Guide, "Process credential provider".
extension CredentialChain {
  func fromProgram(
    _ command: String, profile: String
  ) async throws(CredentialFailure) -> ResolvedCredentials {
    let source = "the credential_process of the profile '\(profile)'"
    guard let words = Self.words(command), let first = words.first else {
      throw .configuration("\(source) has a quote that is not closed, or is empty.")
    }
    let output = try await surroundings.run(
      [surroundings.expanded(first)] + words.dropFirst())
    let version: Int64?
    do throws(JSONError) {
      version = try JSON(parsing: output)["Version"]?.integer
    } catch {
      throw .source("\(source) printed no JSON: \(error.message) (byte \(error.offset)).")
    }
    guard version == 1 else {
      throw .source(
        "\(source) printed Version \(version.map(String.init) ?? "(none)"); only 1 is known.")
    }
    let found = try read(output, token: "SessionToken", source: source)
    if let expiry = found.expiry, expiry <= surroundings.now() {
      throw .source("\(source) printed credentials that ended at \(expiry.stamp).")
    }
    return found
  }

  /// A command's words, as a shell takes them apart: quotes and backslashes, nothing else; nil for
  /// an open quote.
  static func words(_ command: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = command.makeIterator()
    while let character = characters.next() {
      if let open = quote {
        if character == open {
          quote = nil
        } else if character == "\\", open == "\"", let next = characters.next() {
          word = (word ?? "") + ("\"\\$`".contains(next) ? "\(next)" : "\\\(next)")
        } else {
          word = (word ?? "") + "\(character)"
        }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == "\\" {
        guard let next = characters.next() else { return nil }
        word = (word ?? "") + "\(next)"
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + "\(character)"
      }
    }
    if let done = word { words.append(done) }
    return quote == nil ? words : nil
  }
}
