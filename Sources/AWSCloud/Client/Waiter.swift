package import AWSCatalog
package import AWSWire
package import Canon
package import CloudModel

/// Waits for what a waiter of the catalog waits for: takes answers in and says what to do.
package struct Waiter: Sendable {
  private let waiter: CatalogWaiter
  private let acceptors: [Acceptor]
  private var asked = 0

  private struct Acceptor: Sendable {
    let state: String
    let matcher: String
    let expected: Value
    let path: PathExpression?
  }

  /// A waiter of the catalog.
  ///
  /// - Returns: nil where one of its conditions is not of the language that is understood.
  package init?(_ waiter: CatalogWaiter) {
    self.waiter = waiter
    var acceptors: [Acceptor] = []
    for one in waiter.acceptors {
      guard let json = try? JSON(parsing: one.expected) else { return nil }
      let path = one.argument.flatMap { PathExpression($0) }
      if one.argument != nil, path == nil { return nil }
      acceptors.append(
        Acceptor(
          state: one.state, matcher: one.matcher, expected: Value(plain: json), path: path))
    }
    self.acceptors = acceptors
  }

  /// What to do next.
  package enum Verdict: Hashable, Sendable {
    /// It is as it was waited for.
    case reached
    /// It will not be.
    case failed(String)
    /// Wait so many seconds, and ask again.
    case again(seconds: Int)
  }

  /// Takes an answer in.
  package mutating func verdict(
    on answer: Result<Value, WireFailure>, status: Int
  ) -> Verdict {
    asked += 1
    for acceptor in acceptors where fits(acceptor, answer, status) {
      switch acceptor.state {
      case "success": return .reached
      case "failure": return .failed("it came to what \(waiter.name) does not wait for")
      default: return again()
      }
    }
    if case .failure(let failure) = answer { return .failed("\(failure.code): \(failure.message)") }
    return again()
  }

  private func again() -> Verdict {
    asked < waiter.tries
      ? .again(seconds: waiter.delaySeconds)
      : .failed("it was not so after \(asked) looks, \(waiter.delaySeconds) s apart")
  }

  private func fits(
    _ acceptor: Acceptor, _ answer: Result<Value, WireFailure>, _ status: Int
  ) -> Bool {
    switch (acceptor.matcher, answer) {
    case ("status", .success): return acceptor.expected == .int(Int64(status))
    case ("status", .failure(let failure)):
      return acceptor.expected == .int(Int64(failure.status))
    case ("error", .failure(let failure)):
      return acceptor.expected == .string(failure.code) || acceptor.expected == true
    case ("error", .success): return acceptor.expected == false
    case ("path", .success(let output)):
      return acceptor.path?.value(in: output) == acceptor.expected
    case ("pathAll", .success(let output)):
      let found = acceptor.path?.value(in: output).elements ?? []
      return !found.isEmpty && found.allSatisfy { $0 == acceptor.expected }
    case ("pathAny", .success(let output)):
      return (acceptor.path?.value(in: output).elements ?? []).contains(acceptor.expected)
    case (_, _): return false
    }
  }
}

extension Value {
  /// A value of JSON, as calls carry it: numbers with fractions are texts.
  package init(plain json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let truth): self = .bool(truth)
    case .number(let text): self = Int64(text).map(Value.int) ?? .string(text)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map { Value(plain: $0) })
    case .object(let members):
      self = .record(SortedMap(members.map { ($0.name, Value(plain: $0.value)) }))
    }
  }
}
