import Canon
import CloudModel

extension Value {
  /// Writes the value as JSON.
  func writeJSON(to out: inout [UInt8]) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let truth): out += (truth ? "true" : "false").utf8
    case .int(let number): out += String(number).utf8
    case .string(let text): Self.writeQuoted(text, to: &out)
    case .list(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        item.writeJSON(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .record(let fields):
      out.append(UInt8(ascii: "{"))
      for (index, name) in fields.keys.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.writeQuoted(name, to: &out)
        out.append(UInt8(ascii: ":"))
        fields.values[index].writeJSON(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    case .secret, .residual: out += "\"?\"".utf8
    }
  }

  private static func writeQuoted(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0..<32:
        let digits = String(byte, radix: 16)
        out += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
