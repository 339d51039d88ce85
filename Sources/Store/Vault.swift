import Canon
package import CloudModel
import Foundation

/// Secrets by the name of their commitment, and the key under which they are committed to. It is
/// outside journal and digests, in a file that only its owner reads.
package struct Vault: Sendable {
  /// Why a secret cannot be put into a call.
  package struct Missing: Error, Sendable {
    /// The secret's name.
    package let name: String
  }

  private struct Content: Codable {
    var version = 1
    var key: [UInt8]
    var secrets: SortedMap<String, Entry> = [:]
  }

  private struct Entry: Codable {
    var digest: Digest
    var value: [UInt8]
  }

  private var content: Content

  /// An empty vault with a key that nobody knows.
  package init() {
    var random = SystemRandomNumberGenerator()
    content = Content(key: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  /// An empty vault with a given key, for runs that must give the same digests again.
  package init(key: [UInt8]) { content = Content(key: key) }

  /// Reads a vault; a fresh one where there is no file.
  package init(path: String) throws(StoreFailure) {
    self.init()
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .cannotOpen(path: path, reason: "it cannot be read")
    }
    do { content = try JSONDecoder().decode(Content.self, from: data) } catch {
      throw .damaged(path: path, reason: "it is no vault")
    }
    guard content.version == 1 else { throw .tooNew(path: path) }
  }

  /// Writes the vault, whole or not at all, readable by its owner alone.
  package func save(path: String) throws(StoreFailure) {
    // Whatever is written from here on is the owner's alone, also while it is being written.
    let mask = umask(0o077)
    defer { umask(mask) }
    do {
      let data = try JSONEncoder().encode(content)
      try data.write(to: URL(filePath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch { throw .cannotWrite(path: path, reason: error.localizedDescription) }
  }

  /// Takes a secret in, and gives what stands for it.
  package mutating func commit(name: String, value: [UInt8]) -> SecretCommitment {
    let digest = keyedDigest(of: Array(name.utf8) + [0] + value, key: content.key)
    content.secrets[name] = Entry(digest: digest, value: value)
    return SecretCommitment(digest: digest, name: name)
  }

  /// A call with its secrets in clear, for the moment at which it is sent. A commitment to an
  /// earlier value of a secret is missing, too.
  package func resolve(_ call: Call) throws(Missing) -> Call {
    let parameters = try call.parameters.replacingSecrets { (secret) throws(Missing) -> Value in
      guard let entry = content.secrets[secret.name], entry.digest == secret.digest,
        let text = String(validating: entry.value, as: UTF8.self)
      else { throw Missing(name: secret.name) }
      return .string(text)
    }
    return Call(service: call.service, operation: call.operation, parameters: parameters)
  }
}
