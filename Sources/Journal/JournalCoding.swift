internal import Canon

/// A record as bytes: a version, the record as JSON, and a checksum over both, framed by their
/// length. A tail that was torn by a crash is recognised and cut.
package enum JournalCoding {
  /// Why bytes are no record.
  package enum Failure: Error, Hashable, Sendable {
    /// The frame is shorter than it says: the write did not finish.
    case torn
    /// The checksum does not fit the content.
    case damaged
    /// The record is of a form that this version does not read.
    case unknownVersion(UInt8)
    /// The content is no record; a sentence.
    case malformed(String)
  }

  /// The version that is written.
  package static let version: UInt8 = 1

  /// The bytes of a record: length of what follows (4 bytes, least first), version, JSON, and the
  /// first 8 bytes of SHA-256 over version and JSON.
  package static func frame(_ record: JournalRecord) throws(Failure) -> [UInt8] {
    let text: String
    do { text = try JSON(encoding: record).text() } catch {
      throw .malformed("the record has no JSON form: \(error)")
    }
    var body: [UInt8] = [version]
    body.append(contentsOf: text.utf8)
    body.append(contentsOf: Digest(of: body).bytes.prefix(8))
    let length = UInt32(body.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) } + body
  }

  /// Reads one framed record at an offset, and moves the offset past it.
  package static func read(
    _ bytes: [UInt8], at offset: inout Int
  ) throws(Failure) -> JournalRecord {
    guard offset + 4 <= bytes.count else { throw .torn }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    guard length >= 9 else { throw .damaged }
    guard offset + 4 + length <= bytes.count else { throw .torn }
    let body = Array(bytes[offset + 4..<offset + 4 + length - 8])
    let sum = Array(bytes[offset + 4 + length - 8..<offset + 4 + length])
    guard Array(Digest(of: body).bytes.prefix(8)) == sum else { throw .damaged }
    guard body[0] == version else { throw .unknownVersion(body[0]) }
    let record: JournalRecord
    do {
      record = try JSON(parsing: Array(body.dropFirst())).decode(JournalRecord.self)
    } catch {
      throw .malformed("\(error)")
    }
    offset += 4 + length
    return record
  }

  /// Reads records one after another. A last one that is torn or damaged is cut, since it was
  /// never durable; damage before the last is an error, since what followed was decided on it.
  package static func readAll(
    _ bytes: [UInt8]
  ) throws(Failure) -> (records: [JournalRecord], length: Int) {
    var records: [JournalRecord] = []
    var offset = 0
    while offset < bytes.count {
      let start = offset
      do {
        records.append(try read(bytes, at: &offset))
      } catch .torn {
        return (records, start)
      } catch .damaged where isLast(bytes, at: start) {
        return (records, start)
      }
    }
    return (records, offset)
  }

  private static func isLast(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard offset + 4 <= bytes.count else { return true }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    return offset + 4 + length >= bytes.count
  }
}
