internal import Canon
internal import CloudModel

extension ResourceGraph {
  /// The resources whose outputs stand in a value that is known only later.
  static func outputs(in residual: Residual) -> [ResourceIdentity] {
    switch residual {
    case .output(let placeholder, _): Machine.identity(of: placeholder).map { [$0] } ?? []
    case .path: []
    case .concat(let parts): parts.flatMap(outputs)
    case .each(let source, _, let body): outputs(in: source) + outputs(in: body)
    case .find(let source, _, let equals, _): outputs(in: source) + outputs(in: equals)
    }
  }

  private static func outputs(in value: Value) -> [ResourceIdentity] {
    switch value {
    case .residual(let residual): outputs(in: residual)
    case .list(let items): items.flatMap(outputs)
    case .record(let fields): fields.values.flatMap(outputs)
    case .null, .bool, .int, .string, .secret: []
    }
  }
}
