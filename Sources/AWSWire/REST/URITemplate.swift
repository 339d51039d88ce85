/// A path with labels and the query that is always there: `/{Bucket}/{Key+}?acl`.
struct URITemplate: Sendable {
  /// A part of a path between slashes.
  enum Segment: Hashable, Sendable {
    /// Fixed text.
    case literal(String)
    /// Text before a label, the label's name, and text after it.
    case label(String, String, String)
    /// The rest of the path, slashes and all.
    case rest(String)
  }

  /// The parts of the path.
  let segments: [Segment]
  /// The fixed query.
  let query: [WireField]
  /// Whether the path ends with a slash.
  let endsWithSlash: Bool

  /// Takes a template apart.
  init(_ text: String) {
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = halves[0]
    segments = path.split(separator: "/").map(Self.segment)
    endsWithSlash = path.hasSuffix("/")
    query =
      halves.count < 2
      ? []
      : halves[1].split(separator: "&").map { pair in
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return WireField(String(sides[0]), sides.count > 1 ? String(sides[1]) : nil)
      }
  }

  private static func segment(_ text: Substring) -> Segment {
    guard let open = text.firstIndex(of: "{"), let close = text.firstIndex(of: "}"), open < close
    else { return .literal(String(text)) }
    let name = text[text.index(after: open)..<close]
    if name.hasSuffix("+") { return .rest(String(name.dropLast())) }
    return .label(
      String(text[..<open]), String(name), String(text[text.index(after: close)...]))
  }

  /// The path with texts in place of the labels, percent-encoded.
  ///
  /// - Throws: `parameter` where a label has no text, or an empty one.
  func path(_ labels: [String: String]) throws(WireError) -> String {
    var out: [UInt8] = []
    for segment in segments {
      out.append(UInt8(ascii: "/"))
      switch segment {
      case .literal(let text): out += text.utf8
      case .label(let before, let name, let after):
        out += before.utf8
        PercentText.append(try Self.text(name, labels), to: &out)
        out += after.utf8
      case .rest(let name):
        PercentText.append(try Self.text(name, labels), to: &out, keepsSlash: true)
      }
    }
    if out.isEmpty || endsWithSlash { out.append(UInt8(ascii: "/")) }
    return String(decoding: out, as: UTF8.self)
  }

  private static func text(
    _ name: String, _ labels: [String: String]
  ) throws(WireError) -> String {
    guard let text = labels[name], !text.isEmpty else {
      throw WireError(.parameter, at: name, "it is part of the path, and so must not be empty")
    }
    return text
  }

  /// The texts of the labels in a path, and how many parts are fixed; nil where it does not fit.
  func match(_ path: String) -> (labels: [String: String], fixed: Int)? {
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var labels: [String: String] = [:]
    var fixed = 0
    var at = parts.startIndex
    for (index, segment) in segments.enumerated() {
      guard at < parts.endIndex else { return nil }
      switch segment {
      case .literal(let text):
        guard Self.decoded(parts[at]) == text else { return nil }
        fixed += 1
        at += 1
      case .label(let before, let name, let after):
        guard let text = Self.decoded(parts[at]), text.hasPrefix(before), text.hasSuffix(after),
          text.utf8.count > before.utf8.count + after.utf8.count
        else { return nil }
        labels[name] = String(text.dropFirst(before.count).dropLast(after.count))
        at += 1
      case .rest(let name):
        let following = segments.count - index - 1
        let end = parts.endIndex - following
        guard end > at, let text = Self.decoded(parts[at..<end].joined(separator: "/")),
          !text.isEmpty
        else { return nil }
        labels[name] = text
        at = end
      }
    }
    let isAtEnd = at == parts.endIndex || (at == parts.endIndex - 1 && parts[at].isEmpty)
    return isAtEnd ? (labels, fixed) : nil
  }

  private static func decoded(_ text: some StringProtocol) -> String? {
    PercentText.decoded(Array(text.utf8)[...], plusIsBlank: false)
  }
}
