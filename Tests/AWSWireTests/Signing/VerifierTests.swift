import AWSWire
import Determinism
import Testing

@Suite struct VerifierTests {
  private let credentials = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token")
  private let now = SigningMoment(secondsSince1970: 1_800_000_000)
  private let host = "sqs.us-east-1.amazonaws.com"

  private func verifier(_ service: String = "sqs") -> SignatureVerifier {
    SignatureVerifier(region: "us-east-1", service: service)
  }

  private func signed(
    _ service: String = "sqs", region: String = "us-east-1", at moment: SigningMoment? = nil
  ) -> WireRequest {
    var request = WireRequest(
      path: "/a/b", query: [WireField("x", "1")],
      headers: [WireField("X-Amz-Target", "AmazonSQS.ListQueues"), WireField("Accept", "*/*")],
      body: Array("{}".utf8))
    var signer = RequestSigner(credentials: credentials, region: region, service: service)
    signer.sign(&request, host: host, at: moment ?? now)
    return request
  }

  private func refusal(
    _ request: WireRequest, _ service: String = "sqs", at moment: SigningMoment? = nil,
    key: SignatureVerifier.KnownKey? = nil
  ) -> SignatureRefusal? {
    let verdict = verifier(service).verify(request, at: moment ?? now) { id in
      key ?? (id == credentials.accessKeyID ? .valid(credentials) : .unknown)
    }
    switch verdict {
    case .success: return nil
    case .failure(let refusal): return refusal
    }
  }

  private func changed(
    _ name: String, in request: WireRequest, _ change: (String) -> String?
  ) -> WireRequest {
    var out = request
    out.headers = request.headers.compactMap { field in
      guard field.name == name else { return field }
      return change(field.value ?? "").map { WireField(name, $0) }
    }
    return out
  }

  @Test func `a request as it was signed is verified, whatever the order of headers and query`() {
    var request = signed()
    #expect(refusal(request) == nil)
    request.headers.reverse()
    request.headers.append(WireField("Via", "a proxy"))
    #expect(refusal(request) == nil)
  }

  @Test func `whatever is changed of what was signed is noticed`() {
    let request = signed()
    var variants: [WireRequest] = []
    for change in 0..<6 {
      var other = request
      switch change {
      case 0: other.method = "PUT"
      case 1: other.path = "/a/c"
      case 2: other.query = [WireField("x", "2")]
      case 3: other.query.append(WireField("y", nil))
      case 4: other.body.append(32)
      default: other.body = []
      }
      variants.append(other)
    }
    variants += [
      changed("X-Amz-Target", in: request) { $0 + "x" },
      changed("Accept", in: request) { _ in "x" },
      changed("Host", in: request) { $0 + "x" },
      changed("X-Amz-Date", in: request) { _ in self.now.adding(seconds: 1).stamp },
      changed("Accept", in: request) { _ in nil },
    ]
    for variant in variants { #expect(refusal(variant) == .mismatch) }
  }

  @Test func `no digit of a signature can be changed`() {
    let request = signed()
    for place in 0..<64 {
      let other = changed("Authorization", in: request) { value in
        var bytes = Array(value.utf8)
        let index = bytes.count - 64 + place
        bytes[index] = bytes[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return String(decoding: bytes, as: UTF8.self)
      }
      #expect(refusal(other) == .mismatch)
    }
    let short = changed("Authorization", in: request) { String($0.dropLast()) }
    #expect(refusal(short) == .mismatch)
  }

  @Test func `clocks may be off by a quarter of an hour, and no second more`() {
    for seconds: Int64 in [-900, -1, 0, 900] {
      #expect(refusal(signed(at: now.adding(seconds: seconds))) == nil)
    }
    for seconds: Int64 in [-901, 901, 1_000_000] {
      let moment = now.adding(seconds: seconds)
      let found = refusal(signed(at: moment))
      #expect(found == .skewed(signed: moment, now: now, limit: 900))
    }
    let found = refusal(signed("s3", at: now.adding(seconds: -901)), "s3")
    #expect(
      found?.failure(service: "s3", wireProtocol: "rest-xml").code == "RequestTimeTooSkewed")
    #expect(found?.failure(service: "ec2", wireProtocol: "ec2").code == "RequestExpired")
    #expect(found?.failure(service: "iam", wireProtocol: "query").code == "SignatureDoesNotMatch")
  }

  @Test func `a scope of another region, service, day or form counts nowhere`() {
    let cases: [(WireRequest, String)] = [
      (signed(region: "eu-west-1"), "valid region, not 'eu-west-1'"),
      (signed("sns"), "correct service: 'sqs'"),
      (
        changed("Authorization", in: signed()) { replaced($0, "aws4_request", "aws3_request") },
        "valid terminator"
      ),
      (
        changed("Authorization", in: signed()) { replaced($0, "/20270115/", "/20270114/") },
        "does not match YYYYMMDD"
      ),
    ]
    for (request, words) in cases {
      guard case .wrongScope(let text) = refusal(request) else {
        Issue.record("accepted, or refused for something else: \(words)")
        continue
      }
      #expect(text.contains(words))
    }
  }

  @Test func `what is missing in a signature is named`() {
    let request = signed()
    #expect(
      refusal(changed("Authorization", in: request) { _ in nil }) == .missingAuthentication)
    let cases: [(WireRequest, String)] = [
      (
        changed("Authorization", in: request) { replaced($0, "Signature=", "Sig=") },
        "requires 'Signature'"
      ),
      (
        changed("Authorization", in: request) { replaced($0, "Credential=", "Cred=") },
        "requires 'Credential'"
      ),
      (
        changed("Authorization", in: request) { replaced($0, "SignedHeaders=", "H=") },
        "requires 'SignedHeaders'"
      ),
      (changed("X-Amz-Date", in: request) { _ in nil }, "'X-Amz-Date' or a 'Date'"),
      (changed("X-Amz-Date", in: request) { _ in "yesterday" }, "Date must be in ISO-8601"),
      (changed("Authorization", in: request) { _ in "Basic Zm9vOmJhcg==" }, "'Basic'"),
      (
        changed("Authorization", in: request) { replaced($0, "/us-east-1/", "/") },
        "exactly 5 slash-delimited"
      ),
      (
        changed("Authorization", in: request) { _ in "AWS4-HMAC-SHA256 nonsense" },
        "missing equal-sign"
      ),
      (changed("Authorization", in: request) { _ in "" }, "'algorithm'"),
    ]
    for (variant, words) in cases {
      guard case .incomplete(let text) = refusal(variant) else {
        Issue.record("accepted, or refused for something else: \(words)")
        continue
      }
      #expect(text.contains(words))
    }
  }

  @Test func `keys that nobody has, foreign tokens and those that are over are told apart`() {
    #expect(refusal(signed(), key: .unknown) == .unknownKey("AKIDEXAMPLE"))
    #expect(refusal(signed(), key: .expired(credentials)) == .expiredToken)
    let other = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "another")
    #expect(refusal(signed(), key: .valid(other)) == .unknownKey("AKIDEXAMPLE"))
    let wrong = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "guess")
    #expect(refusal(signed(), key: .valid(wrong)) == .mismatch)
    let codes = [
      ("ec2", "ec2", "AuthFailure"), ("iam", "query", "InvalidClientTokenId"),
      ("dynamodb", "json", "UnrecognizedClientException"), ("s3", "rest-xml", "InvalidAccessKeyId"),
    ]
    for (service, wire, code) in codes {
      let failure = SignatureRefusal.unknownKey("A").failure(service: service, wireProtocol: wire)
      #expect(failure.code == code)
    }
  }

  @Test func `what must be signed cannot be left out`() {
    let request = signed()
    let bare = changed("Authorization", in: request) { replaced($0, "x-amz-target", "accept") }
    #expect(refusal(bare) == .unsignedHeaders(["x-amz-target"]))
    let hostless = changed("Authorization", in: request) { replaced($0, ";host", "") }
    #expect(refusal(hostless) == .unsignedHeaders(["host"]))
    var added = request
    added.headers.append(WireField("X-Amz-Grant", "everything"))
    #expect(refusal(added) == .unsignedHeaders(["x-amz-grant"]))
  }

  @Test func `S3 wants to know the body's digest, and holds it against the body`() {
    let request = signed("s3")
    #expect(refusal(request, "s3") == nil)
    var other = request
    other.body.append(1)
    #expect(refusal(other, "s3") == .contentMismatch)
    var streamed = changed("X-Amz-Content-Sha256", in: request) { _ in
      "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    }
    #expect(
      refusal(streamed, "s3") == .unsupportedPayload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"))
    streamed = changed("X-Amz-Content-Sha256", in: request) { _ in "UNSIGNED-PAYLOAD" }
    #expect(refusal(streamed, "s3") == .mismatch)
  }

  @Test func `presigned addresses count for their time, and say what they lack`() {
    var request = WireRequest(method: "GET", path: "/key with blank")
    var signer = RequestSigner(credentials: credentials, region: "us-east-1", service: "s3")
    signer.presign(&request, host: host, at: now, lifetime: 60)
    #expect(refusal(request, "s3") == nil)
    #expect(refusal(request, "s3", at: now.adding(seconds: 60)) == nil)
    let late = refusal(request, "s3", at: now.adding(seconds: 61))
    #expect(late?.failure(service: "s3", wireProtocol: "rest-xml").message == "Request has expired")
    for name in ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-Expires"] {
      var other = request
      other.query.removeAll { $0.name == name }
      guard case .badQuery = refusal(other, "s3") else {
        Issue.record("accepted without \(name)")
        continue
      }
    }
    for (lifetime, isTaken) in [("604800", true), ("604801", false), ("-1", false), ("x", false)] {
      var other = request
      other.query = request.query.map {
        $0.name == "X-Amz-Expires" ? WireField($0.name, lifetime) : $0
      }
      #expect((refusal(other, "s3") == .mismatch) == isTaken)
    }
  }

  @Test func `no bytes in a signature's place crash the verifier`() {
    var random = RandomSource(Seed(11).split("hostile signatures"))
    let request = signed()
    let original = Array((request.headers.value(ofHeader: "Authorization") ?? "").utf8)
    for _ in 0..<20_000 {
      var bytes = original
      for _ in 0...random.below(6) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(random.below(9)), at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let other = changed("Authorization", in: request) { _ in text }
      let isHarmless =
        text.split(separator: " ").joined()
        == String(decoding: original, as: UTF8.self).split(separator: " ").joined()
      if !isHarmless, refusal(other) == nil {
        // Blanks and empty parts between the parameters change nothing of what was signed.
        #expect(text.contains("Signature=") && text.contains("Credential=AKIDEXAMPLE/"))
      }
    }
  }

  private func replaced(_ text: String, _ old: String, _ new: String) -> String {
    text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
