import Canon
import Diagnostics
import Text

extension Diagnostic {
  /// The diagnostic as JSON; places are lines and columns from 1.
  func json(_ sources: SourceSet) -> JSON {
    .object([
      JSON.Member("code", .string(code.text)),
      JSON.Member("severity", .string(severity.rawValue)),
      JSON.Member("headline", .string(headline)),
      JSON.Member("labels", .array(labels.map { $0.json(sources) })),
      JSON.Member("notes", .array(notes.map { .string($0) })),
      JSON.Member("hint", hint.map { .string($0) } ?? .null),
    ])
  }
}

extension DiagnosticLabel {
  fileprivate func json(_ sources: SourceSet) -> JSON {
    let source = sources[range.source]
    let (start, end) = (
      source.position(at: Int(range.lower)), source.position(at: Int(range.upper))
    )
    return .object([
      JSON.Member("file", .string(source.name)),
      JSON.Member("line", .integer(start.line)),
      JSON.Member("column", .integer(start.column)),
      JSON.Member("endLine", .integer(end.line)),
      JSON.Member("endColumn", .integer(end.column)),
      JSON.Member("message", .string(message)),
      JSON.Member("isPrimary", .bool(isPrimary)),
    ])
  }
}
