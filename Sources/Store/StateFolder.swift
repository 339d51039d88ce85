import Foundation

/// The folder (`.fugue`) in which embedded mode keeps what it knows: the journal, the simulated
/// account, the vault. Whoever holds one may write; a second process is refused.
package final class StateFolder: Sendable {
  /// The folder.
  package let path: String
  private let lock: FileHandle

  /// Opens a folder, makes it where there is none, and locks it until this value is gone.
  package init(path: String) throws(StoreFailure) {
    self.path = path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw .cannotOpen(path: path, reason: error.localizedDescription) }
    let file = "\(path)/lock"
    if !FileManager.default.fileExists(atPath: file) {
      _ = FileManager.default.createFile(
        atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
    }
    guard let lock = FileHandle(forUpdatingAtPath: file) else {
      throw .cannotOpen(path: file, reason: "it cannot be written")
    }
    guard flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
    self.lock = lock
  }

  /// Whether there is a state at a path.
  package static func exists(at path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/state.sqlite")
  }

  /// The journal's file.
  package var journal: String { "\(path)/state.sqlite" }
  /// The embedded account's file.
  package var account: String { "\(path)/cloud.sqlite" }
  /// The vault's file.
  package var vault: String { "\(path)/vault" }
}
