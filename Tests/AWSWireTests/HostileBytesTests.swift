import AWSCatalog
import AWSWire
import Canon
import CloudModel
import Determinism
import Testing

/// Bytes that no honest peer sends: whatever they are, a decoder ends, with a value or an error.
@Suite struct HostileBytesTests {
  private struct Target {
    let service: String
    let speaks: WireProtocol
    let operation: String
    let input: Value
    let output: Value
  }

  private let limits = WireLimits(depth: 32, bodyBytes: 100_000, values: 20_000)

  private static let tags = Value.list([
    .record(["Key": .string("k"), "Value": .string("é<&>\"")])
  ])

  private let targets = [
    Target(
      service: "ec2", speaks: .ec2, operation: "DescribeVpcs",
      input: .record([
        "Filters": .list([.record(["Name": .string("n"), "Values": .list([.string("v")])])]),
        "MaxResults": .int(7),
      ]),
      output: .record([
        "Vpcs": .list([
          .record(["VpcId": .string("vpc-1"), "Tags": tags, "IsDefault": .bool(true)])
        ])
      ])),
    Target(
      service: "iam", speaks: .query, operation: "CreateRole",
      input: .record([
        "RoleName": .string("r"), "AssumeRolePolicyDocument": .string("{\"a\": 1}"), "Tags": tags,
      ]),
      output: .record([
        "Role": .record([
          "Path": .string("/"), "RoleName": .string("r"), "RoleId": .string("i"),
          "Arn": .string("a"), "CreateDate": .string("2026-01-31T23:59:59.500000Z"),
        ])
      ])),
    Target(
      service: "dynamodb", speaks: .json, operation: "PutItem",
      input: .record([
        "TableName": .string("t"),
        "Item": .record(["a": .record(["L": .list([.record(["N": .string("1")])])])]),
      ]),
      output: .record(["Attributes": .record(["b": .record(["B": .string("AAEC")])])])),
    Target(
      service: "lambda", speaks: .restJSON, operation: "CreateFunction",
      input: .record([
        "FunctionName": .string("f"), "Role": .string("r"), "Timeout": .int(3),
        "Code": .record(["ZipFile": .string("AAEC")]),
      ]),
      output: .record(["FunctionName": .string("f"), "CodeSize": .int(9)])),
    Target(
      service: "s3", speaks: .restXML, operation: "PutBucketLifecycleConfiguration",
      input: .record([
        "Bucket": .string("b"),
        "LifecycleConfiguration": .record([
          "Rules": .list([.record(["Status": .string("Enabled"), "ID": .string("i")])])
        ]),
      ]), output: .record([:])),
    Target(
      service: "cloudwatch", speaks: .cbor, operation: "GetMetricStatistics",
      input: .record([
        "Namespace": .string("n"), "MetricName": .string("m"), "Period": .int(60),
        "StartTime": .string("2026-01-31T00:00:00Z"), "EndTime": .string("2026-02-01T00:00:00Z"),
        "Statistics": .list([.string("Sum")]),
      ]),
      output: .record([
        "Datapoints": .list([
          .record(["Sum": .string("1.5"), "Timestamp": .string("2026-01-31T00:00:00Z")])
        ])
      ])),
  ]

  /// Tries bytes on all three decoders.
  private func feed(_ bytes: [UInt8], _ request: WireRequest, _ wire: ServiceWire, _ name: String) {
    var request = request
    request.body = bytes
    _ = try? wire.call(from: request)
    _ = try? wire.reply(to: name, WireResponse(status: 200, body: bytes))
    _ = try? wire.reply(to: name, WireResponse(status: 400, body: bytes))
  }

  private func mutated(_ bytes: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    var out = bytes
    for _ in 0..<(1 + random.below(4)) {
      guard !out.isEmpty else { break }
      let place = random.below(out.count)
      switch random.below(6) {
      case 0: out[place] = UInt8(random.below(256))
      case 1: out.remove(at: place)
      case 2: out.insert(UInt8(random.below(256)), at: place)
      case 3: out = Array(out[..<place])
      case 4: out.insert(contentsOf: out[place...].prefix(40), at: place)
      default:
        let hostile = Array("{}[]<>&;\"\\%=.+:/!?-".utf8)
        out[place] = hostile[random.below(hostile.count)]
      }
    }
    return out
  }

  @Test func `no bytes crash a decoder or hold it up`() throws {
    var random = RandomSource(Seed(11).split("hostile bytes"))
    let catalog = Catalog()
    for target in targets {
      let service = try #require(catalog.service(target.service))
      let wire = ServiceWire(service, speaking: target.speaks, limits: limits)
      let request = try wire.request(for: target.operation, parameters: target.input)
      let response = try wire.response(
        to: target.operation, output: target.output, requestID: "r")
      #expect(try wire.call(from: request).parameters == target.input)
      for valid in [request.body, response.body] {
        for end in valid.indices { feed(Array(valid[..<end]), request, wire, target.operation) }
        for _ in 0..<1500 {
          feed(mutated(valid, &random), request, wire, target.operation)
        }
      }
      for _ in 0..<500 {
        let count = random.below(200)
        let bytes = (0..<count).map { _ in UInt8(random.below(256)) }
        feed(bytes, request, wire, target.operation)
      }
    }
  }

  @Test func `what is nested without end is refused, not followed`() throws {
    let catalog = Catalog()
    for target in targets {
      let service = try #require(catalog.service(target.service))
      let wire = ServiceWire(service, speaking: target.speaks)
      let request = try wire.request(for: target.operation, parameters: target.input)
      for piece in ["{\"a\":", "[", "<a>", "<Tags>", "{\"Item\":", "a.1.", "\u{81}", "\u{BF}", "&"]
      {
        let bytes = Array(String(repeating: piece, count: 50_000).utf8)
        feed(bytes, request, wire, target.operation)
      }
      for byte: UInt8 in [0x81, 0x9F, 0xA1, 0xBF, 0xC1, 0xDB, 0xFF, 0x7F] {
        feed(Array(repeating: byte, count: 50_000), request, wire, target.operation)
      }
    }
  }
}
