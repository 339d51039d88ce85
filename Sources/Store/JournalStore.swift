import Foundation
import GRDB
package import Journal

/// The journal in an SQLite file: a record is durable when `append` returns.
///
/// A class, since it is an open file. Each record is a frame with a checksum of its own
/// (`JournalCoding`), so that damage below SQLite is noticed, too.
package final class JournalStore: Sendable {
  private let path: String
  private let database: DatabaseQueue
  private static let version = 1

  /// Opens a journal, and makes it where there is none.
  ///
  /// - Parameter path: the file; its folder must exist.
  package init(path: String) throws(StoreFailure) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
    } catch { throw Self.failure(error, path) }
    let found: Int
    do {
      found = try database.write { db in
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if found == 0 {
          try db.execute(
            sql: """
              CREATE TABLE record (
                id INTEGER PRIMARY KEY AUTOINCREMENT, frame BLOB NOT NULL
              ) STRICT;
              PRAGMA user_version = \(Self.version)
              """)
        }
        return found
      }
    } catch { throw Self.failure(error, path) }
    if found > Self.version { throw .tooNew(path: path) }
  }

  /// All records, oldest first.
  package func records() throws(StoreFailure) -> [JournalRecord] {
    var records: [JournalRecord] = []
    let frames: [Data]
    do {
      frames = try database.read {
        try Data.fetchAll($0, sql: "SELECT frame FROM record ORDER BY id")
      }
    } catch { throw Self.failure(error, path) }
    for (index, frame) in frames.enumerated() {
      do {
        var offset = 0
        records.append(try JournalCoding.read(Array(frame), at: &offset))
      } catch .unknownVersion {
        throw StoreFailure.tooNew(path: path)
      } catch {
        throw StoreFailure.damaged(path: path, reason: "record \(index + 1) is \(error)")
      }
    }
    return records
  }

  /// Writes a record; it is on disk when this returns.
  package func append(_ record: JournalRecord) throws(StoreFailure) {
    do {
      let frame = Data(try JournalCoding.frame(record))
      try database.write { db in
        try db.execute(sql: "INSERT INTO record (frame) VALUES (?)", arguments: [frame])
      }
    } catch { throw .cannotWrite(path: path, reason: "\(error)") }
  }

  private static func failure(_ error: any Error, _ path: String) -> StoreFailure {
    guard let error = error as? DatabaseError else {
      return .cannotOpen(path: path, reason: "\(error)")
    }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
    default: return .cannotOpen(path: path, reason: reason)
    }
  }
}
