import AWSCatalog
import AWSCloud
import AWSWire
import CloudModel
import Testing

/// Whole calls against a server that answers as no honest one does: each ends, with what is known
/// of the call and the id of the request where one came.
@Suite struct HostileResponseTests {
  private struct Sample: Sendable {
    let service: String
    let operation: String
    let parameters: Value
    let type: String
    let body: String
  }

  private static let samples = [
    Sample(
      service: "ec2", operation: "CreateVpc", parameters: ["CidrBlock": "10.0.0.0/16"],
      type: "text/xml",
      body: "<CreateVpcResponse><vpc><vpcId>vpc-é</vpcId></vpc></CreateVpcResponse>"),
    Sample(
      service: "iam", operation: "CreateUser", parameters: ["UserName": "u"], type: "text/xml",
      body: "<CreateUserResponse><CreateUserResult><User><UserName>é</UserName></User>"
        + "</CreateUserResult></CreateUserResponse>"),
    Sample(
      service: "dynamodb", operation: "PutItem",
      parameters: ["TableName": "t", "Item": ["id": ["S": "x"]]],
      type: "application/x-amz-json-1.0", body: "{\"Attributes\":{\"id\":{\"S\":\"é\"}}}"),
    Sample(
      service: "lambda", operation: "PublishVersion", parameters: ["FunctionName": "f"],
      type: "application/json", body: "{\"FunctionName\":\"é\"}"),
    Sample(
      service: "s3", operation: "CreateMultipartUpload", parameters: ["Bucket": "b", "Key": "k"],
      type: "application/xml",
      body: "<InitiateMultipartUploadResult><Key>é</Key></InitiateMultipartUploadResult>"),
  ]

  private enum Expected {
    case output
    case unknown(String)
    case refused(Int)
  }

  private func head(_ sample: Sample, _ length: Int, _ more: String = "") -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: \(sample.type)\r\nx-amzn-RequestId: rq-1\r\n\(more)"
      + "Content-Length: \(length)\r\n\r\n"
  }

  private func check(
    _ sample: Sample, _ way: LoopbackServer.Behaviour, _ expected: Expected,
    namesRequest: Bool = true, milliseconds: Int64 = 60_000
  ) async throws {
    let server = try await LoopbackServer.start(way)
    let transport = AsyncHTTPTransport()
    var settings = CloudSettings(region: "eu-west-1")
    settings.endpoint = Origin(isSecure: false, host: "127.0.0.1", port: server.port)
    settings.totalMilliseconds = milliseconds
    settings.bodyLimit = 1 << 20
    settings.retries = RetryPolicy(attempts: 1)
    let clock = ClientClock(
      now: { SigningMoment(secondsSince1970: 1_800_000_000) }, seconds: { 0 }, sleep: { _ in },
      random: { 0.5 }, token: { "t" })
    let client = CloudClient(
      catalog: Catalog(), settings: settings, credentials: nil, transport: transport,
      clock: clock)
    let call = Call(
      service: sample.service, operation: sample.operation, parameters: sample.parameters)
    do throws(CloudFailure) {
      let answer = try await client.call(call)
      guard case .output = expected else {
        Issue.record("\(sample.service), \(way): \(answer)")
        return
      }
      #expect(answer.requestID == "rq-1")
    } catch {
      switch (expected, error) {
      case (.unknown(let words), .outcomeUnknown(let reason, _)):
        #expect(reason.contains(words), "\(sample.service): \(error)")
        #expect(error.mayBeDone)
        if namesRequest { #expect("\(error)".contains("rq-1"), "\(error)") }
      case (.refused(let status), .refused(let failure, _)):
        #expect(failure.status == status && failure.message.utf8.count < 10_000)
        if namesRequest { #expect("\(error)".contains("rq-1"), "\(error)") }
      case (_, _): Issue.record("\(sample.service), \(way): \(error)")
      }
    }
    await transport.close()
    await server.stop()
  }

  @Test func `bodies of a wrong length are not taken for whole ones`() async throws {
    for sample in Self.samples {
      let count = sample.body.utf8.count
      try await check(sample, .send(head(sample, count) + sample.body, closes: false), .output)
      try await check(
        sample, .send(head(sample, count + 10) + sample.body, closes: true), .unknown(""),
        namesRequest: false)
      try await check(
        sample, .send(head(sample, count - 4) + sample.body, closes: true),
        .unknown("cannot be understood"))
      try await check(
        sample,
        .repeating(
          head: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          piece: "5\r\nhello\r\n"), .unknown("longer than"), namesRequest: false)
    }
  }

  @Test func `a wrong type or coding of the body is told, or does not matter`() async throws {
    for sample in Self.samples {
      let count = sample.body.utf8.count
      let bare = head(sample, count).replacing("Content-Type: \(sample.type)\r\n", with: "")
      for type in ["", "Content-Type: text/html; charset=utf-16\r\n", "Content-Type: \r\n"] {
        let text = bare.replacing("\r\nx-amzn", with: "\r\n\(type)x-amzn") + sample.body
        try await check(sample, .send(text, closes: false), .output)
      }
      let latin = Array(sample.body.unicodeScalars.map { UInt8($0.value & 255) })
      try await check(
        sample, .bytes(Array(head(sample, latin.count).utf8) + latin),
        .unknown("cannot be understood"))
      var wide: [UInt8] = [0xFF, 0xFE]
      for unit in sample.body.utf16 { wide += [UInt8(unit & 255), UInt8(unit >> 8)] }
      try await check(
        sample, .bytes(Array(head(sample, wide.count).utf8) + wide),
        .unknown("cannot be understood"))
      // The head of a gzip member whose megabytes of zeros would follow: nothing is unpacked.
      let zipped: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Array(repeating: 0, count: 999)
      try await check(
        sample,
        .bytes(
          Array(head(sample, zipped.count, "Content-Encoding: gzip\r\n").utf8) + zipped),
        .unknown("gzip"))
    }
  }

  @Test func `pages of HTML are no answers, whatever their status`() async throws {
    for sample in Self.samples {
      for page in [
        "<html><body>Login</body></html>", "<!DOCTYPE html><html></html>", "<HTML></HTML>",
        "Please log in", String(repeating: "<html>", count: 20_000),
      ] {
        try await check(
          sample, .send(head(sample, page.utf8.count) + page, closes: false),
          .unknown("cannot be understood"))
        for status in [302, 403, 502] {
          let text = head(sample, page.utf8.count).replacing("200 OK", with: "\(status) X") + page
          try await check(sample, .send(text, closes: false), .refused(status))
        }
      }
    }
  }

  @Test func `what is nested without end, or is of another protocol, is told`() async throws {
    for sample in Self.samples {
      for body in [
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
        String(repeating: "<a>", count: 100_000), "\u{0}\u{1}\u{2}", "{\"a\":1}}", "<a></b>",
      ] {
        try await check(
          sample, .send(head(sample, body.utf8.count) + body, closes: false),
          .unknown("cannot be understood"))
      }
    }
  }

  @Test func `statuses before the last do not count, and end when there are too many`()
    async throws
  {
    for sample in Self.samples {
      let whole = head(sample, sample.body.utf8.count) + sample.body
      for early in ["100 Continue", "102 Processing", "103 Early Hints"] {
        try await check(
          sample, .send("HTTP/1.1 \(early)\r\n\r\n" + whole, closes: false), .output)
      }
      try await check(
        sample, .send("HTTP/1.1 204 No Content\r\nx-amzn-RequestId: rq-1\r\n\r\n", closes: false),
        sample.service == "ec2" || sample.service == "iam" ? .unknown("") : .output)
    }
    let sample = Self.samples[0]
    try await check(
      sample, .repeating(head: "", piece: "HTTP/1.1 100 Continue\r\n\r\n"), .unknown(""),
      namesRequest: false, milliseconds: 2_000)
    try await check(
      sample, .repeating(head: "HTTP/1.1 200 OK\r\n", piece: "x-a: b\r\n"), .unknown(""),
      namesRequest: false, milliseconds: 20_000)
  }
}
