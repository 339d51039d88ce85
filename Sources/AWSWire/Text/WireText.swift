internal import CloudModel

/// Texts and numbers straight from bytes and to them.
enum WireText {
  /// Whether some bytes stand at a place of others.
  @inline(__always)
  static func equals(_ wanted: [UInt8], _ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    guard wanted.count == range.count else { return false }
    var at = range.lowerBound
    for byte in wanted {
      if bytes[at] != byte { return false }
      at += 1
    }
    return true
  }

  /// The text of bytes; nil where they are not UTF-8.
  static func string(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    guard !range.isEmpty else { return "" }
    guard let text = try? UTF8Span(validating: bytes.span.extracting(range)) else { return nil }
    return String(copying: text)
  }

  /// The whole number that digits stand for, at most 18 of them, with a minus or none; nil for any
  /// other bytes, which may be a number nonetheless.
  static func integer(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    var at = range.lowerBound
    let isNegative = !range.isEmpty && bytes[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    guard at < range.upperBound, range.upperBound - at <= 18 else { return nil }
    var number: Int64 = 0
    while at < range.upperBound {
      let digit = bytes[at] &- 48
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
      at += 1
    }
    return isNegative ? -number : number
  }

  /// Appends a number's digits.
  static func append(_ number: Int64, to out: inout [UInt8]) {
    var rest = number.magnitude
    if number < 0 { out.append(UInt8(ascii: "-")) }
    let start = out.count
    repeat {
      out.append(UInt8(truncatingIfNeeded: rest % 10) + 48)
      rest /= 10
    } while rest > 0
    var (low, high) = (start, out.count - 1)
    while low < high {
      out.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }

  /// The value of a scalar that XML or a form has as these bytes; nil where it is not of the form
  /// that is common, and `WireScalar` must say what it is.
  static func scalar(_ bytes: [UInt8], _ range: Range<Int>, _ kind: WireNode.Kind) -> Value? {
    switch kind {
    case .integer: integer(bytes, range).map { .int($0) }
    case .boolean:
      if equals(trueBytes, range, in: bytes) {
        .bool(true)
      } else {
        equals(falseBytes, range, in: bytes) ? .bool(false) : nil
      }
    case .timestamp: WireMoment.iso8601(bytes, range).map { .string($0) }
    case .string: string(bytes, range).map { .string($0) }
    case .float, .blob, .structure, .list, .map, .document: nil
    }
  }

  private static let trueBytes = Array("true".utf8)
  private static let falseBytes = Array("false".utf8)
}
