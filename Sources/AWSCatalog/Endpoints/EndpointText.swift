/// What the rules of endpoints ask of texts.
enum EndpointText {
  /// Whether a text is a label of a host's name, or several with dots between them.
  ///
  /// Source: RFC 1123, 2.1.
  static func isHostLabel(_ text: String, dotted: Bool) -> Bool {
    let labels = dotted ? text.split(separator: ".", omittingEmptySubsequences: false) : [text[...]]
    return labels.allSatisfy { label in
      let bytes = Array(label.utf8)
      return (1...63).contains(bytes.count) && isAlphanumeric(bytes[0])
        && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// Whether a bucket's name can be a part of a host's.
  static func isBucketHost(_ text: String, dotted: Bool) -> Bool {
    text.utf8.count >= 3 && !text.utf8.contains { (65...90).contains($0) } && !isIPv4(text)
      && isHostLabel(text, dotted: dotted)
  }

  private static func isIPv4(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy {
        (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
      }
  }

  /// A text, percent-encoded but for letters, digits and `-._~`.
  static func encoded(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      if isAlphanumeric(byte) || [45, 46, 95, 126].contains(byte) {
        out.append(byte)
      } else {
        out.append(37)
        out += [byte >> 4, byte & 15].map { $0 < 10 ? $0 + 48 : $0 + 55 }
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The parts of a web address; nil for one with a query, or of another scheme.
  static func url(_ text: String) -> EndpointValue? {
    guard let middle = text.range(of: "://") else { return nil }
    let scheme = text[..<middle.lower]
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = text[middle.upper...]
    guard !rest.contains("?"), !rest.contains("#") else { return nil }
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...]
    let host =
      authority.hasPrefix("[") ? authority.prefix { $0 != "]" } : authority.prefix { $0 != ":" }
    return .record([
      "scheme": .text(String(scheme)), "authority": .text(String(authority)),
      "path": .text(String(path)),
      "normalizedPath": .text(path.isEmpty ? "/" : path.hasSuffix("/") ? String(path) : path + "/"),
      "isIp": .truth(host.hasPrefix("[") || isIPv4(host)),
    ])
  }

  /// The parts of an ARN; nil for anything else.
  static func arn(_ text: String) -> EndpointValue? {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty,
      !parts[5].isEmpty
    else { return nil }
    let resource = parts[5].split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }
    return .record([
      "partition": .text(String(parts[1])), "service": .text(String(parts[2])),
      "region": .text(String(parts[3])), "accountId": .text(String(parts[4])),
      "resourceId": .list(resource.map { .text(String($0)) }),
    ])
  }
}

extension String {
  /// Where a text stands first.
  fileprivate func range(of wanted: String) -> (lower: Index, upper: Index)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(wanted) {
        return (start, index(start, offsetBy: wanted.count))
      }
      start = index(after: start)
    }
    return nil
  }
}
