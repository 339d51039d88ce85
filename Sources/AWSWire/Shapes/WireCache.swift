internal import AWSCatalog
internal import Synchronization

/// What a service's wire has resolved so far, shared by all copies of it.
final class WireCache: Sendable {
  private struct Content {
    var operations: [String: OperationWire] = [:]
    var router: RESTRouter?
  }

  private let content = Mutex(Content())

  /// An operation, resolved now or earlier; nil where the service has none of that name.
  func operation(_ name: String, of service: CatalogService) -> OperationWire? {
    if let known = content.withLock({ $0.operations[name] }) { return known }
    guard let made = OperationWire(name, of: service) else { return nil }
    content.withLock { $0.operations[name] = made }
    return made
  }

  /// The table of paths, made now or earlier.
  func router(of service: CatalogService) -> RESTRouter {
    if let known = content.withLock({ $0.router }) { return known }
    let made = RESTRouter(service)
    content.withLock { $0.router = made }
    return made
  }
}
