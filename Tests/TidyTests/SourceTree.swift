import Foundation

/// One text file of the project.
struct SourceFile {
  /// The path from the project's top, for instance `Sources/Canon/Digest.swift`.
  let path: String
  /// The whole text.
  let text: String
  /// For Swift: the text with comments and the contents of strings blanked, of equal shape.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? CodeMask.apply(to: text) : text
  }

  /// The module it belongs to: the folder below `Sources` or `Tests`, or `Models`.
  var module: String {
    let parts = path.split(separator: "/").map(String.init)
    return parts.first == "Models" ? "Models" : parts.count > 2 ? parts[1] : parts.first ?? ""
  }
}

/// Something that breaks a rule.
struct Violation: CustomStringConvertible {
  let path: String
  /// From 1.
  let line: Int
  let what: String

  var description: String { "\(path):\(line): \(what)" }
}

/// The project's files on disk.
struct SourceTree {
  /// The project's top folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All files below some folders with some ending, in order of path. Hidden folders are left out.
  static func files(under folders: [String], ending: String) -> [SourceFile] {
    folders.flatMap { folder -> [SourceFile] in
      let top = root.appending(path: folder)
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: top.path)) ?? []
      return names.sorted().compactMap { name in
        guard name.hasSuffix(ending), !name.split(separator: "/").contains(where: isHidden),
          let text = try? String(contentsOf: top.appending(path: name), encoding: .utf8)
        else { return nil }
        return SourceFile(path: "\(folder)/\(name)", text: text)
      }
    }
  }

  /// Swift files that are part of the program.
  static let sources = files(under: ["Sources", "Models", "Plugins"], ending: ".swift")
  /// Swift files of tests.
  static let tests = files(under: ["Tests"], ending: ".swift")
  /// Swift files of the benchmarks.
  static let benchmarks = files(under: ["Benchmarks/Measures"], ending: ".swift")
  /// The manifest.
  static let manifest = Manifest(text(of: "Package.swift") ?? "")

  /// The text of one file; nil if it is not there.
  static func text(of path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Whether a file or folder is there.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  private static func isHidden(_ name: Substring) -> Bool { name.hasPrefix(".") }
}

/// A place where a pattern matches.
struct Match {
  /// From 1.
  let line: Int
  /// The whole match, then its groups; an absent group is empty.
  let groups: [String]
  /// Where it begins, in UTF-16 units.
  let location: Int
}

/// A regular expression whose `^` and `$` stand for the borders of lines.
struct Pattern {
  private let expression: NSRegularExpression

  /// Makes a pattern; a mistake in it is the test's own.
  init(_ text: String) {
    guard let expression = try? NSRegularExpression(pattern: text, options: .anchorsMatchLines)
    else { preconditionFailure("not a pattern: \(text)") }
    self.expression = expression
  }

  /// All matches, in order.
  func matches(in text: String) -> [Match] {
    let whole = text as NSString
    var line = 1
    var counted = 0
    let found = expression.matches(
      in: text, range: NSRange(location: 0, length: whole.length))
    return found.map { result in
      let start = result.range.location
      let between = whole.substring(with: NSRange(location: counted, length: start - counted))
      line += between.utf16.count { $0 == 10 }
      counted = start
      let groups = (0..<result.numberOfRanges).map { index -> String in
        let range = result.range(at: index)
        return range.location == NSNotFound ? "" : whole.substring(with: range)
      }
      // A match may begin with the line break before what it is about.
      let leading = groups[0].utf16.prefix { $0 == 10 || $0 == 32 }.count { $0 == 10 }
      return Match(line: line + leading, groups: groups, location: start)
    }
  }
}
