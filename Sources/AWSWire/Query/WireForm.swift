/// A form: names and values in order, decoded.
struct WireForm {
  /// The decoded names and values, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each field's name stands, and its value; nil where no `=` follows the name.
  private(set) var places: [(name: Range<Int>, value: Range<Int>?)] = []

  /// Reads a body of `application/x-www-form-urlencoded`, or a query.
  init(_ encoded: [UInt8], _ limits: WireLimits) throws(WireError) {
    guard encoded.count <= limits.bodyBytes else {
      throw WireError(.limit, "a body has at most \(limits.bodyBytes) bytes")
    }
    bytes.reserveCapacity(encoded.count)
    var at = 0
    while at < encoded.count {
      if encoded[at] == UInt8(ascii: "&") {
        at += 1
        continue
      }
      guard places.count < limits.values else {
        throw WireError(.limit, "a form has at most \(limits.values) fields")
      }
      let start = bytes.count
      at = decode(encoded, at, isName: true)
      let name = start..<bytes.count
      guard at < encoded.count, encoded[at] == UInt8(ascii: "=") else {
        places.append((name, nil))
        continue
      }
      at = decode(encoded, at + 1, isName: false)
      places.append((name, name.upperBound..<bytes.count))
    }
    guard (try? UTF8Span(validating: bytes.span)) != nil else {
      throw WireError(.malformed, "a form is not UTF-8")
    }
  }

  /// Adds fields that were decoded already.
  mutating func append(_ fields: [WireField]) {
    for field in fields {
      let start = bytes.count
      bytes.append(contentsOf: field.name.utf8)
      let middle = bytes.count
      bytes.append(contentsOf: (field.value ?? "").utf8)
      places.append((start..<middle, field.value == nil ? nil : middle..<bytes.count))
    }
  }

  /// The value of the first field of a name; nil where there is none.
  func value(of name: String) -> String? {
    let wanted = Array(name.utf8)
    let found = places.first { WireText.equals(wanted, $0.name, in: bytes) }
    return found.flatMap { WireText.string(bytes, $0.value ?? 0..<0) }
  }

  /// Decodes up to the end of a name or a value, and returns where that is.
  private mutating func decode(_ encoded: [UInt8], _ start: Int, isName: Bool) -> Int {
    var at = start
    while at < encoded.count {
      let byte = encoded[at]
      switch byte {
      case UInt8(ascii: "&"): return at
      case UInt8(ascii: "=") where isName: return at
      case UInt8(ascii: "+"): bytes.append(32)
      case UInt8(ascii: "%"):
        if at + 2 < encoded.count, let high = PercentText.value(encoded[at + 1]),
          let low = PercentText.value(encoded[at + 2])
        {
          bytes.append(high << 4 | low)
          at += 2
        } else {
          bytes.append(byte)
        }
      default: bytes.append(byte)
      }
      at += 1
    }
    return at
  }
}
