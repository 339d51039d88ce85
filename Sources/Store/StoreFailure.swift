/// Why a store cannot be used. All of them are of the outside world: exit code 3.
package enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file cannot be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file can be opened, and what is in it is not what we wrote.
  case damaged(path: String, reason: String)
  /// The file was written by a later version of Fugue.
  case tooNew(path: String)
  /// A write did not become durable.
  case cannotWrite(path: String, reason: String)
  /// Another `fugue` works in the same folder.
  case busy(path: String)

  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
    case .damaged(let path, let reason):
      "\(path) is damaged: \(reason); restore it from a copy, or move it away to start anew"
    case .tooNew(let path): "\(path) was written by a later version of Fugue"
    case .cannotWrite(let path, let reason): "cannot write to \(path): \(reason)"
    case .busy(let path):
      "another fugue works in \(path); wait for it to end, or give another folder with --state"
    }
  }
}
