extension CatalogService {
  /// Where a call of an operation goes.
  ///
  /// - Parameters:
  ///   - question: Region, and what else is known before the call.
  ///   - operation: The operation; nil for the service as such.
  ///   - parameters: The call's parameters that are texts or truth values, by AWS's member names;
  ///     those that the rules ask for (a bucket's name, for instance) are taken from here.
  /// - Throws: What the rules say where there is no such endpoint.
  package func endpoint(
    _ question: EndpointQuestion, operation: CatalogOperation? = nil,
    parameters: [String: EndpointValue] = [:]
  ) throws(EndpointError) -> CatalogEndpoint {
    guard let text = endpointRules else {
      throw EndpointError(message: "\(name) has no rules of endpoints")
    }
    var call: [String: EndpointValue] = [:]
    for pair in operation?.endpointParameters ?? [] {
      let sides = pair.split(separator: ":", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { continue }
      call[sides[0]] =
        sides[1] == "true" || sides[1] == "false" ? .truth(sides[1] == "true") : .text(sides[1])
    }
    for member in operation?.input.flatMap(definition)?.members ?? [] {
      if let parameter = member.endpointParameter, let value = parameters[member.name] {
        call[parameter] = value
      }
    }
    return try EndpointRules(String(text), Catalog.partitions).endpoint(question, call)
  }
}

extension Catalog {
  /// AWS's partitions and their regions.
  package static var partitions: Partitions {
    Partitions(EmbeddedCatalog.text(named: "facts/partitions") ?? "")
  }
}
