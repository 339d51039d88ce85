import AWSCatalog
import Canon
import CloudModel
import Diagnostics

/// Holds a call that somebody wrote against the catalog: names that are not there are told with the
/// nearest that are.
struct AWSCheck {
  private let service: CatalogService

  /// A call of names that exist.
  static func call(
    _ service: String, _ operation: String, _ parameters: Value
  ) throws(CommandFailure) -> Call {
    let catalog = Catalog()
    guard let found = catalog.service(service) else {
      throw missing(
        "there is no service '\(service)'", service, catalog.services,
        among: catalog.serviceName(resembling: service))
    }
    guard found.operation(operation) != nil else {
      let plain = operation.filter { $0 != "-" && $0 != "_" }.lowercased()
      throw missing(
        "\(service) has no operation '\(operation)'", operation, found.operationNames,
        among: found.operationNames.first { $0.lowercased() == plain })
    }
    if let input = found.input(of: operation) {
      try AWSCheck(service: found).check(
        parameters, input, at: "\(service) \(operation)", path: "", depth: 0)
    }
    return Call(service: service, operation: operation, parameters: parameters)
  }

  private func check(
    _ value: Value, _ structure: CatalogStructure, at place: String, path: String, depth: Int
  ) throws(CommandFailure) {
    // A record may hold itself; nobody writes one this deep by hand.
    guard depth < 32 else { return }
    for (name, inner) in value.fields {
      guard let member = structure.member(name) else {
        let names = structure.members.map(\.name)
        let whole = path.isEmpty ? name : "\(path).\(name)"
        throw Self.missing(
          "\(place) takes no '\(whole)'", name, names,
          among: names.first { $0.lowercased() == name.lowercased() })
      }
      try check(
        inner, member.shape, at: place, path: path.isEmpty ? name : "\(path).\(name)",
        depth: depth + 1)
    }
  }

  private func check(
    _ value: Value, _ shape: CatalogShape, at place: String, path: String, depth: Int
  ) throws(CommandFailure) {
    switch shape {
    case .structure(let name):
      if let structure = service.structure(name) {
        try check(value, structure, at: place, path: path, depth: depth)
      }
    case .list(let element):
      for (index, item) in value.elements.enumerated() {
        try check(item, element, at: place, path: "\(path)[\(index)]", depth: depth + 1)
      }
    case .map(let element):
      for (key, item) in value.fields {
        try check(item, element, at: place, path: "\(path).\(key)", depth: depth + 1)
      }
    case .string, .integer, .float, .boolean, .blob, .timestamp: return
    }
  }

  private static func missing(
    _ headline: String, _ name: String, _ names: [String], among sure: String?
  ) -> CommandFailure {
    if let near = sure ?? nearest(to: name, among: names) {
      return CommandFailure(.usage, "Error: \(headline). Did you mean '\(near)'?")
    }
    if names.count <= 20, !names.isEmpty {
      return CommandFailure(
        .usage, "Error: \(headline). There are: \(names.joined(separator: ", ")).")
    }
    return CommandFailure(.usage, "Error: \(headline).")
  }
}
