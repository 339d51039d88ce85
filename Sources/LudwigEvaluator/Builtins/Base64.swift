/// Bytes as text after RFC 4648: how values of type `Bytes` are held, since API calls carry them
/// so.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Bytes as text, padded.
  static func text(of bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
      for index in 0..<4 {
        let symbol = alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)]
        out.append(index <= part.count ? symbol : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of a padded text without line breaks; nil for anything else.
  static func bytes(of text: String) -> [UInt8]? {
    let symbols = Array(text.utf8)
    guard symbols.count % 4 == 0 else { return nil }
    var values = [UInt8](repeating: 255, count: 256)
    for (value, symbol) in alphabet.enumerated() { values[Int(symbol)] = UInt8(value) }
    let padding = symbols.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(symbols.count / 4 * 3)
    var bits: UInt32 = 0
    for (index, symbol) in symbols.dropLast(padding).enumerated() {
      let value = values[Int(symbol)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      if index % 4 == 0 { continue }
      out.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * (index % 4))))
    }
    return out
  }
}
