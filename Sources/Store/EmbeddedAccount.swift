package import CloudModel
package import Determinism
internal import Foundation
internal import GRDB
package import Simulator

/// A simulated AWS account that lives in an SQLite file of its own (`.fugue/cloud.sqlite`), apart
/// from whoever calls it.
///
/// Each operation is one transaction: a request and what it will lead to are durable before the
/// caller goes on, and an answer is durable before the caller sees it. So calls in flight survive
/// the caller's end, as they do with AWS. Several processes may use the file; each notices what the
/// others have written.
package struct EmbeddedAccount: Sendable {
  /// The account and its cloud as of the last operation.
  package private(set) var cloud: SimulatedCloud
  private let database: DatabaseQueue
  /// How many transactions the file has seen; where the file says otherwise, it is read again.
  private var version: Int64

  /// Opens the account in a file, or makes one there.
  ///
  /// - Parameters:
  ///   - path: the file; its folder is made where it is missing.
  ///   - fresh: the cloud that a new file begins with.
  package init(path: String, fresh: SimulatedCloud) throws(EmbeddedAccountError) {
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(10)
      database = try DatabaseQueue(path: path, configuration: configuration)
      (cloud, version) = try database.write { db in
        try AccountFile.prepare(db)
        if let stored = try AccountFile.load(db) { return stored }
        var cloud = fresh
        _ = cloud.takeDelta()
        try AccountFile.writeAll(db, cloud)
        return (cloud, 0)
      }
    } catch {
      throw EmbeddedAccountError(path: path, error)
    }
  }

  /// Sends a request at the account's present moment. When this returns, the request is on its way
  /// and will be carried out (or lost, as chance will have it), whatever becomes of the caller.
  package mutating func submit(
    _ call: Call, id: CallID
  ) throws(EmbeddedAccountError) {
    try transact { $0.submit(call, id: id, at: $0.now) }
  }

  /// When something happens next; nil when nothing is under way.
  package var nextEventTime: Instant? { cloud.nextEventTime }

  /// Lets the account's time pass.
  ///
  /// - Returns: what callers learn up to that moment, in order; of calls of earlier processes, too.
  package mutating func advance(to time: Instant) throws(EmbeddedAccountError) -> [CloudEvent] {
    try transact { $0.advance(to: time) }
  }

  /// Changes the account by hand: at once, without faults.
  package mutating func edit(_ call: Call) throws(EmbeddedAccountError) -> Reply {
    try transact { $0.edit(call, at: $0.now) }
  }

  /// Gives what happened in the account since the last time, and goes on noting; nothing of it is
  /// stored.
  package mutating func takeTrail() -> [CloudTrail.Entry] { cloud.takeTrail() }

  /// Sets what may go wrong from now on.
  package mutating func setFaults(_ faults: FaultProfile) throws(EmbeddedAccountError) {
    try transact { $0.faults = faults }
  }

  /// Lets an operation happen within one transaction. Should it fail, memory is ahead of the file,
  /// which is then read again before the next operation.
  private mutating func transact<T>(
    _ body: (inout SimulatedCloud) -> T
  ) throws(EmbeddedAccountError) -> T {
    do {
      return try database.write { db in
        if try AccountFile.version(db) != version, let stored = try AccountFile.load(db) {
          cloud = stored.cloud
        }
        version = -2
        let result = body(&cloud)
        version = try AccountFile.write(db, &cloud)
        return result
      }
    } catch {
      version = -2
      throw EmbeddedAccountError(path: database.path, error)
    }
  }
}

/// Why the file of an embedded account cannot be used.
package struct EmbeddedAccountError: Error, Hashable, Sendable {
  /// The file.
  package let path: String
  /// What SQLite or the system says.
  package let reason: String

  /// Wraps an error.
  fileprivate init(path: String, _ error: any Error) {
    self.path = path
    reason = String(describing: error)
  }
}
