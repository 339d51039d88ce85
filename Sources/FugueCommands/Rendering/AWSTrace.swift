import AWSCloud
import AWSWire

/// What goes over the wire, for `--debug`: no secret half of a key, no token, no signature, no
/// bodies that may hold a secret.
enum AWSTrace {
  /// One thing that happened, in lines.
  static func text(_ observation: CloudClient.Observation) -> String {
    switch observation {
    case .sending(let message, let attempt):
      let request = message.request
      return
        (["> \(request.method) \(message.origin)\(shown(request).target) (attempt \(attempt))"]
        + request.headers.map { "> \($0.name): \(value(of: $0))" }
        + ["> \(request.body.count) bytes of body"]).joined(separator: "\n")
    case .received(let response):
      var lines = ["< HTTP \(response.status)"]
      lines += response.headers.map { "< \($0.name): \(value(of: $0))" }
      lines.append("< \(response.body.count) bytes of body")
      if response.status >= 300 {
        lines.append("< \(String(decoding: response.body.prefix(2_000), as: UTF8.self))")
      }
      return lines.joined(separator: "\n")
    case .broken(let failure): return "< \(failure)"
    case .waiting(let seconds): return "… waiting \((seconds * 1_000).rounded() / 1_000) s"
    }
  }

  private static let secretFields: Set = [
    "x-amz-security-token", "x-amz-signature", "x-amz-sso_bearer_token", "set-cookie",
    "x-amz-server-side-encryption-customer-key", "x-aws-ec2-metadata-token",
    "x-amz-copy-source-server-side-encryption-customer-key",
  ]

  private static func value(of field: WireField) -> String {
    let value = field.value ?? ""
    if secretFields.contains(field.name.lowercased()) { return "(hidden)" }
    guard field.name.lowercased() == "authorization" else { return value }
    return value.firstRange(of: "Signature=").map { "\(value[..<$0.upperBound])(hidden)" }
      ?? "(hidden)"
  }

  private static func shown(_ request: WireRequest) -> WireRequest {
    var out = request
    out.query = request.query.map { field in
      secretFields.contains(field.name.lowercased()) ? WireField(field.name, "hidden") : field
    }
    return out
  }
}
