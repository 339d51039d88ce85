/// The view of shapes that Ludwig's types and the simulator have: structures whose members are
/// resolved, without constraints and without the wire.
extension CatalogService {
  /// The names of all structures, in order.
  package var structures: [String] {
    shapes.filter { name in
      if case .structure? = definition(name)?.kind { true } else { false }
    }
  }

  /// A structure by AWS's name; nil where there is none.
  package func structure(_ name: String) -> CatalogStructure? {
    guard let definition = definition(name), case .structure(let members) = definition.kind else {
      return nil
    }
    return CatalogStructure(name: name, members: members.map(member))
  }

  private func member(_ reference: CatalogReference) -> CatalogMember {
    let (shape, isSensitive) = resolved(reference.target, depth: 0)
    return CatalogMember(
      name: reference.name, shape: shape, isRequired: reference.isRequired,
      isIdempotencyToken: reference.isIdempotencyToken, isSensitive: isSensitive)
  }

  /// What a target is, and whether it is marked sensitive. A list of itself has no form here: from
  /// the 16th level on its elements are texts.
  private func resolved(_ target: CatalogTarget, depth: Int) -> (CatalogShape, Bool) {
    guard depth < 16 else { return (.string, false) }
    switch target {
    case .scalar(let scalar): return (CatalogShape(scalar), false)
    case .named(let name):
      guard let definition = definition(name) else { return (.string, false) }
      let isSensitive = definition.isSensitive
      switch definition.kind {
      case .structure: return (.structure(name), isSensitive)
      case .list(let element):
        return (.list(of: resolved(element.target, depth: depth + 1).0), isSensitive)
      case .map(_, let value):
        return (.map(of: resolved(value.target, depth: depth + 1).0), isSensitive)
      case .scalar(let scalar): return (CatalogShape(scalar), isSensitive)
      }
    }
  }

  /// What an operation takes, as a structure; one without members where it takes nothing; nil
  /// for an unknown operation.
  package func input(of operation: String) -> CatalogStructure? {
    self.operation(operation).map { found in
      found.input.flatMap(structure) ?? CatalogStructure(name: "\(operation)Input", members: [])
    }
  }

  /// What an operation gives, as a structure; one without members where it gives nothing; nil
  /// for an unknown operation.
  package func output(of operation: String) -> CatalogStructure? {
    self.operation(operation).map { found in
      found.output.flatMap(structure) ?? CatalogStructure(name: "\(operation)Output", members: [])
    }
  }
}
