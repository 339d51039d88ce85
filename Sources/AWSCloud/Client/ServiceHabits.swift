import AWSCatalog
import AWSWire
import Canon
import CloudModel

/// What services want and give beyond their models, as all of AWS's clients know it.
///
/// Source: each service's API reference; the list of them is that of botocore's handlers.
struct ServiceHabits {
  let service: CatalogService
  let operation: CatalogOperation

  /// Parameters as the service wants them.
  func prepared(_ parameters: Value) -> Value {
    guard case .record(var fields) = parameters else { return parameters }
    if let mode = operation.checksumModeMember, (fields[mode] ?? .null) == .null {
      fields[mode] = "ENABLED"
    }
    switch service.name {
    case "s3":
      if encodesKeys(parameters) { fields["EncodingType"] = "url" }
      if let source = fields["CopySource"]?.text {
        fields["CopySource"] = .string(Self.copySource(source))
      }
    case "route53":
      // Ids come with a path before them, and are wanted without.
      for member in operation.input.flatMap({ service.definition($0)?.members }) ?? [] {
        guard case .named(let shape) = member.target, let text = fields[member.name]?.text,
          ["ResourceId", "DelegationSetId", "ChangeId"].contains(shape)
        else { continue }
        fields[member.name] = .string(text.split(separator: "/").last.map(String.init) ?? text)
      }
    case "glacier":
      if (fields["accountId"] ?? .null) == .null { fields["accountId"] = "-" }
    default: break
    }
    return .record(fields)
  }

  /// Adds the headers that the service wants.
  func addHeaders(_ request: inout WireRequest) {
    switch service.name {
    case "apigateway":
      // Without it the answer is of another form.
      if request.headers.value(ofHeader: "Accept") == nil {
        request.headers.append(WireField("Accept", "application/json"))
      }
    case "glacier":
      request.headers.append(WireField("x-amz-glacier-version", service.apiVersion))
    default: return
    }
  }

  /// A response as the protocol has it: S3 may notice only after its status that a copy failed.
  /// Source: Amazon S3 API reference, `CopyObject`.
  func normal(_ response: WireResponse) -> WireResponse {
    guard service.name == "s3", response.status == 200, response.body.count < 1 << 16 else {
      return response
    }
    var text = String(decoding: response.body, as: UTF8.self)[...].trimmed
    if text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>") {
      text = text[end.upperBound...].trimmed
    }
    guard text.hasPrefix("<Error>") else { return response }
    var out = response
    out.status = 500
    return out
  }

  /// An output as people want it.
  ///
  /// - Parameter parameters: What the caller gave.
  func finished(_ output: Value, for parameters: Value) -> Value {
    switch service.name {
    case "s3" where operation.name == "GetBucketLocation":
      // The first region has no name here.
      guard output["LocationConstraint"] == "", case .record(var fields) = output else {
        return output
      }
      fields["LocationConstraint"] = .null
      return .record(fields)
    case "s3" where encodesKeys(parameters) && output["EncodingType"] == "url":
      return decodedKeys(output)
    case "iam":
      return operation.output.map { decodedPolicies(output, in: $0, depth: 0) } ?? output
    default: return output
    }
  }

  /// Keys may hold characters that XML has no form for, so listings are asked for encoded.
  private func encodesKeys(_ parameters: Value) -> Bool {
    ["ListObjects", "ListObjectsV2", "ListObjectVersions"].contains(operation.name)
      && parameters["EncodingType"] == .null
  }

  private func decodedKeys(_ output: Value) -> Value {
    guard case .record(var fields) = output else { return output }
    let names = [
      "Delimiter", "Marker", "NextMarker", "Prefix", "StartAfter", "KeyMarker", "NextKeyMarker",
    ]
    for name in names {
      if let text = fields[name]?.text { fields[name] = .string(percentDecoded(text)) }
    }
    for (list, name) in [
      ("Contents", "Key"), ("CommonPrefixes", "Prefix"), ("Versions", "Key"),
      ("DeleteMarkers", "Key"),
    ] {
      guard let items = fields[list]?.elements else { continue }
      fields[list] = .list(
        items.map { item in
          guard case .record(var inner) = item, let text = inner[name]?.text else { return item }
          inner[name] = .string(percentDecoded(text))
          return .record(inner)
        })
    }
    return .record(fields)
  }

  /// IAM gives policies percent-encoded. Source: AWS IAM API reference, `GetRole`.
  private func decodedPolicies(_ value: Value, in shape: String, depth: Int) -> Value {
    guard depth < 16, let definition = service.definition(shape) else { return value }
    switch (definition.kind, value) {
    case (.structure(let members), .record(var fields)):
      for member in members {
        guard case .named(let target) = member.target, let inner = fields[member.name] else {
          continue
        }
        if target == "policyDocumentType", let text = inner.text {
          fields[member.name] = .string(percentDecoded(text))
        } else {
          fields[member.name] = decodedPolicies(inner, in: target, depth: depth + 1)
        }
      }
      return .record(fields)
    case (.list(let element), .list(let items)):
      guard case .named(let target) = element.target else { return value }
      return .list(items.map { decodedPolicies($0, in: target, depth: depth + 1) })
    case (_, _): return value
    }
  }

  /// `bucket/key?versionId=v` with the key percent-encoded.
  private static func copySource(_ text: String) -> String {
    let version = text.firstRange(of: "?versionId=")
    let key = version.map { text[..<$0.lowerBound] } ?? text[...]
    return percentEncoded(String(key), keepsSlash: true)
      + (version.map { String(text[$0.lowerBound...]) } ?? "")
  }
}
