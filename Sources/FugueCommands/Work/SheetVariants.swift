/// Other versions of a sheet, each with one field of a record written otherwise: truth values
/// turned round, numbers and texts changed, lists emptied, fields left out. Which of them compile,
/// the compiler tells.
struct SheetVariants {
  /// A version.
  struct Variant {
    /// The field's name.
    let field: String
    /// The line from 1.
    let line: Int
    /// What stood there, and what stands there now; nothing where the field is left out.
    let change: String
    /// The whole text.
    let bytes: [UInt8]
  }

  private let bytes: [UInt8]

  /// Versions of a sheet's text.
  init(of bytes: [UInt8]) { self.bytes = bytes }

  /// All of them, in order of their places.
  var all: [Variant] { fields.flatMap(variants) }

  private struct Field {
    let name: String
    let start: Int
    let value: Range<Int>
  }

  /// Fields within braces: a name, a colon, and a value up to the comma or brace on its level.
  private var fields: [Field] {
    var out: [Field] = []
    var depth = 0
    var index = 0
    while index < bytes.count {
      if let end = endOfOpaque(at: index) {
        index = end
        continue
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      guard depth > 0, isName(byte), index == 0 || !isName(bytes[index - 1]) else {
        index += 1
        continue
      }
      var end = index
      while end < bytes.count, isName(bytes[end]) { end += 1 }
      var next = end
      while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
      if next < bytes.count, bytes[next] == UInt8(ascii: ":"), isFirstOfField(index) {
        let name = String(decoding: bytes[index..<end], as: UTF8.self)
        out.append(Field(name: name, start: index, value: value(from: next + 1)))
      }
      index = end
    }
    return out
  }

  /// Whether what stands before is the beginning of a record or another field's end.
  private func isFirstOfField(_ index: Int) -> Bool {
    let before = bytes[..<index].last { !isBlank($0) }
    return before == UInt8(ascii: "{") || before == UInt8(ascii: ",") || isAfterComment(index)
  }

  private func isAfterComment(_ index: Int) -> Bool {
    let line = bytes[..<index].lastIndex(of: UInt8(ascii: "\n")) ?? -1
    guard line >= 0, bytes[(line + 1)..<index].allSatisfy(isBlank) else { return false }
    let above = bytes[..<line].lastIndex(of: UInt8(ascii: "\n")) ?? -1
    return bytes[(above + 1)..<line].first { !isBlank($0) } == UInt8(ascii: "#")
  }

  private func value(from start: Int) -> Range<Int> {
    var first = start
    while first < bytes.count, isBlank(bytes[first]) { first += 1 }
    var index = first
    var depth = 0
    while index < bytes.count {
      if let end = endOfOpaque(at: index) {
        index = end
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
        if depth == 0 { return trimmed(first..<index) }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return trimmed(first..<index)
      case _: break
      }
      index += 1
    }
    return trimmed(first..<index)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  /// Where a comment or a text that begins here ends.
  private func endOfOpaque(at index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "#"):
      return bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      var end = index + 1
      while end < bytes.count, bytes[end] != bytes[index] {
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      return min(end + 1, bytes.count)
    case _: return nil
    }
  }

  private func variants(of field: Field) -> [Variant] {
    let text = String(decoding: bytes[field.value], as: UTF8.self)
    let line = bytes[..<field.start].count { $0 == UInt8(ascii: "\n") } + 1
    var out = Self.others(than: text).map { other in
      Variant(
        field: field.name, line: line, change: "\(Self.short(text)) → \(Self.short(other))",
        bytes: Array(bytes[..<field.value.lowerBound]) + Array(other.utf8)
          + bytes[field.value.upperBound...])
    }
    var end = field.value.upperBound
    while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: ",") { end += 1 }
    out.append(
      Variant(
        field: field.name, line: line, change: "\(Self.short(text)) → not declared",
        bytes: Array(bytes[..<field.start]) + bytes[end...]))
    return out
  }

  private static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 40 ? line.prefix(37) + "…" : line
  }

  private static func others(than text: String) -> [String] {
    if text == "True" { return ["False"] }
    if text == "False" { return ["True"] }
    if let number = Int(text) { return ["\(number + 1)"] }
    if text.first == "\"", text.last == "\"", text.count >= 2, !text.contains("${") {
      return texts(otherThan: String(text.dropFirst().dropLast())).map { "\"\($0)\"" }
    }
    if text.first == "[", text.last == "]", text.count > 2 { return ["[]"] }
    return []
  }

  /// Another block of addresses, or another text.
  private static func texts(otherThan text: String) -> [String] {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 4, parts[3].contains("/"), let third = Int(parts[2]) {
      let neighbour = "\(parts[0]).\(parts[1]).\((third + 1) % 256).\(parts[3])"
      let isNarrow = parts[3].split(separator: "/").last.flatMap { Int($0) } ?? 0 >= 24
      return (isNarrow ? [neighbour] : []) + [parts[0] + ".77.0.0/16"]
    }
    // A path ends as before, and an identifier of AWS's making is as long as before.
    if text.count > 1, text.hasSuffix("/") { return [text.dropLast() + "2/"] }
    let digits = text.split(separator: "-").last ?? ""
    if digits.count < text.count, [8, 17].contains(digits.count), digits.allSatisfy(\.isHexDigit) {
      return [text.dropLast() + (text.last == "0" ? "1" : "0")]
    }
    return [text + "2"]
  }

  private func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    case _: false
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte)
  }
}
