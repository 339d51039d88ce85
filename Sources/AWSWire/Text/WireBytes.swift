/// Bytes as `Value` has them.
package enum WireBytes {
  /// Bytes in base64.
  package static func base64(_ bytes: [UInt8]) -> String {
    String(decoding: Base64.encode(bytes), as: UTF8.self)
  }

  /// The bytes of a text in base64; nil where it is none.
  package static func fromBase64(_ text: String) -> [UInt8]? { Base64.decode(text.utf8) }
}
