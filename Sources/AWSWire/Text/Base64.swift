/// Base64 by RFC 4648, with padding.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The values of the alphabet's letters; 255 for any other byte.
  private static let values: [UInt8] = {
    var out = Array(repeating: UInt8(255), count: 256)
    for (value, letter) in alphabet.enumerated() { out[Int(letter)] = UInt8(value) }
    return out
  }()

  /// The text of bytes.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Self.alphabet
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var at = 0
    while at + 2 < bytes.count {
      let group = UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2])
      out.append(alphabet[Int(group >> 18)])
      out.append(alphabet[Int(group >> 12 & 63)])
      out.append(alphabet[Int(group >> 6 & 63)])
      out.append(alphabet[Int(group & 63)])
      at += 3
    }
    guard at < bytes.count else { return out }
    let first = bytes[at]
    let second = at + 1 < bytes.count ? bytes[at + 1] : nil
    out.append(alphabet[Int(first >> 2)])
    out.append(alphabet[Int((first & 3) << 4 | (second ?? 0) >> 4)])
    out.append(second.map { alphabet[Int(($0 & 15) << 2)] } ?? UInt8(ascii: "="))
    out.append(UInt8(ascii: "="))
    return out
  }

  /// The bytes of a text; nil where it is no base64. Blanks and line ends count for nothing, and
  /// padding may be missing.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    let values = Self.values
    var out: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var isPadded = false
    for byte in text {
      if byte == UInt8(ascii: "=") {
        isPadded = true
        continue
      }
      let value = values[Int(byte)]
      if value == 255 {
        if byte == 10 || byte == 13 || byte == 32 || byte == 9 { continue }
        return nil
      }
      if isPadded { return nil }
      group = group << 6 | UInt32(value)
      count += 1
      if count == 4 {
        out.append(UInt8(group >> 16))
        out.append(UInt8(group >> 8 & 255))
        out.append(UInt8(group & 255))
        (group, count) = (0, 0)
      }
    }
    switch count {
    case 0: return out
    case 2: return out + [UInt8(group >> 4 & 255)]
    case 3: return out + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    default: return nil
    }
  }

  /// The text in its one form; nil where it is no base64.
  static func normalised(_ text: String) -> String? {
    if isNormal(text) { return text }
    return decode(text.utf8).map { String(decoding: encode($0), as: UTF8.self) }
  }

  /// Whether a text is in that form already, as far as letters and padding show.
  private static func isNormal(_ text: String) -> Bool {
    guard text.utf8.count % 4 == 0 else { return false }
    if text.utf8.isEmpty { return true }
    let values = Self.values
    let body = text.utf8.dropLast(2)
    let tail = Array(text.utf8.suffix(2))
    guard body.allSatisfy({ values[Int($0)] != 255 }) else { return false }
    let pad = UInt8(ascii: "=")
    switch (tail[0] == pad, tail[1] == pad) {
    case (false, false): return values[Int(tail[0])] != 255 && values[Int(tail[1])] != 255
    case (false, true): return values[Int(tail[0])] != 255 && values[Int(tail[0])] & 3 == 0
    case (true, true): return body.last.map { values[Int($0)] & 15 == 0 } ?? false
    case (true, false): return false
    }
  }
}
