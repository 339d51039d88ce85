internal import Canon
internal import CloudModel

/// Writes values as CBOR by their shapes.
///
/// Source: RFC 8949; Smithy RPC v2 CBOR protocol.
struct WireCBORWriter {
  private let nodes: [WireNode]
  private let isRequest: Bool
  private var finder: FieldFinder
  private(set) var bytes: [UInt8] = []

  /// A writer of requests, or of answers.
  init(_ nodes: [WireNode], isRequest: Bool) {
    self.nodes = nodes
    self.isRequest = isRequest
    finder = FieldFinder(count: nodes.count, isComplete: isRequest)
  }

  /// Writes a head: the major type, and a length or a number.
  mutating func head(_ major: UInt8, _ value: UInt64) {
    let major = major << 5
    switch value {
    case 0..<24: bytes.append(major | UInt8(value))
    case 24..<0x100:
      bytes.append(major | 24)
      bytes.append(UInt8(value))
    case 0x100..<0x1_0000: append(major | 25, value, 2)
    case 0x1_0000..<0x1_0000_0000: append(major | 26, value, 4)
    default: append(major | 27, value, 8)
    }
  }

  private mutating func append(_ first: UInt8, _ value: UInt64, _ count: Int) {
    bytes.append(first)
    var shift = UInt64(count) * 8
    while shift > 0 {
      shift -= 8
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Writes a text.
  mutating func text(_ text: String) {
    head(3, UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a structure.
  mutating func structure(_ value: Value, _ shape: Int) throws(WireError) {
    let node = nodes[shape]
    let (fields, places) = try finder.places(value, shape, node)
    let values = fields.values
    var count = 0
    for field in values {
      if case .null = field { continue }
      count += 1
    }
    head(5, UInt64(count))
    var index = 0
    for place in places {
      let (member, field) = (node.members[place], values[index])
      index += 1
      guard try finder.counts(field, member) else { continue }
      head(3, UInt64(member.bytes.count))
      bytes.append(contentsOf: member.bytes)
      do throws(WireError) { try self.value(field, member) } catch {
        throw error.inside(member.name)
      }
    }
  }

  /// Writes what stands at a member's place.
  mutating func value(_ value: Value, _ member: WireMember) throws(WireError) {
    let node = nodes[member.node]
    if case .null = value {
      bytes.append(0xF6)
      return
    }
    switch node.kind {
    case .structure: try structure(value, member.node)
    case .list:
      guard case .list(let items) = value else { throw WireScalar.unfit(value, "a list") }
      head(4, UInt64(items.count))
      for (index, item) in items.enumerated() {
        do throws(WireError) { try self.value(item, node.members[0]) } catch {
          throw error.inside(index)
        }
      }
    case .map:
      guard case .record(let entries) = value else { throw WireScalar.unfit(value, "a record") }
      head(5, UInt64(entries.count))
      for (key, entry) in entries {
        text(key)
        do throws(WireError) { try self.value(entry, node.members[1]) } catch {
          throw error.inside(key)
        }
      }
    case .string: text(try WireScalar.string(value))
    case .integer: integer(try WireScalar.integer(value))
    case .boolean: bytes.append(try WireScalar.boolean(value) ? 0xF5 : 0xF4)
    case .blob:
      let blob = try WireScalar.bytes(value)
      head(2, UInt64(blob.count))
      bytes += blob
    case .float: float(try WireScalar.float(value), isSingle: node.isSingle)
    case .timestamp:
      head(6, 1)
      let moment = try WireScalar.moment(value)
      if isRequest || moment.microseconds == 0 {
        integer(moment.seconds)
      } else {
        float(Double(moment.seconds) + Double(moment.microseconds) / 1e6, isSingle: false)
      }
    case .document: throw WireError(.unsupported, "CBOR has no documents here")
    }
  }

  private mutating func integer(_ number: Int64) {
    if number < 0 { head(1, UInt64(-1 - number)) } else { head(0, UInt64(number)) }
  }

  private mutating func float(_ number: Double, isSingle: Bool) {
    if number.isNaN {
      bytes += [0xF9, 0x7E, 0x00]
    } else if number.isInfinite {
      bytes += [0xF9, number < 0 ? 0xFC : 0x7C, 0x00]
    } else if isSingle {
      append(0xFA, UInt64(Float(number).bitPattern), 4)
    } else {
      append(0xFB, number.bitPattern, 8)
    }
  }
}
