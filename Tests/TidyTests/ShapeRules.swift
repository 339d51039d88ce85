/// Rules on the shape of files: lengths, widths, names, words that are not used.
enum ShapeRules {
  /// The most lines that a file may have.
  static let fileLimit = 600
  /// The most lines that a function may have.
  static let functionLimit = 70
  /// The most columns that a line may have.
  static let columnLimit = 100

  /// Files that are too long.
  static func longFile(_ file: SourceFile) -> [Violation] {
    let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    guard count > fileLimit else { return [] }
    return [Violation(path: file.path, line: 1, what: "\(count) lines")]
  }

  /// Lines that are too wide.
  static func wideLines(_ file: SourceFile) -> [Violation] {
    file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { number, line in
        guard line.utf8.count > columnLimit, line.count > columnLimit,
          !line.contains("#\""), !line.contains("http")
        else { return nil }
        return Violation(
          path: file.path, line: number + 1, what: "\(line.count) columns")
      }
  }

  private static let function = Pattern(
    #"^[ ]*(?:(?:package|private|fileprivate|internal|public|static|mutating|nonmutating|override|nonisolated|final|convenience|required|consuming|borrowing|@\w+(?:\([^)\n]*\))?)\s+)*(?:func\s|init[?]?\s*[(<]|subscript\s*[(<])"#
  )

  /// Functions that are too long.
  static func longFunctions(_ file: SourceFile) -> [Violation] {
    let units = Array(file.code.utf16)
    return function.matches(in: file.code).compactMap { match in
      guard let body = body(from: match.location, in: units) else { return nil }
      let lines = units[body].count { $0 == 10 } + 1
      guard lines > functionLimit else { return nil }
      return Violation(path: file.path, line: match.line, what: "a function of \(lines) lines")
    }
  }

  /// The braces of a declaration's body; nil where it has none, as in a protocol.
  private static func body(from start: Int, in units: [UInt16]) -> Range<Int>? {
    var depth = 0
    var open: Int?
    var index = start
    while index < units.count {
      switch UInt8(truncatingIfNeeded: units[index]) {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "{"):
        if open == nil {
          open = index
          depth = 0
        }
        depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        guard let open else { return nil }
        if depth == 0 { return open..<(index + 1) }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static let modifier =
    #"(?:package|private|fileprivate|internal|static|mutating|final|nonisolated)"#
  private static let opened = Pattern(
    #"\b(public|open)[ ]+(?:\#(modifier)[ ]+)*(?:struct|class|enum|actor|protocol|func|var|let|init|typealias|extension|subscript|import)\b"#
  )
  private static let forced = Pattern(#"\btry!|\bas!|[\w)\]}>"?]!(?!=)"#)
  private static let vagueName = Pattern(
    #"\b(?:struct|class|enum|actor|protocol)\s+(\w*(?:Manager|Helper|Helpers|Util|Utils|Utility|Base))\b"#
  )
  private static let unfinished = Pattern(#"\b(?:TODO|FIXME|XXX|HACK)\b"#)

  /// Files with `public import`, which inlinable code asks for: why is in docs/decisions/0003.
  static let publicImports: Set = [
    "Sources/ModelChecker/TransitionSystem.swift",
    "Sources/ModelChecker/TransitionSystem+Expansion.swift",
  ]

  /// Declarations for other packages: there are none, `package` is the widest. One generic type
  /// has to be public, since only then it is specialised where it is used.
  static func publicWords(_ file: SourceFile) -> [Violation] {
    if file.path == "Sources/Canon/SortedMap.swift" { return [] }
    let code =
      publicImports.contains(file.path)
      ? file.code.replacing("public import ", with: "package import ") : file.code
    return report(opened, in: code, file) { "`\($0)`: `package` is the widest access" }
  }

  /// Force-unwraps, forced tries and casts.
  static func forcing(_ file: SourceFile) -> [Violation] {
    report(forced, in: file.code, file) { "`\($0)` can stop the program" }
  }

  /// Names of types that say nothing.
  static func vagueNames(_ file: SourceFile) -> [Violation] {
    report(vagueName, in: file.code, file) { "`\($0)` says nothing" }
  }

  /// Marks of what is not done.
  static func unfinishedWork(_ file: SourceFile) -> [Violation] {
    report(unfinished, in: file.text, file) { "`\($0)`: do it or write an issue" }
  }

  private static let plainTest = Pattern(#"@Test(?:\([^\n]*\))?\s+func\s+(\w+)"#)
  private static let skippedTest = Pattern(#"\.disabled\(|\.enabled\(if:"#)

  /// Tests whose names are no sentences, and tests that are skipped.
  static func testNames(_ file: SourceFile) -> [Violation] {
    report(plainTest, in: file.code, file) { "`\($0)`: a test's name states a fact" }
      + report(skippedTest, in: file.code, file) { "`\($0)`: no test is skipped" }
  }

  private static func report(
    _ pattern: Pattern, in text: String, _ file: SourceFile, _ what: (String) -> String
  ) -> [Violation] {
    pattern.matches(in: text).map {
      Violation(
        path: file.path, line: $0.line,
        what: what($0.groups[0].split(separator: "\n").joined(separator: " ")))
    }
  }
}
