import AWSCatalog
import AWSWire
import Canon
import CloudModel
import Testing

@Suite struct WireTests {
  private func wire(_ name: String, _ speaks: WireProtocol? = nil) throws -> ServiceWire {
    ServiceWire(try #require(Catalog().service(name)), speaking: speaks)
  }

  @Test func `a required parameter that is missing is named`() throws {
    let ec2 = try wire("ec2")
    let error = #expect(throws: WireError.self) {
      try ec2.request(for: "RunInstances", parameters: .record(["MaxCount": .int(1)]))
    }
    #expect(error == WireError(.parameter, at: "MinCount", "it is required"))
  }

  @Test func `a parameter of another type is named with its place`() throws {
    let ec2 = try wire("ec2")
    let error = #expect(throws: WireError.self) {
      try ec2.request(
        for: "DescribeVpcs",
        parameters: .record([
          "Filters": .list([
            .record(["Name": .string("a")]), .record(["Values": .list([.int(1)])]),
          ])
        ]))
    }
    #expect(error?.kind == .parameter)
    #expect(error?.path == "Filters[1].Values[0]")
    #expect(throws: WireError.self) {
      try ec2.request(for: "DescribeVpcs", parameters: .record(["Unicorn": .int(1)]))
    }
    #expect(throws: WireError(.unknownOperation, "ec2 has no operation CreateUnicorn")) {
      try ec2.request(for: "CreateUnicorn", parameters: .record([:]))
    }
  }

  @Test func `a bucket's region is the root of the answer`() throws {
    let s3 = try wire("s3")
    let output = Value.record(["LocationConstraint": .string("eu-west-1")])
    let response = try s3.response(to: "GetBucketLocation", output: output, requestID: "r")
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == "<LocationConstraint>eu-west-1</LocationConstraint>")
    let reply = try s3.reply(to: "GetBucketLocation", response)
    #expect(reply == .success(WireOutput(value: output, requestID: "r")))
  }

  @Test func `of two operations at one path that of the endpoint is meant`() throws {
    let s3 = try wire("s3")
    var request = try s3.request(for: "ListDirectoryBuckets", parameters: [:])
    #expect(try s3.call(from: request).operation == "ListBuckets")
    let scope = "Credential=AK/20260131/eu-west-3/s3express/aws4_request"
    request.headers.append(WireField("Authorization", "AWS4-HMAC-SHA256 \(scope), Signature=0"))
    #expect(try s3.call(from: request).operation == "ListDirectoryBuckets")
    var buckets = try s3.request(for: "ListBuckets", parameters: [:])
    buckets.headers = [WireField("Host", "s3express-control.eu-west-3.amazonaws.com")]
    #expect(try s3.call(from: buckets).operation == "ListDirectoryBuckets")
    let old = try s3.request(for: "GetBucketLifecycle", parameters: ["Bucket": "b"])
    #expect(try s3.call(from: old).operation == "GetBucketLifecycleConfiguration")
  }

  @Test func `what S3 says too late is an error all the same`() throws {
    let s3 = try wire("s3")
    let body =
      "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>m</Message></Error>"
    let reply = try s3.reply(
      to: "CompleteMultipartUpload", WireResponse(status: 200, body: Array(body.utf8)))
    guard case .failure(let failure) = reply else {
      Issue.record("\(reply)")
      return
    }
    #expect(failure.code == "InternalError")
  }

  @Test func `a proxy's page is an error by its status`() throws {
    for name in ["ec2", "sqs", "lambda", "s3", "iam"] {
      let wire = try wire(name)
      let operation = try #require(wire.service.operationNames.first)
      let page = Array("  <html><body>Service Unavailable</body></html>".utf8)
      let reply = try wire.reply(to: operation, WireResponse(status: 503, body: page))
      #expect(
        reply
          == .failure(
            WireFailure(code: "503", message: "Service Unavailable", status: 503)), "\(name)")
    }
  }

  @Test func `a document type is refused, and so are entities of one's own`() throws {
    let ec2 = try wire("ec2")
    for text in [
      "<!DOCTYPE a [<!ENTITY b \"c\">]><DescribeVpcsResponse><requestId>&b;</requestId>"
        + "</DescribeVpcsResponse>",
      "<DescribeVpcsResponse><requestId>&b;</requestId></DescribeVpcsResponse>",
    ] {
      let error = #expect(throws: WireError.self) {
        try ec2.reply(to: "DescribeVpcs", WireResponse(status: 200, body: Array(text.utf8)))
      }
      #expect(error?.kind == .malformed)
    }
  }

  @Test func `what is too deep or too large ends in an error`() throws {
    let limits = WireLimits(depth: 16, bodyBytes: 10_000, values: 500)
    let table = ServiceWire(try #require(Catalog().service("dynamodb")), limits: limits)
    let deep =
      "{\"Item\":{\"a\":" + String(repeating: "{\"L\":[", count: 40)
      + String(repeating: "]}", count: 40) + "}}"
    let many = "{\"Item\":{\"a\":{\"L\":[" + String(repeating: "{},", count: 600) + "{}]}}}"
    let long = "{\"zz\":\"" + String(repeating: "x", count: 20_000) + "\"}"
    for text in [deep, many, long] {
      let error = #expect(throws: WireError.self) {
        try table.reply(to: "GetItem", WireResponse(status: 200, body: Array(text.utf8)))
      }
      #expect(error?.kind == .limit, "\(text.prefix(40))")
    }
  }

  @Test func `a server knows which protocol a request speaks`() throws {
    let metrics = try wire("cloudwatch")
    #expect(metrics.speaks == .cbor)
    let parameters = Value.record(["Namespace": .string("n")])
    for speaks in [WireProtocol.cbor, .json, .query] {
      let client = try wire("cloudwatch", speaks)
      let request = try client.request(for: "ListMetrics", parameters: parameters)
      let server = metrics.answering(request)
      #expect(server.speaks == speaks)
      #expect(try server.call(from: request).parameters == parameters)
    }
  }

  @Test func `streams of events are said to be unspoken`() throws {
    let s3 = try wire("s3")
    let error = #expect(throws: WireError.self) {
      try s3.reply(to: "SelectObjectContent", WireResponse(status: 200))
    }
    #expect(error?.kind == .unsupported)
  }
}
