import Foundation

/// A sheet of the library as its documentation tells of it: members with their comments, and the
/// examples in these.
struct DocumentedSheet {
  /// An example: an expression, and its value or the message that it stops with.
  struct Example {
    /// The expression.
    var expression: String
    /// The value, as an expression; or `error: ` and the message.
    var expected: String
  }

  /// A value or function that the sheet declares.
  struct Member {
    /// Its name.
    var name: String
    /// Its comment, without marks.
    var comment: [String]
    /// The comment's examples.
    var examples: [Example]
  }

  /// The module's name.
  let module: String
  /// Its import lines.
  private(set) var imports: [String] = []
  /// What it exports; nil where it exports everything.
  private(set) var exports: [String]?
  /// All members, private ones included.
  private(set) var members: [Member] = []

  /// What other sheets can name.
  var shown: [Member] {
    guard let exports else { return members }
    return members.filter { exports.contains($0.name) }
  }

  /// The name by which examples qualify members.
  var qualifier: String { String(module.split(separator: ".").last ?? "") }

  /// All sheets of the library below a folder, in order of their names.
  static func all(below folder: String) -> [DocumentedSheet] {
    let root = URL(filePath: Workshop.root + "Library")
    let found = FileManager.default.enumerator(atPath: root.path())
    let paths = (found?.allObjects ?? []).compactMap { $0 as? String }
    let chosen = paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".lw") }.sorted()
    return chosen.compactMap { path in
      guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else {
        return nil
      }
      let module = path.dropLast(3).split(separator: "/").joined(separator: ".")
      return DocumentedSheet(module: module, text: text)
    }
  }

  private init(module: String, text: String) {
    self.module = module
    var comment: [String] = []
    var isExporting = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if isExporting, line.hasPrefix("  ") {
        let words = line.split(separator: " ")
        if words.count == 1 { exports?.append(String(words[0])) }
        continue
      }
      isExporting = line == "export"
      if isExporting { exports = exports ?? [] }
      if line.hasPrefix("import ") { imports.append(line) }
      if line.hasPrefix("#") {
        comment.append(String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1)))
      } else {
        if let name = Self.declared(by: line) {
          members.append(
            Member(name: name, comment: comment, examples: Self.examples(in: comment)))
        }
        comment = []
      }
    }
  }

  /// The name that a line at the left margin declares, where it declares a value.
  private static func declared(by line: String) -> String? {
    guard let first = line.first, first.isLetter,
      !["type", "import", "export", "operator", "validate", "composition"].contains(where: {
        line == $0 || line.hasPrefix($0 + " ")
      })
    else { return nil }
    if line.hasPrefix("fun ") {
      return String(line.dropFirst(4).prefix { $0.isLetter || $0.isNumber || "-_".contains($0) })
    }
    return line.prefix { $0 != ":" }.split(separator: " ").last.map(String.init)
  }

  private static func examples(in comment: [String]) -> [Example] {
    comment.indices.filter { comment[$0].hasPrefix(">>> ") }.map { index in
      Example(
        expression: String(comment[index].dropFirst(4)),
        expected: index + 1 < comment.count ? comment[index + 1] : "")
    }
  }
}
