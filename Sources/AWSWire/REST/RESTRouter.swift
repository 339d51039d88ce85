internal import AWSCatalog

/// Finds the operation that a REST request means.
struct RESTRouter: Sendable {
  private struct Route: Sendable {
    let operation: String
    let template: URITemplate
    let requiredQuery: [String]
    let requiredHeaders: [String]
    let isDeprecated: Bool
  }

  /// The operations that another endpoint answers at the same path, S3's for directories: what is
  /// signed there is signed for `s3express`.
  private static let ofDirectories: Set = ["ListDirectoryBuckets"]

  /// Routes by HTTP's method, in order of the operations' names.
  private let routes: [String: [Route]]

  /// The routes of a service.
  init(_ service: CatalogService) {
    var routes: [String: [Route]] = [:]
    for operation in service.operations {
      let members = operation.input.flatMap(service.definition)?.members ?? []
      func required(_ location: String) -> [String] {
        members.filter { $0.isRequired && $0.location == location }.map { $0.wireName ?? $0.name }
      }
      routes[operation.method, default: []].append(
        Route(
          operation: operation.name, template: URITemplate(operation.uri),
          requiredQuery: required("querystring"), requiredHeaders: required("header"),
          isDeprecated: operation.isDeprecated))
    }
    self.routes = routes
  }

  /// The operation whose path and fixed query fit, and the labels' texts; nil where none does.
  ///
  /// Where several fit, the one that fixes more of the request counts, then the one all of whose
  /// required parameters are there, then the one that is not deprecated: at S3 what the deprecated
  /// one says, the one that took its place says, too.
  func match(_ request: WireRequest) -> (operation: String, labels: [String: String])? {
    var best: (score: [Int], operation: String, labels: [String: String])?
    let isOfDirectories = Self.isOfDirectories(request)
    for route in routes[request.method] ?? [] {
      if Self.ofDirectories.contains(route.operation), !isOfDirectories { continue }
      guard Self.fits(route.template.query, request.query),
        let (labels, fixed) = route.template.match(request.path)
      else { continue }
      let queries = route.requiredQuery.count { name in
        request.query.contains { $0.name == name }
      }
      let headers = route.requiredHeaders.count {
        request.headers.value(ofHeader: $0) != nil
      }
      let isComplete =
        queries == route.requiredQuery.count && headers == route.requiredHeaders.count
      let score = [
        isOfDirectories && Self.ofDirectories.contains(route.operation) ? 1 : 0,
        fixed, route.template.query.count, isComplete ? 1 : 0, queries + headers,
        route.isDeprecated ? 0 : 1,
      ]
      if best.map({ $0.score.lexicographicallyPrecedes(score) }) ?? true {
        best = (score, route.operation, labels)
      }
    }
    return best.map { ($0.operation, $0.labels) }
  }

  private static func isOfDirectories(_ request: WireRequest) -> Bool {
    if request.headers.value(ofHeader: "Host")?.hasPrefix("s3express-control") == true {
      return true
    }
    let claims = [
      request.headers.value(ofHeader: "Authorization"),
      request.query.value(ofParameter: "X-Amz-Credential"),
    ]
    return claims.contains { $0?.contains("/s3express/aws4_request") == true }
  }

  private static func fits(_ fixed: [WireField], _ query: [WireField]) -> Bool {
    fixed.allSatisfy { wanted in
      query.contains {
        $0.name == wanted.name && (wanted.value ?? "") == ($0.value ?? "")
      }
    }
  }
}
