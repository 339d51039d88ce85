import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import CloudModel
import Testing

@Suite struct PagerTests {
  private let catalog = Catalog()

  private func pagination(_ service: String, _ operation: String) -> CatalogPagination? {
    catalog.service(service)?.operation(operation)?.pagination
  }

  private func call(_ service: String, _ operation: String, _ parameters: Value = [:]) -> Call {
    Call(service: service, operation: operation, parameters: parameters)
  }

  @Test func `tokens go from output to input until there are none`() throws {
    let start = call("ec2", "DescribeVpcs", ["MaxResults": 5])
    var pager = try #require(Pager(start, pagination("ec2", "DescribeVpcs")))
    let first = pager.next(after: ["Vpcs": [["VpcId": "a"]], "NextToken": "t1"])
    #expect(
      first == .page(call("ec2", "DescribeVpcs", ["MaxResults": 5, "NextToken": "t1"])))
    #expect(pager.next(after: ["Vpcs": [["VpcId": "b"]], "NextToken": ""]) == .end)
    #expect(pager.whole == ["Vpcs": [["VpcId": "a"], ["VpcId": "b"]]])
  }

  @Test func `several tokens, and a word that says whether there are more`() throws {
    let start = call("route53", "ListResourceRecordSets", ["HostedZoneId": "z"])
    var pager = try #require(Pager(start, pagination("route53", "ListResourceRecordSets")))
    let next = pager.next(after: [
      "ResourceRecordSets": [["Name": "a"]], "IsTruncated": true, "NextRecordName": "b",
      "NextRecordType": "A",
    ])
    #expect(
      next
        == .page(
          call(
            "route53", "ListResourceRecordSets",
            ["HostedZoneId": "z", "StartRecordName": "b", "StartRecordType": "A"])))
    #expect(
      pager.next(after: [
        "ResourceRecordSets": [["Name": "b"]], "IsTruncated": false, "NextRecordName": "c",
      ]) == .end)
    #expect(pager.whole["ResourceRecordSets"].elements.count == 2)
  }

  @Test func `S3 goes on at the last key where it names no marker`() throws {
    let start = call("s3", "ListObjects", ["Bucket": "b"])
    var pager = try #require(Pager(start, pagination("s3", "ListObjects")))
    let next = pager.next(after: [
      "IsTruncated": true, "Contents": [["Key": "a"], ["Key": "b"]],
    ])
    #expect(next == .page(call("s3", "ListObjects", ["Bucket": "b", "Marker": "b"])))
  }

  @Test func `a service that gives the same token for ever is found out`() throws {
    let start = call("ec2", "DescribeVpcs")
    var pager = try #require(Pager(start, pagination("ec2", "DescribeVpcs")))
    let output: Value = ["Vpcs": [["VpcId": "a"]], "NextToken": "t"]
    guard case .page = pager.next(after: output) else {
      Issue.record("the first token leads nowhere")
      return
    }
    #expect(pager.next(after: output) == .circle)
  }

  @Test func `waiters wait, are content, and give up`() throws {
    let known = try #require(catalog.service("ec2")?.waiter("InstanceRunning"))
    func answer(_ states: String...) -> Result<Value, WireFailure> {
      .success([
        "Reservations": [["Instances": .list(states.map { ["State": ["Name": .string($0)]] })]]
      ])
    }
    var waiter = try #require(Waiter(known))
    #expect(waiter.verdict(on: answer("pending", "running"), status: 200) == .again(seconds: 15))
    let missing = WireFailure(code: "InvalidInstanceID.NotFound", message: "", status: 400)
    #expect(waiter.verdict(on: .failure(missing), status: 400) == .again(seconds: 15))
    #expect(waiter.verdict(on: answer("running", "running"), status: 200) == .reached)
    guard case .failed = waiter.verdict(on: answer("running", "terminated"), status: 200),
      case .failed = waiter.verdict(
        on: .failure(WireFailure(code: "AuthFailure", message: "no", status: 401)), status: 401)
    else {
      Issue.record("it does not give up")
      return
    }
    var patient = try #require(Waiter(known))
    var asked = 1
    while case .again = patient.verdict(on: answer("pending"), status: 200) { asked += 1 }
    #expect(asked == known.tries)
  }
}
