import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import CloudModel
import Synchronization
import Testing

/// The client over acted answers: what it makes of each, how often it asks, and what it says.
@Suite struct ClientTests {
  /// Gives answers in order, the last for ever, and keeps what was sent.
  private final class Acted: HTTPTransport {
    let state: Mutex<(answers: [Result<WireResponse, HTTPFailure>], sent: [HTTPMessage])>
    let slept = Mutex<[Double]>([])

    init(_ answers: [Result<WireResponse, HTTPFailure>]) { state = Mutex((answers, [])) }

    func exchange(_ message: HTTPMessage) async throws(HTTPFailure) -> WireResponse {
      let answer = state.withLock { state in
        state.sent.append(message)
        return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
      }
      return try answer.get()
    }

    var sent: [HTTPMessage] { state.withLock { $0.sent } }

    func client(
      _ change: (inout CloudSettings) -> Void = { _ in }, signs: Bool = true
    ) -> CloudClient {
      var settings = CloudSettings(region: "eu-west-1")
      change(&settings)
      let tokens = Mutex(0)
      let clock = ClientClock(
        now: { SigningMoment(secondsSince1970: 1_800_000_000) }, seconds: { 0 },
        sleep: { seconds in self.slept.withLock { $0.append(seconds) } }, random: { 0.5 },
        token: {
          tokens.withLock { number in
            number += 1
            return "token-\(number)"
          }
        })
      let keeper = CredentialKeeper(now: clock.now) {
        ResolvedCredentials(
          credentials: AWSCredentials(accessKeyID: "AK", secretAccessKey: "s3cr3t"),
          source: "test")
      }
      return CloudClient(
        catalog: Catalog(), settings: settings, credentials: signs ? keeper : nil,
        transport: self, clock: clock)
    }
  }

  private func response(
    _ status: Int, _ body: String = "", _ headers: [WireField] = []
  ) -> Result<WireResponse, HTTPFailure> {
    .success(WireResponse(status: status, headers: headers, body: Array(body.utf8)))
  }

  private func failure(
    _ client: CloudClient, _ service: String, _ operation: String, _ parameters: Value = [:]
  ) async -> CloudFailure? {
    do throws(CloudFailure) {
      _ = try await client.call(
        Call(service: service, operation: operation, parameters: parameters))
      return nil
    } catch { return error }
  }

  private let calls: [(String, String, Value)] = [
    ("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"]), ("iam", "CreateUser", ["UserName": "u"]),
    ("dynamodb", "PutItem", ["TableName": "t", "Item": ["id": ["S": "x"]]]),
    ("lambda", "PublishVersion", ["FunctionName": "f"]),
    ("s3", "CreateMultipartUpload", ["Bucket": "b", "Key": "k"]),
  ]

  @Test func `garbage in place of an answer leaves the outcome open, and is not tried again`()
    async
  {
    for (service, operation, parameters) in calls {
      for body in [
        "<html><body>Login</body></html", "<a><b></a>", "{\"a\":", "\u{0}\u{FF}",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", String(repeating: "<a>", count: 5_000),
        String(repeating: "[", count: 5_000),
      ] {
        let acted = Acted([response(200, body)])
        let failure = await failure(acted.client(), service, operation, parameters)
        // An answer that has a form of its own kind, but not the right one, may mean no output.
        guard let failure else { continue }
        guard case .outcomeUnknown(let reason, let trace) = failure else {
          Issue.record("\(service), \(body.prefix(20)): \(failure)")
          continue
        }
        #expect(reason.contains("cannot be understood"))
        #expect(failure.mayBeDone && failure.outcome == .unknown)
        #expect(trace.attempts == 1 && acted.sent.count == 1)
        #expect("\(failure)".contains("whether \(service) \(operation) was carried out"))
      }
    }
  }

  @Test func `pages of proxies are errors with their status, whatever the protocol`() async {
    for (service, operation, parameters) in calls {
      for status in [301, 302, 403, 404, 407, 502, 503] {
        let acted = Acted([response(status, "<html>nginx</html>", [WireField("Via", "p")])])
        let failure = await failure(acted.client(), service, operation, parameters)
        guard case .refused(let said, _)? = failure else {
          Issue.record("\(service) \(status): \(failure.map { "\($0)" } ?? "accepted")")
          continue
        }
        #expect(said.status == status)
        #expect(failure?.mayBeDone == (status >= 500))
        #expect(acted.sent.count == 1)
      }
    }
  }

  @Test func `reads are asked again after any trouble, in waits that grow`() async throws {
    let body =
      "<DescribeVpcsResponse><requestId>r-1</requestId><vpcSet/></DescribeVpcsResponse>"
    for trouble in [
      response(500), response(503, "<html/>"), response(200, "<a"),
      .failure(.outcomeUnknown("broken")), .failure(.notSent("refused")),
    ] {
      let acted = Acted([trouble, trouble, response(200, body)])
      let answer = try await acted.client().call(
        Call(service: "ec2", operation: "DescribeVpcs", parameters: [:]))
      #expect(answer.attempts == 3 && answer.requestID == "r-1")
      #expect(acted.slept.withLock { $0 } == [0.5, 1])
    }
    let acted = Acted([response(500)])
    let failure = await failure(acted.client(), "ec2", "DescribeVpcs")
    #expect(acted.sent.count == 3 && "\(failure.map { "\($0)" } ?? "")".contains("3 attempts"))
  }

  @Test func `a call with a client token is repeated with the same token`() async throws {
    let acted = Acted([
      .failure(.outcomeUnknown("time")), response(500),
      response(
        200,
        "<CreateNatGatewayResponse><requestId>r</requestId><natGateway/></CreateNatGatewayResponse>"
      ),
    ])
    _ = try await acted.client().call(
      Call(service: "ec2", operation: "CreateNatGateway", parameters: ["SubnetId": "subnet-1"]))
    let bodies = acted.sent.map { String(decoding: $0.request.body, as: UTF8.self) }
    #expect(bodies.count == 3 && Set(bodies).count == 1)
    #expect(bodies[0].contains("ClientToken=token-1"))
    // A token that the caller gives stays.
    let other = Acted([response(200, "<CreateNatGatewayResponse/>")])
    _ = try await other.client().call(
      Call(
        service: "ec2", operation: "CreateNatGateway",
        parameters: ["SubnetId": "subnet-1", "ClientToken": "mine"]))
    #expect(
      String(decoding: other.sent[0].request.body, as: UTF8.self).contains("ClientToken=mine"))
  }

  @Test func `throttling is waited out also by calls that are made once`() async throws {
    let refusal =
      "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>m</Message></Error>"
      + "</Errors><RequestID>r-9</RequestID></Response>"
    let acted = Acted([response(503, refusal), response(200, "<CreateVpcResponse/>")])
    let answer = try await acted.client().call(
      Call(service: "ec2", operation: "CreateVpc", parameters: ["CidrBlock": "10.0.0.0/16"]))
    #expect(answer.attempts == 2)
    let never = Acted([response(503, refusal)])
    let failure = await failure(never.client(), "ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    #expect(never.sent.count == 3 && failure?.mayBeDone == false)
    let said = failure.map { "\($0)" } ?? ""
    #expect(said.contains("RequestLimitExceeded: m") && said.contains("request id r-9"))
  }

  @Test func `what was not sent is said so, and what may have been done is left`() async {
    let refused = Acted([.failure(.notSent("h refuses the connection"))])
    let first = await failure(refused.client(), "ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    #expect(refused.sent.count == 3 && first?.mayBeDone == false)
    #expect("\(first.map { "\($0)" } ?? "")".contains("was not sent: h refuses"))
    let lost = Acted([.failure(.outcomeUnknown("no whole response"))])
    let second = await failure(lost.client(), "ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    #expect(lost.sent.count == 1 && second?.mayBeDone == true)
    #expect("\(second.map { "\($0)" } ?? "")".contains("could do it twice"))
  }

  @Test func `an attempt that may have been done is not forgotten by what comes after it`() async {
    for last in [response(400, "{}"), .failure(.notSent("refused"))] {
      let acted = Acted([.failure(.outcomeUnknown("time")), last])
      let failure = await failure(
        acted.client { $0.retries.attempts = 2 }, "lambda", "DeleteFunction",
        ["FunctionName": "f"])
      #expect(failure?.mayBeDone == (acted.sent.count > 1 || failure?.outcome == .unknown))
      let put = Acted([.failure(.outcomeUnknown("time")), last])
      let other = await self.failure(
        put.client { $0.retries.attempts = 2 }, "s3", "PutBucketPolicy",
        ["Bucket": "b", "Policy": "{}"])
      #expect(put.sent.count == 2 && other?.mayBeDone == true && other?.outcome == .unknown)
    }
  }

  @Test func `bodies carry the checksum that S3 asks for, and damaged ones are noticed`()
    async throws
  {
    let acted = Acted([response(200)])
    _ = try await acted.client().call(
      Call(
        service: "s3", operation: "PutObject",
        parameters: ["Bucket": "bucket", "Key": "k", "Body": "MTIzNDU2Nzg5"]))
    let sent = acted.sent[0]
    // The check values of CRC-32 are those of the text 123456789.
    #expect(sent.request.headers.value(ofHeader: "x-amz-checksum-crc32") == "y/Q5Jg==")
    #expect(sent.origin.host == "bucket.s3.eu-west-1.amazonaws.com" && sent.request.path == "/k")
    #expect(BodyChecksum.crc32c.base64(of: Array("123456789".utf8)) == "4waSgw==")
    let damaged = Acted([
      response(200, "123456780", [WireField("x-amz-checksum-crc32", "y/Q5Jg==")])
    ])
    let failure = await failure(
      damaged.client(), "s3", "GetObject", ["Bucket": "b", "Key": "k"])
    #expect("\(failure.map { "\($0)" } ?? "")".contains("the body is damaged"))
  }

  @Test func `S3 may fail after it said that all is well`() async {
    let body =
      "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>m</Message></Error>"
    let acted = Acted([response(200, body)])
    let failure = await failure(
      acted.client(), "s3", "CopyObject",
      ["Bucket": "b", "Key": "k", "CopySource": "a b/c?versionId=1"])
    guard case .refused(let said, _)? = failure else {
      Issue.record("\(failure.map { "\($0)" } ?? "accepted")")
      return
    }
    #expect(said.code == "InternalError" && failure?.mayBeDone == true)
    #expect(
      acted.sent[0].request.headers.value(ofHeader: "x-amz-copy-source") == "a%20b/c?versionId=1")
  }

  @Test func `requests go where the settings say, and are signed for it`() async throws {
    let body = "<ListUsersResponse><ListUsersResult><Users/></ListUsersResult></ListUsersResponse>"
    let acted = Acted([response(200, body)])
    _ = try await acted.client().call(
      Call(service: "iam", operation: "ListUsers", parameters: [:]))
    #expect(acted.sent[0].origin.description == "https://iam.amazonaws.com")
    let header = acted.sent[0].request.headers.value(ofHeader: "Authorization") ?? ""
    #expect(header.contains("Credential=AK/20270115/us-east-1/iam/aws4_request"))
    #expect(!acted.sent[0].request.headers.contains { ($0.value ?? "").contains("s3cr3t") })
    let local = Acted([response(200, "{}")])
    let client = local.client({ $0.endpoint = Origin(url: "http://127.0.0.1:5000/base/") })
    _ = try await client.call(
      Call(service: "dynamodb", operation: "ListTables", parameters: [:]))
    #expect(local.sent[0].origin.description == "http://127.0.0.1:5000")
    #expect(local.sent[0].request.path == "/base/")
    let verifier = SignatureVerifier(region: "eu-west-1", service: "dynamodb")
    let verdict = verifier.verify(
      local.sent[0].request, at: SigningMoment(secondsSince1970: 1_800_000_000)
    ) { _ in .valid(AWSCredentials(accessKeyID: "AK", secretAccessKey: "s3cr3t")) }
    guard case .success = verdict else {
      Issue.record("\(verdict)")
      return
    }
    let plain = Acted([response(200, body)])
    _ = try await plain.client(signs: false).call(
      Call(service: "iam", operation: "ListUsers", parameters: [:]))
    #expect(plain.sent[0].request.headers.value(ofHeader: "Authorization") == nil)
  }

  @Test func `mistakes are told before anything is sent`() async {
    let acted = Acted([response(200)])
    let client = acted.client()
    for (service, operation, parameters) in [
      ("ec3", "DescribeVpcs", [:] as Value), ("ec2", "DescribeVpc", [:]),
      ("ec2", "DescribeVpcs", ["VpcIds": "vpc-1"]), ("s3", "GetObject", ["Bucket": "b"]),
    ] {
      guard case .invalid = await failure(client, service, operation, parameters) else {
        Issue.record("\(service) \(operation) is taken")
        continue
      }
    }
    guard
      case .configuration(let text) = await failure(
        acted.client { $0.region = nil }, "ec2", "DescribeVpcs")
    else {
      Issue.record("a region is made up")
      return
    }
    #expect(text.contains("--region"))
    #expect(acted.sent.isEmpty)
  }
}
