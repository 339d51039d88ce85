import CloudModel
import Determinism
import Foundation
import GRDB
import Simulator

/// The tables of an embedded account's file: a row for each row of the account and for each thing
/// that is under way, and one row with all the rest.
enum AccountFile {
  /// The version of the tables.
  private static let schema = 1

  /// Makes the tables of a new file; refuses a file that something else has made.
  static func prepare(_ db: Database) throws {
    switch try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 {
    case schema: return
    case 0:
      try db.execute(
        sql: """
          CREATE TABLE account (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id))
            WITHOUT ROWID;
          CREATE TABLE pending (sequence INTEGER PRIMARY KEY, time INTEGER, body BLOB NOT NULL);
          CREATE TABLE frame (one INTEGER PRIMARY KEY, version INTEGER, body BLOB NOT NULL);
          PRAGMA user_version = \(schema);
          """)
    case let other:
      throw DatabaseError(message: "the file has version \(other), not \(schema)")
    }
  }

  /// How many transactions the file has seen.
  static func version(_ db: Database) throws -> Int64 {
    try db.cachedStatement(sql: "SELECT version FROM frame").fetchVersion() ?? -1
  }

  /// The stored cloud; nil in a new file.
  static func load(_ db: Database) throws -> (cloud: SimulatedCloud, version: Int64)? {
    guard let row = try Row.fetchOne(db, sql: "SELECT version, body FROM frame") else {
      return nil
    }
    let decoder = JSONDecoder()
    var rows: [(key: RowKey, row: AccountRow)] = []
    for row in try Row.fetchAll(db, sql: "SELECT kind, id, body FROM account") {
      guard let table = AccountTable(rawValue: row["kind"]) else {
        throw DatabaseError(message: "a row of the account is of no known kind")
      }
      rows.append(
        (RowKey(table, row["id"]), try decoder.decode(AccountRow.self, from: row["body"])))
    }
    let pending = try Data.fetchAll(db, sql: "SELECT body FROM pending ORDER BY sequence")
      .map { try decoder.decode(Delta.Pending.self, from: $0) }
    let frame = try decoder.decode(CloudFrame.self, from: row["body"])
    return (SimulatedCloud(frame: frame, rows: rows, pending: pending), row["version"])
  }

  /// Writes a whole cloud into a new file.
  static func writeAll(_ db: Database, _ cloud: SimulatedCloud) throws {
    let encoder = JSONEncoder()
    for key in cloud.account.rowKeys { try put(db, key, cloud, encoder) }
    for pending in cloud.pending { try put(db, pending, encoder) }
    try db.execute(
      sql: "INSERT INTO frame VALUES (1, 0, ?)", arguments: [try encoder.encode(cloud.frame)])
  }

  /// Writes what has changed.
  ///
  /// - Returns: the file's new version.
  static func write(_ db: Database, _ cloud: inout SimulatedCloud) throws -> Int64 {
    let encoder = JSONEncoder()
    let delta = cloud.takeDelta()
    var done: Set<RowKey> = []
    for key in delta.rows where done.insert(key).inserted { try put(db, key, cloud, encoder) }
    let popped = Set(delta.popped)
    for pending in delta.pushed where !popped.contains(pending.sequence) {
      try put(db, pending, encoder)
    }
    let remove = try db.cachedStatement(sql: "DELETE FROM pending WHERE sequence = ?")
    for sequence in delta.popped { try remove.execute(arguments: [Int64(sequence)]) }
    let update = try db.cachedStatement(
      sql: "UPDATE frame SET version = version + 1, body = ?")
    try update.execute(arguments: [try encoder.encode(cloud.frame)])
    return try version(db)
  }

  private static func put(
    _ db: Database, _ key: RowKey, _ cloud: SimulatedCloud, _ encoder: JSONEncoder
  ) throws {
    if let row = cloud.account[row: key] {
      let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO account VALUES (?, ?, ?)")
      try insert.execute(
        arguments: [key.table.rawValue, key.id, try encoder.encode(row)])
    } else {
      let delete = try db.cachedStatement(sql: "DELETE FROM account WHERE kind = ? AND id = ?")
      try delete.execute(arguments: [key.table.rawValue, key.id])
    }
  }

  private static func put(
    _ db: Database, _ pending: Delta.Pending, _ encoder: JSONEncoder
  ) throws {
    let insert = try db.cachedStatement(sql: "INSERT INTO pending VALUES (?, ?, ?)")
    try insert.execute(
      arguments: [
        Int64(pending.sequence), pending.time.milliseconds, try encoder.encode(pending),
      ])
  }
}

extension Statement {
  fileprivate func fetchVersion() throws -> Int64? { try Int64.fetchOne(self) }
}
