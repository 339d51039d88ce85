/// Percent-encoding by RFC 3986: all but letters, digits and `-._~` become `%XX`.
enum PercentText {
  private static let digits = Array("0123456789ABCDEF".utf8)

  private static let isPlain: [Bool] = {
    var out = Array(repeating: false, count: 256)
    let plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    for byte in plain.utf8 { out[Int(byte)] = true }
    return out
  }()

  /// Appends a text, encoded; a slash stays where `keepsSlash`.
  static func append(_ text: String, to out: inout [UInt8], keepsSlash: Bool = false) {
    let isPlain = Self.isPlain
    let digits = Self.digits
    for byte in text.utf8 {
      if isPlain[Int(byte)] || (keepsSlash && byte == UInt8(ascii: "/")) {
        out.append(byte)
      } else {
        out.append(UInt8(ascii: "%"))
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      }
    }
  }

  /// A text, encoded.
  static func encoded(_ text: String, keepsSlash: Bool = false) -> String {
    var out: [UInt8] = []
    append(text, to: &out, keepsSlash: keepsSlash)
    return String(decoding: out, as: UTF8.self)
  }

  /// The text of encoded bytes of a path or a query; what is no `%XX` stands for itself; nil where
  /// the bytes are not UTF-8.
  static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool) -> String? {
    let isBare = bytes.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
    if isBare { return String(validating: bytes, as: UTF8.self) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      if byte == UInt8(ascii: "%"), at + 2 < bytes.endIndex, let high = value(bytes[at + 1]),
        let low = value(bytes[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(plusIsBlank && byte == UInt8(ascii: "+") ? 32 : byte)
        at += 1
      }
    }
    return String(validating: out, as: UTF8.self)
  }

  /// The value of a hexadecimal digit; nil where a byte is none.
  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }
}
