/// The page of a diagnostic in `docs/diagnostics`, which the program carries.
struct DiagnosticPage: Sendable {
  /// The code, for instance `FG0203`.
  let code: String
  /// The page's title without the code.
  let headline: String
  /// The whole page.
  let text: String

  /// All pages, in order of their codes.
  static let all: [DiagnosticPage] = EmbeddedText.all.map { path, content in
    let code = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
    let title = content.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " }
    let headline = title.hasPrefix("\(code): ") ? title.dropFirst(code.count + 2) : title
    return DiagnosticPage(code: code, headline: String(headline), text: content)
  }

  private init(code: String, headline: String, text: String) {
    (self.code, self.headline, self.text) = (code, headline, text)
  }

  /// The page of a code as a user types it: in any case, `FG` and leading zeros left out or not.
  init?(_ typed: String) {
    guard let page = Self.all.first(where: { $0.code == Self.normal(typed) }) else { return nil }
    self = page
  }

  private static func normal(_ typed: String) -> String {
    let upper = typed.uppercased()
    let digits = upper.hasPrefix("FG") ? upper.dropFirst(2) : upper[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return upper }
    return "FG" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Pages whose codes are like what was typed, at most five, the likest first.
  static func near(_ typed: String) -> [DiagnosticPage] {
    let wanted = Array(normal(typed).utf8)
    let measured = all.map { (page: $0, distance: distance(wanted, Array($0.code.utf8))) }
    guard let least = measured.map(\.distance).min(), least <= 2 else { return [] }
    return Array(measured.filter { $0.distance == least }.map(\.page).prefix(5))
  }

  /// The number of letters to change, insert or remove.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard a.count <= 64 else { return a.count }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let change = previous + (x == y ? 0 : 1)
        previous = row[j + 1]
        row[j + 1] = min(change, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
