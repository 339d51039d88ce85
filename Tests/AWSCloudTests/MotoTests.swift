import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import CloudModel
import Foundation
import Testing

/// The same calls by boto3 and by ours on one moto server, each on a fresh account.
@Suite struct MotoTests {
  @Test func `220 operations of many services give what they give boto3`() async throws {
    guard let moto = try await MotoServer.start() else {
      print("moto 5.2.1 is not installed for python3: nothing was compared with boto3")
      return
    }
    defer { moto.stop() }
    let lines = try await moto.boto3Calls(220)
    #expect(lines.count == 220)
    try await moto.reset()
    let client = moto.client()
    var outputs: [Value] = []
    var counts = Comparison()
    var services: Set<String> = []
    for (number, line) in lines.enumerated() {
      let call = Call(
        service: line["service"]?.text ?? "", operation: line["operation"]?.text ?? "",
        parameters: Value(plain: line["parameters"] ?? .null).resolved(outputs))
      services.insert(call.service)
      var output: Value = .null
      let place = "\(number): \(call.service) \(call.operation)"
      do throws(CloudFailure) {
        output = try await client.call(call).output
        if let theirs = line["output"] {
          counts.compare(output, theirs, at: "", place)
        } else {
          Issue.record("\(place) succeeded, while boto3 said \(line["error"]?.text ?? "")")
        }
      } catch {
        guard case .refused(let failure, _) = error, let code = line["error"]?.text else {
          Issue.record("\(place): \(error)")
          outputs.append(output)
          continue
        }
        #expect(
          failure.code == code && Int64(failure.status) == line["status"]?.integer, "\(place)")
        #expect(failure.requestID != nil || call.service == "s3", "\(place) has no request id")
      }
      outputs.append(output)
    }
    for difference in counts.differences { Issue.record("\(difference)") }
    #expect(services.count >= 40)
    // What is drawn anew at each run is the smaller part of all that was compared.
    #expect(counts.alike * 3 < counts.equal, "\(counts.alike) alike, \(counts.equal) equal")
    print(
      "moto: \(lines.count) operations of \(services.count) services, "
        + "\(counts.equal) values equal, \(counts.alike) drawn anew, "
        + "\(counts.differences.count) different")
  }

  @Test func `pages are put together as boto3's paginators do it`() async throws {
    guard let moto = try await MotoServer.start() else { return }
    defer { moto.stop() }
    let client = moto.client()
    for index in 0..<7 {
      _ = try await client.call(
        Call(
          service: "s3", operation: "CreateBucket",
          parameters: ["Bucket": .string("bucket-\(index)")]))
      _ = try await client.call(
        Call(
          service: "s3", operation: "PutObject",
          parameters: ["Bucket": "bucket-0", "Key": .string("key \(index)"), "Body": ""]))
      _ = try await client.call(
        Call(
          service: "dynamodb", operation: "CreateTable",
          parameters: [
            "TableName": .string("table-\(index)"), "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
            "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
          ]))
    }
    let objects = try await client.callAllPages(
      Call(
        service: "s3", operation: "ListObjectsV2",
        parameters: ["Bucket": "bucket-0", "MaxKeys": 2]))
    #expect(
      objects.output["Contents"].elements.map { $0["Key"] } == (0..<7).map { .string("key \($0)") })
    #expect(objects.output["NextContinuationToken"] == .null)
    let tables = try await client.callAllPages(
      Call(service: "dynamodb", operation: "ListTables", parameters: ["Limit": 3]))
    #expect(tables.output["TableNames"] == .list((0..<7).map { .string("table-\($0)") }))
  }
}

extension Value {
  /// The value with references to earlier outputs replaced.
  fileprivate func resolved(_ outputs: [Value]) -> Value {
    switch self {
    case .record(let fields):
      if case .list(let path) = self["$ref"], let number = path.first?.number {
        return outputs[Int(number)].at(
          path.dropFirst().map { $0.text ?? String($0.number ?? 0) })
      }
      return .record(SortedMap(fields.map { ($0, $1.resolved(outputs)) }))
    case .list(let items): return .list(items.map { $0.resolved(outputs) })
    case .null, .bool, .int, .string, .secret, .residual: return self
    }
  }
}
