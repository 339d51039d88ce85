package import Canon

/// Why a service model cannot become a catalog text.
package struct ServiceModelError: Error, Hashable, Sendable {
  /// A sentence.
  package let message: String
}

/// A service model of botocore (`service-2.json`), of which the catalog keeps operations and
/// shapes and leaves out documentation, enumerations, patterns and the wire's names.
///
/// Source: botocore's `botocore/model.py` for what the members of a service model mean.
package struct ServiceModel: Sendable {
  private let metadata: JSON
  private let operations: [JSON.Member]
  private let shapes: [String: JSON]

  /// Reads a model.
  package init(json: JSON) throws(ServiceModelError) {
    guard let metadata = json["metadata"], let operations = json["operations"]?.members,
      let shapes = json["shapes"]?.members
    else { throw ServiceModelError(message: "this is no service model of botocore") }
    self.metadata = metadata
    self.operations = operations
    self.shapes = Dictionary(
      shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// The catalog text of the service: all operations in order of name, and all structures that
  /// their inputs and outputs need, in order of name.
  package func catalogText(service: String) throws(ServiceModelError) -> String {
    guard let version = metadata["apiVersion"]?.text, let wire = metadata["protocol"]?.text
    else { throw ServiceModelError(message: "the model of \(service) names no version") }
    var lines = ["service \(service) \(version) \(wire)"]
    var wanted: [String] = []
    for operation in operations.sorted(by: { $0.name < $1.name }) {
      let found = self.operation(operation)
      lines.append(CatalogText.line(found))
      wanted += [found.input, found.output].compactMap { $0 }
    }
    var done: [String: [String]] = [:]
    while let name = wanted.popLast() {
      if done[name] != nil { continue }
      let members = try members(of: name)
      done[name] = members.map(CatalogText.line)
      wanted += members.compactMap { structureName(in: $0.shape) }
    }
    for name in done.keys.sorted() { lines += ["structure \(name)"] + (done[name] ?? []) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func operation(_ member: JSON.Member) -> CatalogOperation {
    let errors = (member.value["errors"]?.elements ?? []).compactMap { error in
      error["shape"]?.text.map { name in
        shapes[name]?["error"]?["code"]?.text ?? name
      }
    }
    return CatalogOperation(
      name: member.name, input: member.value["input"]?["shape"]?.text,
      output: member.value["output"]?["shape"]?.text, errors: errors)
  }

  private func members(of name: String) throws(ServiceModelError) -> [CatalogMember] {
    guard let structure = shapes[name], let members = structure["members"]?.members,
      !CatalogText.scalars.contains(where: { $0.word == name })
    else { throw ServiceModelError(message: "\(name) is no structure, or has a scalar's name") }
    let required = (structure["required"]?.elements ?? []).compactMap(\.text)
    var out: [CatalogMember] = []
    for member in members {
      guard let target = member.value["shape"]?.text else { continue }
      out.append(
        CatalogMember(
          name: member.name, shape: try shape(target, depth: 0),
          isRequired: required.contains(member.name),
          isIdempotencyToken: member.value["idempotencyToken"]?.truth == true,
          isSensitive: shapes[target]?["sensitive"]?.truth == true))
    }
    return out
  }

  private func shape(_ name: String, depth: Int) throws(ServiceModelError) -> CatalogShape {
    guard depth < 16, let shape = shapes[name] else {
      throw ServiceModelError(message: "\(name) is unknown, or a list of itself")
    }
    switch shape["type"]?.text {
    case "string", "character": return .string
    case "integer", "long": return .integer
    case "double", "float": return .float
    case "boolean": return .boolean
    case "blob": return .blob
    case "timestamp": return .timestamp
    case "structure": return .structure(name)
    case "list":
      return .list(of: try self.shape(shape["member"]?["shape"]?.text ?? "", depth: depth + 1))
    case "map":
      return .map(of: try self.shape(shape["value"]?["shape"]?.text ?? "", depth: depth + 1))
    default: throw ServiceModelError(message: "\(name) is of a type that the catalog lacks")
    }
  }

  private func structureName(in shape: CatalogShape) -> String? {
    switch shape {
    case .structure(let name): name
    case .list(let element), .map(let element): structureName(in: element)
    case .string, .integer, .float, .boolean, .blob, .timestamp: nil
    }
  }
}
