import AWSCatalog
import AWSWire
import Canon
import CloudModel

/// Times reading and writing of large messages, in bytes a second of one core, and the opening of
/// EC2's catalog.
enum WireBench {
  private static let count = 2000

  private static func tags(_ key: String, _ value: String) -> Value {
    .list([.record([key: .string("Name"), value: .string("a service of the shop")])])
  }

  private static let reservations = Value.record([
    "Reservations": .list([
      .record([
        "ReservationId": .string("r-0123456789abcdef0"),
        "Instances": .list(
          (0..<count).map { index in
            .record([
              "InstanceId": .string("i-0123456789abcdef0"), "AmiLaunchIndex": .int(Int64(index)),
              "ImageId": .string("ami-0123456789abcdef0"), "EbsOptimized": .bool(true),
              "LaunchTime": .string("2026-01-31T23:59:59Z"),
              "PrivateIpAddress": .string("10.0.12.34"), "Tags": tags("Key", "Value"),
              "State": .record(["Code": .int(16), "Name": .string("running")]),
            ])
          }),
      ])
    ])
  ])

  private static let cases: [(WireProtocol, String, String, Value)] = [
    (.ec2, "ec2", "DescribeInstances", reservations),
    (
      .query, "iam", "ListRoles",
      .record([
        "Roles": .list(
          (0..<count).map { _ in
            .record([
              "Path": .string("/"), "RoleName": .string("a-role-of-the-shop"),
              "RoleId": .string("AROA0123456789ABCDEF0"),
              "Arn": .string("arn:aws:iam::123456789012:role/a-role-of-the-shop"),
              "CreateDate": .string("2026-01-31T23:59:59Z"), "Tags": tags("Key", "Value"),
            ])
          })
      ])
    ),
    (
      .json, "ecs", "DescribeServices",
      .record([
        "services": .list(
          (0..<count).map { _ in
            .record([
              "serviceName": .string("shop"), "desiredCount": .int(4), "runningCount": .int(4),
              "serviceArn": .string("arn:aws:ecs:eu-west-1:123456789012:service/shop"),
              "status": .string("ACTIVE"), "createdAt": .string("2026-01-31T23:59:59Z"),
              "tags": tags("key", "value"),
            ])
          })
      ])
    ),
    (
      .restJSON, "lambda", "ListFunctions",
      .record([
        "Functions": .list(
          (0..<count).map { _ in
            .record([
              "FunctionName": .string("shop"), "CodeSize": .int(123_456), "Timeout": .int(30),
              "FunctionArn": .string("arn:aws:lambda:eu-west-1:123456789012:function:shop"),
              "Runtime": .string("provided.al2023"), "Description": .string("a part of the shop"),
            ])
          })
      ])
    ),
    (
      .restXML, "s3", "ListObjectsV2",
      .record([
        "Contents": .list(
          (0..<count).map { index in
            .record([
              "Key": .string("folder/of/the/shop/object-\(index).json"), "Size": .int(12345),
              "ETag": .string("\"0123456789abcdef0123456789abcdef\""),
              "LastModified": .string("2026-01-31T23:59:59Z"),
              "StorageClass": .string("STANDARD"),
            ])
          })
      ])
    ),
    (
      .cbor, "cloudwatch", "GetMetricStatistics",
      .record([
        "Datapoints": .list(
          (0..<count).map { _ in
            .record([
              "Sum": .string("1.5"), "Average": .string("2.25"), "Unit": .string("Seconds"),
              "Timestamp": .string("2026-01-31T23:59:59Z"),
            ])
          })
      ])
    ),
  ]

  /// The best of some runs, in seconds.
  private static func best(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<9 {
      let clock = ContinuousClock()
      let time = try clock.measure(body)
      let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
      best = min(best, seconds)
    }
    return best
  }

  /// Prints a line a protocol.
  static func run() throws {
    let open = try best {
      guard let ec2 = Catalog().service("ec2"), ec2.operation("DescribeInstances") != nil else {
        throw WireError(.unsupported, "EC2 is missing")
      }
    }
    print("EC2 opened in \((open * 1e6).rounded() / 1000) ms")
    for (speaks, service, operation, output) in cases {
      guard let found = Catalog().service(service) else { continue }
      let wire = ServiceWire(found, speaking: speaks)
      let response = try wire.response(to: operation, output: output, requestID: "r")
      let megabytes = Double(response.body.count) / 1e6
      let write = try best {
        _ = try wire.response(to: operation, output: output, requestID: "r")
      }
      let read = try best { _ = try wire.reply(to: operation, response) }
      print(
        "\(speaks.rawValue): writes \(Int(megabytes / write)) MB/s, reads \(Int(megabytes / read))"
          + " MB/s, \(response.body.count) bytes")
    }
  }
}
