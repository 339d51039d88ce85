/// Writes XML: elements, attributes and texts.
struct XMLWriter {
  private(set) var bytes: [UInt8] = []

  /// Opens an element, its attributes in order.
  mutating func open(_ name: String, _ attributes: [(name: String, value: String)] = [])
    throws(WireError)
  {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: name.utf8)
    for (name, value) in attributes {
      bytes.append(32)
      bytes.append(contentsOf: name.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      try text(value, isAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  /// Opens an element whose name is bytes.
  @inline(__always)
  mutating func open(_ name: [UInt8]) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Opens an element whose name is bytes, its attributes in order.
  mutating func open(
    _ name: [UInt8], _ attributes: [(name: String, value: String)]
  ) throws(WireError) {
    try open(String(decoding: name, as: UTF8.self), attributes)
  }

  /// Closes an element whose name is bytes.
  @inline(__always)
  mutating func close(_ name: [UInt8]) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(UInt8(ascii: "/"))
    bytes.append(contentsOf: name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// A number's digits.
  mutating func number(_ number: Int64) { WireText.append(number, to: &bytes) }

  /// Closes an element.
  mutating func close(_ name: String) {
    bytes.append(contentsOf: "</".utf8)
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ">"))
  }

  /// An element that holds a text.
  mutating func element(_ name: String, _ content: String) throws(WireError) {
    try open(name)
    try text(content)
    close(name)
  }

  /// A text; carriage returns are escaped, since readers take bare ones for line ends.
  ///
  /// - Throws: `parameter` for a character that XML cannot carry.
  mutating func text(_ text: String, isAttribute: Bool = false) throws(WireError) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    var isPlain = true
    for at in start..<bytes.count where !Self.isPlain(bytes[at], isAttribute) {
      isPlain = false
      break
    }
    if isPlain { return }
    bytes.removeLast(bytes.count - start)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": append("&amp;")
      case "<": append("&lt;")
      case ">": append("&gt;")
      case "\"": append(isAttribute ? "&quot;" : "\"")
      case "\r": append("&#xD;")
      case "\n": append(isAttribute ? "&#xA;" : "\n")
      case "\t": append(isAttribute ? "&#x9;" : "\t")
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}":
        throw WireError(.parameter, "XML has no form for the character U+\(hex(scalar.value))")
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  private static func isPlain(_ byte: UInt8, _ isAttribute: Bool) -> Bool {
    byte >= 32 && byte < 0xEF && (byte != 34 || !isAttribute) && byte != 38 && byte != 60
      && byte != 62
  }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
