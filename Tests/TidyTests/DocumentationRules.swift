import Foundation

/// Rules on documentation: comments on declarations, pages of diagnostics, links.
enum DocumentationRules {
  private static let declaration = Pattern(
    #"^[ ]*(?:@\w+(?:\([^)\n]*\))?[ ]+)*package[ ]+(?:(?:internal\(set\)|private\(set\)|fileprivate\(set\)|static|mutating|nonmutating|final|indirect|consuming|borrowing|nonisolated|convenience|required|override|lazy)[ ]+)*(func|var|let|struct|enum|class|actor|protocol|init|typealias|subscript)\b[ ]*(`[^`\n]*`|[<>=!+*/%&|^~.-]+(?=[ (])|\w*)"#
  )

  /// Members that fulfil well-known protocols; what they do is said there.
  private static let witnesses: Set = [
    "description", "debugDescription", "==", "<", "<=", "+", "-", "~=", "hash", "encode",
    "makeIterator", "next", "rawValue", "errorDescription",
  ]

  /// `package` declarations without a comment before them. Members of a conformance
  /// (`extension T: P`) need none, since the protocol says what they do.
  static func undocumented(_ file: SourceFile) -> [Violation] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    let conformances = conformanceLines(file)
    return declaration.matches(in: file.code).compactMap { match in
      let (keyword, name) = (match.groups[1], match.groups[2])
      let isMember = match.groups[0].hasPrefix(" ")
      if isMember, conformances.contains(match.line) || witnesses.contains(name) { return nil }
      if isMember, keyword == "init", lines[match.line - 1].contains("(from decoder:") {
        return nil
      }
      guard !isDocumented(match.line, lines) else { return nil }
      return Violation(
        path: file.path, line: match.line, what: "\(keyword) \(name) has no `///`")
    }
  }

  private static func isDocumented(_ line: Int, _ lines: [Substring]) -> Bool {
    var index = line - 2
    while index >= 0 {
      let text = lines[index].drop { $0 == " " }
      if text.hasPrefix("///") { return true }
      guard text.hasPrefix("@") else { return false }
      index -= 1
    }
    return false
  }

  private static let conformance = Pattern(#"^(?:\w+ )*extension [^{\n]*:[\s\S]*?\{"#)

  /// Lines inside extensions that add a conformance.
  private static func conformanceLines(_ file: SourceFile) -> Set<Int> {
    let lines = file.code.split(separator: "\n", omittingEmptySubsequences: false)
    var out: Set<Int> = []
    for match in conformance.matches(in: file.code) {
      var line = match.line
      while line <= lines.count, !lines[line - 1].hasPrefix("}") {
        out.insert(line)
        line += 1
      }
    }
    return out
  }

  private static let code = Pattern(#"\bFG[0-9]{4}\b"#)

  /// Codes of diagnostics that a text names, in order, each once.
  static func codes(in text: String) -> [String] {
    Set(code.matches(in: text).map { $0.groups[0] }).sorted()
  }

  /// Codes without page and pages without code.
  static func diagnosticPages(used: Set<String>, pages: Set<String>) -> [Violation] {
    used.subtracting(pages).sorted().map {
      Violation(path: "docs/diagnostics/\($0).md", line: 1, what: "no page for \($0)")
    }
      + pages.subtracting(used).sorted().map {
        Violation(path: "docs/diagnostics/\($0).md", line: 1, what: "nothing gives \($0)")
      }
  }

  private static let link = Pattern(#"\]\(([^)\s]+)\)"#)

  /// Links of a Markdown file to files that are not there.
  static func brokenLinks(_ file: SourceFile, exists: (String) -> Bool) -> [Violation] {
    let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
    return link.matches(in: withoutCode(file.text)).compactMap { match in
      let target = match.groups[1].split(separator: "#", omittingEmptySubsequences: false)[0]
      if target.isEmpty || target.contains("://") || target.hasPrefix("mailto:") { return nil }
      let path = folder.isEmpty ? String(target) : "\(folder)/\(target)"
      guard !exists(path) else { return nil }
      return Violation(path: file.path, line: match.line, what: "no file at \(target)")
    }
  }

  /// The text with fenced code blanked.
  private static func withoutCode(_ text: String) -> String {
    var isCode = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
        return ""
      }
      return isCode ? "" : String(line)
    }.joined(separator: "\n")
  }

  /// Sheets of the library whose first line is no comment.
  static func undocumentedSheet(_ file: SourceFile) -> [Violation] {
    file.text.hasPrefix("# ")
      ? [] : [Violation(path: file.path, line: 1, what: "a sheet begins with a comment")]
  }
}
