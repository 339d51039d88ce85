package import AWSCatalog
import AWSWire
import Canon
package import CloudModel
import Synchronization

/// Where a call goes, and how it is signed there.
package struct ResolvedEndpoint: Hashable, Sendable {
  /// Where it goes.
  package let origin: Origin
  /// The region in signatures.
  package let signingRegion: String
  /// The service in signatures.
  package let signingName: String
  /// Whether this is AWS itself, where operations may have hosts of their own.
  package let takesHostPrefix: Bool
  /// The bucket that stands in the endpoint, and no more in the path; nil for none.
  package let bucket: String?
}

/// Finds the endpoints of a service's calls by the rules of the catalog, and keeps them: evaluating
/// the rules takes longer than encoding a call.
package final class EndpointResolver: Sendable {
  private let service: CatalogService
  private let settings: CloudSettings
  private let known = Mutex<[Question: ResolvedEndpoint]>([:])

  /// What an endpoint depends on.
  private struct Question: Hashable {
    let operation: String
    let parameters: [String: EndpointValue]
  }

  /// The endpoints of a service under settings.
  package init(_ service: CatalogService, settings: CloudSettings) {
    self.service = service
    self.settings = settings
  }

  /// Finds a call's endpoint.
  ///
  /// - Throws: `configuration` where no region is named, or AWS's rules refuse.
  package func resolve(
    _ operation: CatalogOperation, parameters: Value
  ) throws(CloudFailure) -> ResolvedEndpoint {
    let question = Question(
      operation: operation.name, parameters: texts(operation, parameters))
    if let found = known.withLock({ $0[question] }) { return found }
    let found = try find(operation, question.parameters)
    known.withLock { known in
      if known.count >= 1_000 { known = [:] }
      known[question] = found
    }
    return found
  }

  private func find(
    _ operation: CatalogOperation, _ parameters: [String: EndpointValue]
  ) throws(CloudFailure) -> ResolvedEndpoint {
    let override = settings.override(serviceID: service.serviceID)
    guard let region = settings.region ?? (service.globalEndpoint == nil ? nil : "aws-global")
    else {
      throw .configuration(
        "no region is named. Say --region, set AWS_REGION, or give the profile "
          + "'\(settings.profile)' a region.")
    }
    var question = EndpointQuestion(region: region)
    question.usesFIPS = settings.usesFIPS
    question.usesDualStack = settings.usesDualStack
    question.override = override?.description
    // What speaks like S3 elsewhere has seldom a name for each bucket.
    question.forcesPathStyle = override != nil
    let found: CatalogEndpoint
    do throws(EndpointError) {
      found = try service.endpoint(question, operation: operation, parameters: parameters)
    } catch {
      throw .configuration("there is no endpoint of \(service.name): \(error.message)")
    }
    guard let origin = Origin(url: found.url) else {
      throw .configuration("the endpoint '\(found.url)' is of no form that is known.")
    }
    let scheme = found.authSchemes.first { $0.name == "sigv4" }
    if scheme == nil, let other = found.authSchemes.first {
      throw .configuration(
        "\(service.name) \(operation.name) is signed by \(other.name), which is not supported.")
    }
    return ResolvedEndpoint(
      origin: origin,
      signingRegion: scheme?.signingRegion ?? (region == "aws-global" ? "us-east-1" : region),
      signingName: scheme?.signingName ?? service.signingName, takesHostPrefix: override == nil,
      bucket: service.name == "s3" ? parameters["Bucket"]?.text : nil)
  }

  /// The parameters that rules may ask for.
  private func texts(
    _ operation: CatalogOperation, _ parameters: Value
  ) -> [String: EndpointValue] {
    var out: [String: EndpointValue] = [:]
    for member in operation.input.flatMap({ service.definition($0)?.members }) ?? []
    where member.endpointParameter != nil {
      if let text = parameters[member.name].text { out[member.name] = .text(text) }
      if let truth = parameters[member.name].truth { out[member.name] = .truth(truth) }
    }
    return out
  }
}
