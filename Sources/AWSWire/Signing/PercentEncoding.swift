extension [UInt8] {
  /// Adds a text percent-encoded: all but letters, digits, `-`, `.`, `_`, `~`, and `/` where it is
  /// kept. Source: AWS, "Create a signed AWS API request", `UriEncode`.
  mutating func appendEncoded(_ bytes: some Sequence<UInt8>, keepsSlash: Bool = false) {
    for byte in bytes {
      if Self.isUnreserved(byte) || (keepsSlash && byte == UInt8(ascii: "/")) {
        append(byte)
      } else {
        append(UInt8(ascii: "%"))
        append(Self.upperHexDigit(byte >> 4))
        append(Self.upperHexDigit(byte & 15))
      }
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func upperHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}

extension WireRequest {
  /// Path and query as they stand in the request line. The query is encoded as signatures want it,
  /// so what is signed is what is sent.
  package var target: String {
    guard !query.isEmpty else { return path }
    var out = Array(path.utf8)
    out.append(UInt8(ascii: "?"))
    for (index, field) in query.enumerated() {
      if index > 0 { out.append(UInt8(ascii: "&")) }
      out.appendEncoded(field.name.utf8)
      if let value = field.value {
        out.append(UInt8(ascii: "="))
        out.appendEncoded(value.utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// A text percent-encoded as signatures want it; slashes are kept where it is said.
package func percentEncoded(_ text: String, keepsSlash: Bool = false) -> String {
  var out: [UInt8] = []
  out.appendEncoded(text.utf8, keepsSlash: keepsSlash)
  return String(decoding: out, as: UTF8.self)
}

/// A text whose `%41` are decoded, and `+` kept; itself where that gives no UTF-8.
package func percentDecoded(_ text: String) -> String {
  PercentText.decoded(Array(text.utf8)[...], plusIsBlank: false) ?? text
}
