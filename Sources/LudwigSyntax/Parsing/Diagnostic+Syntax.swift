import Diagnostics
import Text

/// The mistakes in words and brackets. Each has a page in `docs/diagnostics`.
extension Diagnostic {
  /// Characters that are no part of the language.
  static func unknownCharacters(_ source: SourceText, _ range: SourceRange) -> Diagnostic {
    let bytes = source.bytes[Int(range.lower)..<Int(range.upper)]
    let text = String(decoding: bytes, as: UTF8.self)
    let isControl = text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    return Diagnostic(
      "FG0101", isControl ? "A control character stands here" : "Ludwig has no use for `\(text)`",
      at: range, "this is not part of any word",
      hint: "remove it, or put it in quotes if it is text")
  }

  /// Typographic quotes.
  static func curlyQuotes(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0101", "Text stands in curly quotes", at: range, "these quotes are not known",
      hint: "strings stand in straight quotes, \" or '")
  }

  /// A quote without its partner.
  static func unclosedString(_ range: SourceRange, quote: UInt8) -> Diagnostic {
    let quote = String(decoding: [quote], as: UTF8.self)
    let end = SourceRange(source: range.source, lower: Int(range.upper), upper: Int(range.upper))
    return Diagnostic(
      "FG0102", "A string is never closed", at: range, "it begins here",
      hint: "close it with \(quote)", fix: DiagnosticFix(range: end, replacement: quote))
  }

  /// A backslash before something that it does not go with.
  static func badEscape(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0103", "The escape \(text) is not known", at: range, "here",
      hint: "write \\\\ for a backslash itself",
      replacement: "\\" + text)
  }

  /// A number that is none.
  static func malformedNumber(_ source: SourceText, _ range: SourceRange) -> Diagnostic {
    let text = String(
      decoding: source.bytes[Int(range.lower)..<Int(range.upper)], as: UTF8.self)
    let isAddress = text.filter { $0 == "." }.count > 1
    return Diagnostic(
      "FG0104", "`\(text)` is not a number",
      labels: [DiagnosticLabel(range, isAddress ? "an address, it seems" : "here")],
      hint: isAddress
        ? "addresses and CIDRs stand in quotes: \"\(text)\""
        : "names start with a letter; text stands in quotes",
      fix: isAddress ? DiagnosticFix(range: range, replacement: "\"\(text)\"") : nil)
  }

  /// An integer beyond 64 bits.
  static func integerTooLarge(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0105", "`\(text)` is too large for an Int", at: range, "here",
      notes: ["An Int lies between -9223372036854775808 and 9223372036854775807."],
      hint: "an account number or an id is text: put it in quotes")
  }

  /// Bytes that are no text.
  static func notUTF8(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0106", "The sheet is not UTF-8 here", at: range, "these bytes are no text",
      hint: "save the file as UTF-8")
  }

  /// Something else was wanted; `found` is nil at the end of a line, a block or the sheet.
  static func unexpected(
    found: String?, wanted: String, _ range: SourceRange, hint: String?
  ) -> Diagnostic {
    return Diagnostic(
      "FG0110", "Expected \(wanted)" + (found.map { ", found \($0)" } ?? ""),
      labels: [DiagnosticLabel(range, found == nil ? "behind this" : "here")], hint: hint)
  }

  /// A bracket without its partner.
  static func unclosedBracket(
    _ opener: String, _ closer: String, _ what: String, _ range: SourceRange,
    _ end: SourceRange
  ) -> Diagnostic {
    let isPlural = what.hasSuffix("s") && !what.hasPrefix("the list")
    return Diagnostic(
      "FG0111", "`\(opener)` is never closed",
      labels: [
        DiagnosticLabel(range, "\(what) begin\(isPlural ? "" : "s") here"),
        DiagnosticLabel(end, "`\(closer)` is missing, here at the latest", isPrimary: false),
      ], hint: "add `\(closer)` where \(what) end\(isPlural ? "" : "s")")
  }

  /// `;` between fields.
  static func semicolonForComma(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0112", "`;` stands where `,` is meant", at: range, "put `,` here",
      hint: "fields and elements are separated by commas", replacement: ",")
  }

  /// Two elements with nothing between.
  static func missingComma(_ what: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0112", "A comma is missing in \(what)", at: range, "put `,` here",
      hint: "elements are separated by commas", replacement: ",")
  }

  /// A closing bracket that nothing opened.
  static func strayBracket(
    _ text: String, _ range: SourceRange, opener: SourceRange? = nil
  ) -> Diagnostic {
    let missing = opener.map {
      [DiagnosticLabel($0, "is its opening bracket missing here?", isPrimary: false)]
    }
    return Diagnostic(
      "FG0113", "`\(text)` closes nothing", at: range, "no bracket is open here",
      also: missing ?? [], hint: "remove it, or look for the opening bracket that it belongs to")
  }

  /// Braces that hold fields and keys.
  static func mixedBraces(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0125", "Braces hold fields and quoted keys at once",
      at: range, "this does not fit what stands before it",
      notes: ["`{name: x}` is a record, `{\"name\": x}` a dictionary."],
      hint: "quote all names, or none")
  }

  /// Nesting beyond the limit.
  static func tooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0119", "This is nested too deep", at: range, "more than \(Parser.maximumDepth) levels",
      hint: "give an inner part a name of its own")
  }
}
