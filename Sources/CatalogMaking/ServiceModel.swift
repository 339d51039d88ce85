internal import AWSCatalog
package import Canon

/// What botocore knows of one service, as `scripts/unpack-models` lays it out: of it the catalog
/// keeps operations, shapes with what the wire needs of them, constraints, errors, pagination,
/// waiters and the rules of endpoints.
///
/// Source: botocore's `botocore/model.py` for what the members of a service model mean.
package struct ServiceModel: Sendable {
  let metadata: JSON
  let operations: [JSON.Member]
  let shapes: [String: JSON]
  let pages: [String: JSON]
  private let waiters: [JSON.Member]
  private let endpoints: JSON?

  /// Reads a model.
  package init(json: JSON) throws(ModelError) {
    guard let metadata = json["service"]?["metadata"],
      let operations = json["service"]?["operations"]?.members,
      let shapes = json["service"]?["shapes"]?.members
    else { throw ModelError(message: "this is no service model of botocore") }
    self.metadata = metadata
    self.operations = operations
    self.shapes = Self.byName(shapes)
    self.pages = Self.byName(json["paginators"]?["pagination"]?.members ?? [])
    self.waiters = json["waiters"]?["waiters"]?.members ?? []
    self.endpoints = json["endpoints"]
  }

  /// The catalog text of the service: its header, the rules of its endpoints, operations, waiters
  /// and the shapes that operations lead to, each in order of name.
  package func catalogText(service: String) throws(ModelError) -> String {
    var lines = [try header(service)]
    if let endpoints { lines.append("endpoints " + Self.compact(endpoints).text()) }
    let sets = errorSets()
    lines.append("errors")
    lines += sets
    lines.append("operations")
    for operation in operations.sorted(by: { $0.name < $1.name }) {
      lines += self.lines(of: operation, errorSets: sets)
    }
    lines.append("waiters")
    for waiter in waiters.sorted(by: { $0.name < $1.name }) {
      lines += Self.lines(ofWaiter: waiter)
    }
    lines.append("shapes")
    for name in try reachable() { lines += try self.lines(ofShape: name) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func header(_ service: String) throws(ModelError) -> String {
    guard let version = metadata["apiVersion"]?.text, let wire = metadata["protocol"]?.text
    else { throw ModelError(message: "the model of \(service) names no version") }
    let prefix = metadata["endpointPrefix"]?.text ?? service
    let listed = (metadata["protocols"]?.elements ?? []).compactMap(\.text)
    var line = CatalogLine("service", service, version)
    line.add("protocols", (listed.isEmpty ? [wire] : listed))
    line.add("id", metadata["serviceId"]?.text)
    line.add("prefix", prefix)
    line.add("signing", metadata["signingName"]?.text ?? prefix)
    line.add("signature", metadata["signatureVersion"]?.text)
    line.add("auth", (metadata["auth"]?.elements ?? []).compactMap(\.text))
    line.add("json", metadata["jsonVersion"]?.text)
    line.add("target", metadata["targetPrefix"]?.text)
    line.add("xmlns", metadata["xmlNamespace"]?.text)
    line.add("global", metadata["globalEndpoint"]?.text)
    line.flag("querycompatible", metadata["awsQueryCompatible"] != nil)
    return line.text
  }

  /// The sets of errors that operations list, each once, in order.
  private func errorSets() -> [String] {
    Set(operations.map { Self.errorSet(of: $0.value) }).subtracting([""]).sorted()
  }

  /// The shapes of an operation's errors, as a line of the catalog.
  static func errorSet(of operation: JSON) -> String {
    (operation["errors"]?.elements ?? []).compactMap { $0["shape"]?.text }.joined(separator: " ")
  }

  /// All shapes that inputs, outputs and errors lead to, in order of name.
  private func reachable() throws(ModelError) -> [String] {
    var open: [String] = []
    for operation in operations {
      open += [operation.value["input"], operation.value["output"]].compactMap {
        $0?["shape"]?.text
      }
      open += (operation.value["errors"]?.elements ?? []).compactMap { $0["shape"]?.text }
    }
    var done: Set<String> = []
    while let name = open.popLast() {
      guard done.insert(name).inserted else { continue }
      guard let shape = shapes[name] else { throw ModelError(message: "\(name) is unknown") }
      open += (shape["members"]?.members ?? []).compactMap { $0.value["shape"]?.text }
      open += ["member", "key", "value"].compactMap { shape[$0]?["shape"]?.text }
    }
    return done.filter { !isPlain($0) }.sorted { Self.safe($0) < Self.safe($1) }
  }

  private static func byName(_ members: [JSON.Member]) -> [String: JSON] {
    Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// The rules without what stands there for people alone, and without empty records.
  private static func compact(_ rules: JSON) -> JSON {
    switch rules {
    case .array(let items): .array(items.map(compact))
    case .object(let members):
      .object(
        members.compactMap { member in
          member.name == "documentation" || member.value == .object([])
            ? nil : JSON.Member(member.name, compact(member.value))
        })
    case .null, .bool, .number, .string: rules
    }
  }

  private static func lines(ofWaiter waiter: JSON.Member) -> [String] {
    let value = waiter.value
    var head = CatalogLine("waiter", waiter.name, value["operation"]?.text ?? "-")
    head.add("delay", value["delay"]?.integer.map(String.init))
    head.add("tries", value["maxAttempts"]?.integer.map(String.init))
    return [head.text]
      + (value["acceptors"]?.elements ?? []).map { acceptor in
        var line = CatalogLine(
          "", acceptor["state"]?.text ?? "-", acceptor["matcher"]?.text ?? "-")
        line.add("expected", acceptor["expected"]?.text())
        line.add("argument", acceptor["argument"]?.text)
        return line.text
      }
  }
}
