import AWSCatalog
import Canon
import CloudModel

/// An output as JSON: numbers with fractions, which values carry as texts, are numbers again.
struct AWSRendering {
  private let service: CatalogService?

  /// Of a service's outputs; nil where nothing is known of them.
  init(service: CatalogService?) { self.service = service }

  /// The output of an operation.
  func json(_ output: Value, operation: String) -> JSON {
    guard let structure = service?.output(of: operation) else { return output.plain }
    return json(output, structure, depth: 0)
  }

  private func json(_ value: Value, _ structure: CatalogStructure, depth: Int) -> JSON {
    guard case .record(let fields) = value, depth < 64 else { return value.plain }
    return .object(
      fields.map { name, inner in
        if isPolicy(name), let text = inner.text, let tree = try? JSON(parsing: text) {
          return JSON.Member(name, tree)
        }
        return JSON.Member(
          name,
          structure.member(name).map { json(inner, $0.shape, depth: depth + 1) } ?? inner.plain)
      })
  }

  /// IAM's policies are shown as trees, as AWS's own tools show them.
  private func isPolicy(_ member: String) -> Bool {
    service?.name == "iam"
      && ["PolicyDocument", "AssumeRolePolicyDocument", "Document"].contains(member)
  }

  private func json(_ value: Value, _ shape: CatalogShape, depth: Int) -> JSON {
    guard depth < 64 else { return value.plain }
    switch (shape, value) {
    case (.float, .string(let text)):
      return Double(text).map { $0.isFinite } == true ? .number(text) : .string(text)
    case (.structure(let name), .record):
      return service?.structure(name).map { json(value, $0, depth: depth) } ?? value.plain
    case (.list(let element), .list(let items)):
      return .array(items.map { json($0, element, depth: depth + 1) })
    case (.map(let element), .record(let fields)):
      return .object(
        fields.map { JSON.Member($0, json($1, element, depth: depth + 1)) })
    case (_, _): return value.plain
    }
  }
}

extension Value {
  fileprivate var plain: JSON {
    switch self {
    case .null: .null
    case .bool(let truth): .bool(truth)
    case .int(let number): .integer(number)
    case .string(let text): .string(text)
    case .list(let items): .array(items.map(\.plain))
    case .record(let fields): .object(fields.map { JSON.Member($0, $1.plain) })
    case .secret(let secret): .string("(secret \(secret.name))")
    case .residual: .string("(not known yet)")
    }
  }
}
