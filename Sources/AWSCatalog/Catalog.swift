internal import Canon

/// AWS's operations and shapes as far as they are embedded, one text a service.
///
/// Making a catalog reads nothing; `service` scans one service's text, so keep what it gives.
package struct Catalog: Sendable {
  private let texts: SortedMap<String, String>

  /// The catalog that the program carries.
  package init() {
    self.init(
      texts: EmbeddedText.all.compactMap { path, content in
        path.hasSuffix(".txt") ? (String(path.dropLast(4)), content) : nil
      })
  }

  /// A catalog of texts in the format of `CatalogText`, by service.
  package init(texts: [(service: String, text: String)]) {
    self.texts = SortedMap(texts.map { ($0.service, $0.text) })
  }

  /// The services, as botocore names them (`ec2`, `s3`, `secretsmanager`), in order.
  package var services: [String] { texts.keys }

  /// A service by its name; nil for one that is not there.
  package func service(_ name: String) -> CatalogService? {
    texts[name].map { CatalogService(name: name, text: $0) }
  }
}
