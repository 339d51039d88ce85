/// A JSON value. Numbers keep their text, so that nothing is lost between reading and writing.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is written.
  case number(String)
  case string(String)
  case array([JSON])
  /// Members in the order in which they stand; where a name comes twice, the last counts.
  case object([Member])

  /// A name and a value.
  package struct Member: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: JSON

    /// Makes a member.
    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The member of a name; nil where there is none, or where this is no object.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text of a string.
  package var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The elements of an array; nil for anything else.
  package var elements: [JSON]? { if case .array(let items) = self { items } else { nil } }

  /// The members of an object; nil for anything else.
  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// The truth value.
  package var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }

  /// The whole number, where it is one that fits.
  package var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }

  /// A whole number.
  package static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
}

extension JSON {
  /// The value as text: compact, or with two blanks of indentation a level.
  package func text(isPretty: Bool = false) -> String {
    var out = ""
    write(to: &out, indent: isPretty ? 0 : nil)
    return out
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let text): out += text
    case .string(let text): writeQuoted(text, to: &out)
    case .array(let items):
      writeSequence("[", "]", items, to: &out, indent: indent) { item, out, inner in
        item.write(to: &out, indent: inner)
      }
    case .object(let members):
      writeSequence("{", "}", members, to: &out, indent: indent) { member, out, inner in
        writeQuoted(member.name, to: &out)
        out += inner == nil ? ":" : ": "
        member.value.write(to: &out, indent: inner)
      }
    }
  }
}

private func writeSequence<E>(
  _ open: String, _ close: String, _ items: [E], to out: inout String, indent: Int?,
  _ body: (E, inout String, Int?) -> Void
) {
  out += open
  let inner = indent.map { $0 + 1 }
  for (index, item) in items.enumerated() {
    if index > 0 { out += "," }
    if let inner { out += "\n" + String(repeating: "  ", count: inner) }
    body(item, &out, inner)
  }
  if let indent, !items.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
  out += close
}

private func writeQuoted(_ text: String, to out: inout String) {
  out += "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: out.unicodeScalars.append(scalar)
    }
  }
  out += "\""
}
