internal import AWSCatalog

/// All that the wire needs of one operation, resolved: made once, then only read.
struct OperationWire: Sendable {
  /// What the catalog says.
  let operation: CatalogOperation
  /// The arena of its shapes.
  let nodes: [WireNode]
  /// The place of its input; nil where it takes nothing.
  let input: Int?
  /// The place of its output; nil where it gives nothing.
  let output: Int?
  /// The errors that the model lists, and the places of their shapes.
  let errors: [(error: CatalogError, node: Int)]
  /// The path and the fixed query.
  let uri: URITemplate

  /// Resolves an operation; nil where the service has none of that name.
  init?(_ name: String, of service: CatalogService) {
    guard let operation = service.operation(name) else { return nil }
    var shapes = WireShapes()
    input = operation.input.flatMap { shapes.place(of: $0, in: service) }
    output = operation.output.flatMap { shapes.place(of: $0, in: service) }
    errors = service.errors(of: operation).compactMap { error in
      shapes.place(of: error.shape, in: service).map { (error, $0) }
    }
    self.operation = operation
    nodes = shapes.nodes
    uri = URITemplate(operation.uri)
  }

  /// The error of a code, or of a shape's name.
  func error(_ code: String) -> (error: CatalogError, node: Int)? {
    errors.first { $0.error.code == code } ?? errors.first { $0.error.shape == code }
  }

  /// The member of the output that is a stream of events; nil where there is none.
  var eventStream: WireMember? {
    output.flatMap { place in
      nodes[place].members.first { nodes[$0.node].isEventStream }
    }
  }
}
