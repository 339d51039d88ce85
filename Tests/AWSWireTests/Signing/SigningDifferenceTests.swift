import AWSWire
import Canon
import Determinism
import Foundation
import Testing

/// Our signer beside botocore's, on the same requests.
@Suite struct SigningDifferenceTests {
  /// A request, and how it is to be signed.
  private struct Case {
    var request: WireRequest
    var host: String
    var way: String
    var moment: SigningMoment
    var credentials: AWSCredentials
    var region: String
    var service: String
    var isUnsigned: Bool
    var lifetime: Int

    var isS3: Bool { way.hasSuffix("-s3") }
    var isQuery: Bool { way.hasPrefix("query") }

    var json: JSON {
      JSON.object([
        JSON.Member("method", .string(request.method)),
        JSON.Member("url", .string("https://\(host)\(request.target)")),
        JSON.Member("body", .string(hexFromBytes(request.body))),
        JSON.Member(
          "headers",
          .array(request.headers.map { .array([.string($0.name), .string($0.value ?? "")]) })),
        JSON.Member("way", .string(way)), JSON.Member("service", .string(service)),
        JSON.Member("region", .string(region)), JSON.Member("unsigned", .bool(isUnsigned)),
        JSON.Member("lifetime", .integer(lifetime)),
        JSON.Member("seconds", .integer(moment.secondsSince1970)),
        JSON.Member("key", .string(credentials.accessKeyID)),
        JSON.Member("secret", .string(credentials.secretAccessKey)),
        JSON.Member("token", credentials.sessionToken.map(JSON.string) ?? .null),
      ])
    }

    /// What botocore gives, of ours.
    func signed() -> (text: String, request: WireRequest) {
      var signer = RequestSigner(
        credentials: credentials, region: region, service: service,
        rules: isS3 ? .s3 : .ordinary)
      var request = request
      if isQuery {
        signer.presign(&request, host: host, at: moment, lifetime: lifetime)
        return ("https://\(host)\(request.target)", request)
      }
      signer.sign(
        &request, host: host, at: moment, payload: isUnsigned ? .unsigned : .digest)
      return (request.headers.value(ofHeader: "Authorization") ?? "", request)
    }
  }

  @Test func `four thousand requests are signed as botocore signs them, and verify`() throws {
    var random = RandomSource(Seed(7).split("signing"))
    let cases = (0..<4_000).map { _ in draw(&random) }
    let input = JSON.array(cases.map(\.json)).text()
    guard let lines = try Peer.python("Signing/sign-with-botocore.py", input: input) else {
      return
    }
    #expect(lines.count == cases.count)
    for (number, (one, theirs)) in zip(cases, lines).enumerated() {
      let (ours, request) = one.signed()
      #expect(ours == theirs, "case \(number): \(one.json.text())")
      let verifier = SignatureVerifier(
        region: one.region, service: one.service, rules: one.isS3 ? .s3 : .ordinary)
      let verdict = verifier.verify(request, at: one.moment) { _ in .valid(one.credentials) }
      #expect(verdict == .success(one.credentials), "case \(number)")
    }
  }

  private func draw(_ random: inout RandomSource) -> Case {
    let way = ["header", "header-s3", "query", "query-s3"][random.below(4)]
    let isQuery = way.hasPrefix("query")
    let method = ["GET", "POST", "PUT", "DELETE", "HEAD"][random.below(5)]
    var request = WireRequest(method: isQuery ? "GET" : method)
    request.path = path(&random)
    // A presigned address has each parameter once, in botocore's form of them, with a value.
    let names = (0..<random.below(5)).map { _ in text(&random, atLeast: 1) }
    for (index, name) in names.enumerated()
    where !isQuery || names[..<index].allSatisfy({ $0 != name }) {
      request.query.append(WireField(name, text(&random, atLeast: 0)))
    }
    for _ in 0..<random.below(4) {
      request.headers.append(
        WireField(
          ["X-Amz-Target", "Content-Type", "My-Header", "my-header", "User-Agent", "X-amz-meta-A"][
            random.below(6)], headerValue(&random)))
    }
    if !isQuery {
      request.body = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
    }
    return Case(
      request: request,
      host: ["example.amazonaws.com", "bucket.s3.eu-west-3.amazonaws.com", "h:8443"][
        random.below(3)], way: way,
      moment: SigningMoment(secondsSince1970: Int64(random.below(4_000_000_000))),
      credentials: AWSCredentials(
        accessKeyID: "AKID\(random.below(1_000))", secretAccessKey: "s/\(random.next())+x",
        sessionToken: random.below(3) == 0 ? "tok/+=\(random.next())" : nil),
      region: ["us-east-1", "eu-central-2", "cn-north-1"][random.below(3)],
      service: ["iam", "s3", "dynamodb", "execute-api"][random.below(4)],
      isUnsigned: !isQuery && way == "header" && random.below(6) == 0,
      lifetime: 1 + random.below(604_800))
  }

  private func path(_ random: inout RandomSource) -> String {
    let parts = ["", ".", "..", "a", "a%20b", "%2F", "%C3%A9", "~x", "a.b", "+", "*", "a:b", "="]
    return "/"
      + (0..<random.below(6)).map { _ in parts[random.below(parts.count)] }
      .joined(separator: "/")
  }

  private func text(_ random: inout RandomSource, atLeast: Int) -> String {
    let parts = [
      "a", "B", "7", "-", "_", ".", "~", " ", "+", "/", "&", "=", "%", "é", "ሴ", "🙂", "*", "'", ":",
      "a-b", "A=",
    ]
    return (0..<(atLeast + random.below(5))).map { _ in parts[random.below(parts.count)] }.joined()
  }

  private func headerValue(_ random: inout RandomSource) -> String {
    let parts = ["a", "  ", " ", "\t", "b;c", "\"x  y\"", ",", "é", "Z"]
    return (0..<random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
  }
}
