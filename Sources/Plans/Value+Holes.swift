internal import Canon
package import CloudModel

/// What a residual that is left in a call waits for.
package enum Hole: Hashable, Sendable {
  /// An output of a resource.
  case output(ResourceAddress, String)
  /// What the engine binds: the client token, the process, or a path into an item, an element, a
  /// reply.
  case path(Variable, [String])
}

extension Value {
  /// The holes in it, in the order in which they stand, each as often as it stands.
  package var holes: [Hole] {
    var out: [Hole] = []
    collectHoles(into: &out)
    return out
  }

  fileprivate func collectHoles(into out: inout [Hole]) {
    switch self {
    case .null, .bool, .int, .string, .secret: break
    case .list(let items): for item in items { item.collectHoles(into: &out) }
    case .record(let fields): for field in fields.values { field.collectHoles(into: &out) }
    case .residual(let residual): residual.collectHoles(into: &out)
    }
  }
}

extension Residual {
  fileprivate func collectHoles(into out: inout [Hole]) {
    switch self {
    case .output(let address, let name): out.append(.output(address, name))
    case .path(let variable, let path): out.append(.path(variable, path))
    case .concat(let parts): for part in parts { part.collectHoles(into: &out) }
    case .each(let source, let variable, let body):
      source.collectHoles(into: &out)
      out += body.holes.filter { hole in
        if case .path(.bound(variable), _) = hole { false } else { true }
      }
    case .find(let source, _, let equals, _):
      source.collectHoles(into: &out)
      equals.collectHoles(into: &out)
    }
  }
}
