/// One service over its text: lines are found once, when it is opened; whatever is asked for is
/// decoded then.
package struct CatalogService: Sendable {
  /// The name as botocore has it.
  package let name: String
  /// The version of its API, for instance `2016-11-15`.
  package let apiVersion: String
  /// Further facts of the service, by key; see the accessors.
  package let traits: CatalogTraits
  private let index: CatalogIndex

  /// Opens a text in the format of `CatalogText`; a line that is of none of its forms is left out.
  package init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// Opens a text's bytes.
  init(name: String, bytes: [UInt8]) {
    self.name = name
    index = CatalogIndex(bytes)
    let head = index.count(.head) > 0 ? index.line(.head, 0).split(separator: " ") : []
    apiVersion = head.count > 2 ? String(head[2]) : ""
    traits = CatalogTraits(head.dropFirst(3))
  }

  /// The names of all operations, in order.
  package var operationNames: [String] {
    (0..<index.count(.operations)).map { index.name(.operations, $0) }
  }

  /// All operations in order of name, decoded now.
  package var operations: [CatalogOperation] {
    (0..<index.count(.operations)).compactMap(operation(at:))
  }

  /// An operation by AWS's name; nil where there is none.
  package func operation(_ name: String) -> CatalogOperation? {
    index.place(of: name, in: .operations).flatMap(operation(at:))
  }

  private func operation(at place: Int) -> CatalogOperation? {
    let words = index.line(.operations, place).split(separator: " ")
    guard words.count >= 4 else { return nil }
    let traits = CatalogTraits(words[4...])
    return CatalogOperation(
      name: String(words[1]), method: String(words[2]), uri: CatalogText.unescaped(words[3]),
      input: traits["in"], output: traits["out"], errorShapes: errorSet(traits.integer("errors")),
      pagination: pagination(of: place), traits: traits)
  }

  private func errorSet(_ place: Int?) -> [String] {
    guard let place, (0..<index.count(.errors)).contains(place) else { return [] }
    return index.line(.errors, place).split(separator: " ").map(String.init)
  }

  private func pagination(of place: Int) -> CatalogPagination? {
    guard let line = index.lines(below: place, of: .operations).first else { return nil }
    let traits = CatalogTraits(line.split(separator: " ").dropFirst())
    return CatalogPagination(
      inputTokens: traits.list("in"), outputTokens: traits.list("out"),
      results: traits.list("result"), kept: traits.list("kept"), limit: traits["limit"],
      more: traits["more"])
  }

  /// The errors that the model lists for an operation, in order.
  package func errors(of operation: CatalogOperation) -> [CatalogError] {
    operation.errorShapes.compactMap(error(shape:))
  }

  /// The error of a shape; nil where there is no such shape.
  package func error(shape name: String) -> CatalogError? {
    definition(name).map { shape in
      let status = shape.traits.integer("status")
      let isFault = shape.traits.has("fault") || (status ?? 0) >= 500
      return CatalogError(
        shape: name, code: shape.traits["code"] ?? name, status: status,
        isSender: shape.traits.has("sender") ? true : isFault ? false : nil,
        isRetryable: shape.traits.has("retry"), isThrottling: shape.traits["retry"] == "throttling")
    }
  }

  /// All waiters, in order of name.
  package var waiters: [CatalogWaiter] { (0..<index.count(.waiters)).compactMap(waiter(at:)) }

  /// A waiter by its name; nil where there is none.
  package func waiter(_ name: String) -> CatalogWaiter? {
    index.place(of: name, in: .waiters).flatMap(waiter(at:))
  }

  private func waiter(at place: Int) -> CatalogWaiter? {
    let words = index.line(.waiters, place).split(separator: " ")
    guard words.count >= 3 else { return nil }
    let traits = CatalogTraits(words[3...])
    let acceptors = index.lines(below: place, of: .waiters).compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 2 else { return nil as CatalogAcceptor? }
      let traits = CatalogTraits(words[2...])
      return CatalogAcceptor(
        state: String(words[0]), matcher: String(words[1]), expected: traits["expected"] ?? "null",
        argument: traits["argument"])
    }
    return CatalogWaiter(
      name: String(words[1]), operation: String(words[2]),
      delaySeconds: traits.integer("delay") ?? 5, tries: traits.integer("tries") ?? 20,
      acceptors: acceptors)
  }

  /// The names of all shapes but bare scalars, in order.
  package var shapes: [String] { (0..<index.count(.shapes)).map { index.name(.shapes, $0) } }

  /// A shape by AWS's name; nil where there is none, and for bare scalars.
  package func definition(_ name: String) -> CatalogDefinition? {
    index.place(of: name, in: .shapes).flatMap { place in
      CatalogDefinition(line: index.line(.shapes, place)) { index.lines(below: place, of: .shapes) }
    }
  }

  /// The rules of the service's endpoints, as the text has them; nil where it has none.
  var endpointRules: Substring? {
    guard index.count(.head) > 1 else { return nil }
    let line = index.line(.head, 1)
    return line.hasPrefix("endpoints ") ? line.dropFirst("endpoints ".count) : nil
  }
}
