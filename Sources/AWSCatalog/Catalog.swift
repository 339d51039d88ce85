/// AWS's operations and shapes as far as they are embedded, one text a service.
///
/// Making a catalog reads names alone; `service` indexes one service's text, so keep what it gives.
package struct Catalog: Sendable {
  private enum Source: Sendable {
    case embedded
    case texts([[UInt8]])
  }

  /// The services, as botocore names them (`ec2`, `s3`, `secretsmanager`), in order.
  package let services: [String]
  /// The places of the services' texts; other texts stand between them.
  private let places: [Int]
  private let source: Source

  /// The catalog that the program carries.
  package init() {
    let names = EmbeddedCatalog.names
    places = names.indices.filter { !names[$0].contains("/") }
    services = places.map { names[$0] }
    source = .embedded
  }

  /// A catalog of texts in the format of `CatalogText`, by service.
  package init(texts: [(service: String, text: String)]) {
    let texts = texts.sorted { $0.service < $1.service }
    services = texts.map(\.service)
    places = Array(services.indices)
    source = .texts(texts.map { Array($0.text.utf8) })
  }

  /// A service by its name; nil for one that is not there.
  package func service(_ name: String) -> CatalogService? {
    guard let place = place(of: name) else { return nil }
    switch source {
    case .embedded:
      return CatalogService(name: name, bytes: EmbeddedCatalog.bytes(at: places[place]))
    case .texts(let texts): return CatalogService(name: name, bytes: texts[place])
    }
  }

  /// The service whose name has these letters and digits, whatever their case and whatever hyphens
  /// stand between them: `BedrockAgent` is `bedrock-agent`; nil where there is none.
  package func serviceName(resembling name: some StringProtocol) -> String? {
    let wanted = name.lowercased().filter { $0 != "-" }
    if place(of: wanted) != nil { return wanted }
    return services.first { $0.utf8.count > wanted.utf8.count && $0.filter { $0 != "-" } == wanted }
  }

  private func place(of name: String) -> Int? {
    var low = 0
    var high = services.count
    while low < high {
      let middle = (low + high) / 2
      if services[middle] < name { low = middle + 1 } else { high = middle }
    }
    return low < services.count && services[low] == name ? low : nil
  }
}
