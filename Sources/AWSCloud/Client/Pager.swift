package import AWSCatalog
import Canon
package import CloudModel

/// Goes through the pages of an operation: after each output it says the next call, and it puts the
/// outputs together.
package struct Pager: Sendable {
  private let pagination: CatalogPagination
  private let outputTokens: [PathExpression]
  private let more: PathExpression?
  private var call: Call
  private var last: [Value] = []
  /// What was collected so far, as one output.
  package private(set) var whole: Value = .null

  /// A pager of a call.
  ///
  /// - Returns: nil for an operation without pages.
  package init?(_ call: Call, _ pagination: CatalogPagination?) {
    guard let pagination else { return nil }
    let tokens = pagination.outputTokens.compactMap { PathExpression($0) }
    guard tokens.count == pagination.inputTokens.count else { return nil }
    self.pagination = pagination
    self.call = call
    outputTokens = tokens
    more = pagination.more.flatMap { PathExpression($0) }
  }

  /// What comes after a page.
  package enum Next: Hashable, Sendable {
    /// Another page, by this call.
    case page(Call)
    /// It was the last.
    case end
    /// The service gives the same token again, and would do so for ever.
    case circle
  }

  /// Takes a page in.
  package mutating func next(after output: Value) -> Next {
    whole = whole == .null ? output : joined(whole, output)
    if let more, more.value(in: output).truth != true { return end() }
    let tokens = outputTokens.map { $0.value(in: output) }
    guard tokens.contains(where: { $0 != .null && $0 != "" }) else { return end() }
    guard tokens != last else { return .circle }
    last = tokens
    guard case .record(var fields) = call.parameters else { return end() }
    for (name, token) in zip(pagination.inputTokens, tokens) {
      fields[name] = token == .null ? nil : token
    }
    call = Call(
      service: call.service, operation: call.operation, parameters: .record(fields))
    return .page(call)
  }

  /// The tokens of the last page have no place in the whole.
  private mutating func end() -> Next {
    for token in pagination.outputTokens where !token.contains(where: { "[]|. ".contains($0) }) {
      if case .record(var fields) = whole {
        fields[token] = nil
        whole = .record(fields)
      }
    }
    return .end
  }

  private func joined(_ first: Value, _ second: Value) -> Value {
    var out = first
    for path in pagination.results {
      let names = path.split(separator: ".").map(String.init)
      let (a, b) = (first.at(names), second.at(names))
      switch (a, b) {
      case (.list(let some), .list(let others)):
        out = out.replacing(names[...], by: .list(some + others))
      case (.int(let some), .int(let others)):
        out = out.replacing(names[...], by: .int(some &+ others))
      case (.record(let some), .record(let others)):
        var all = some
        for (name, value) in others { all[name] = value }
        out = out.replacing(names[...], by: .record(all))
      case (.null, let other): out = out.replacing(names[...], by: other)
      case (_, _): continue
      }
    }
    return out
  }
}

extension Value {
  /// The value with another at a path of members.
  fileprivate func replacing(_ path: ArraySlice<String>, by value: Value) -> Value {
    guard let name = path.first else { return value }
    var fields = self.fields
    fields[name] = self[name].replacing(path.dropFirst(), by: value)
    return .record(fields)
  }
}
