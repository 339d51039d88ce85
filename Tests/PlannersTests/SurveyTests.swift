import Canon
import CloudModel
import Planners
import Plans
import TestSupport
import Testing

@Suite struct SurveyTests {
  @Test func `reads that differ in their identities are one, and details follow`() {
    var survey = Survey(of: PlannerTests.small.resources, process: "test")
    #expect(
      survey.pending.map(\.call.operation) == [
        "DescribeSubnets", "DescribeSecurityGroups", "DescribeInternetGateways", "DescribeVpcs",
        "DescribeInstances", "DescribeRouteTables",
      ])
    #expect(survey.pending[0].addresses == ["back", "front"])
    #expect(survey.pending[0].call.parameters.at(["Filters", "0", "Values"]) == ["back", "front"])
    #expect(survey.pending[0].call.parameters.at(["Filters", "1", "Values"]) == ["test"])
    let tags: Value = [["Key": "fugue:address", "Value": "net"]]
    for read in survey.pending {
      let vpcs: Value = ["Vpcs": [["VpcId": "vpc-1", "Tags": tags], ["VpcId": "vpc-2"]]]
      let reply: Value = read.call.operation == "DescribeVpcs" ? vpcs : [:]
      #expect(survey.answer(read.id, with: .success(reply)) == nil)
    }
    #expect(survey.pending.map(\.call.operation) == ["DescribeVpcAttribute"])
    #expect(survey.pending[0].call.parameters["VpcId"] == "vpc-1")
    let detail: Value = ["EnableDnsHostnames": ["Value": true]]
    #expect(survey.answer(survey.pending[0].id, with: .success(detail)) == nil)
    #expect(survey.isDone)
    #expect(survey.items["net"]?.map(\.outputs) == [["vpcId": "vpc-1"]])
    #expect(survey.items["net"]?.first?.item["DnsHostnames"] == detail)
    #expect(survey.items["back"] == [])
  }

  @Test func `a detail may ask by an output of the very thing that was found`() {
    var resource = Lives.vpc("net", cidr: "10.0.0.0/16")
    resource.lifecycle.observation.details = [
      Detail(
        name: "DnsHostnames",
        call: Call(
          service: "ec2", operation: "DescribeVpcAttribute",
          parameters: ["VpcId": Lives.out("net", "vpcId"), "Attribute": "enableDnsHostnames"]),
        absentOn: [])
    ]
    var survey = Survey(of: [resource], process: "test")
    let tags: Value = [["Key": "fugue:address", "Value": "net"]]
    let vpcs: Value = [
      "Vpcs": [["VpcId": "vpc-1", "Tags": tags], ["VpcId": "vpc-2", "Tags": tags]]
    ]
    #expect(survey.answer(0, with: .success(vpcs)) == nil)
    #expect(survey.pending.map { $0.call.parameters["VpcId"] } == ["vpc-1", "vpc-2"])
  }

  @Test func `a list that serves many is read once`() {
    func bucket(_ name: String) -> DeclaredResource {
      var resource = Lives.vpc(name, cidr: "10.0.0.0/16")
      resource.lifecycle.observation = Observation(
        call: Call(service: "s3", operation: "ListBuckets", parameters: [:]), batch: nil,
        items: ["Buckets"], identity: .string("the-" + name),
        identityOf: .residual(.path(.item, ["Name"])), goneWhen: [], details: [],
        outputs: ["arn": ["BucketArn"]])
      return resource
    }
    var survey = Survey(of: [bucket("a"), bucket("b"), bucket("c")], process: "test")
    #expect(survey.pending.map(\.call.operation) == ["ListBuckets"])
    let all: Value = [
      ["Name": "the-b", "BucketArn": "arn:b"], ["Name": "x"], ["Name": "the-a"],
    ]
    #expect(survey.answer(0, with: .success(["Buckets": all])) == nil)
    #expect(survey.items.map { $0.value.count } == [1, 1, 0])
    #expect(survey.items["b"]?.first?.outputs == ["arn": "arn:b"])
    #expect(survey.items["b"]?.first?.identity == "the-b")
  }

  @Test func `a refused read stays to be made again; one that means absence does not`() {
    var resource = Lives.vpc("net", cidr: "10.0.0.0/16")
    resource.lifecycle.errors["InvalidVpcID.NotFound"] = .absent
    var survey = Survey(of: [resource], process: "test")
    let throttled = CallError("RequestLimitExceeded", "")
    #expect(survey.answer(0, with: .failure(throttled)) == throttled)
    #expect(survey.pending.count == 1)
    #expect(survey.answer(0, with: .failure(CallError("InvalidVpcID.NotFound", ""))) == nil)
    #expect(survey.isDone)
    #expect(survey.items["net"] == [])
  }

  @Test func `what is looked for by another's output waits for that one's read`() {
    var follower = Lives.subnet("front", vpc: "net", cidr: "10.0.1.0/24")
    follower.lifecycle.observation.batch = nil
    follower.lifecycle.observation.identity = Lives.out("net", "vpcId")
    follower.lifecycle.observation.identityOf = Lives.item("VpcId")
    let leader = Lives.vpc("net", cidr: "10.0.0.0/16")
    var survey = Survey(of: [follower, leader], process: "test")
    #expect(survey.pending.map(\.call.operation) == ["DescribeVpcs"])
    let tags: Value = [["Key": "fugue:address", "Value": "net"]]
    _ = survey.answer(0, with: .success(["Vpcs": [["VpcId": "vpc-1", "Tags": tags]]]))
    _ = survey.answer(1, with: .success([:]))
    #expect(survey.pending.map(\.call.operation) == ["DescribeSubnets"])
    _ = survey.answer(
      2, with: .success(["Subnets": [["VpcId": "vpc-1", "SubnetId": "s"], ["VpcId": "vpc-2"]]]))
    #expect(survey.items["front"]?.map(\.outputs) == [["subnetId": "s"]])

    var absent = Survey(of: [follower, leader], process: "test")
    _ = absent.answer(0, with: .success([:]))
    #expect(absent.isDone)
    #expect(absent.items["front"] == [])
  }

  @Test func `a reply that says there is more is asked on; items that are gone do not count`() {
    let resource = Lives.instance("server", subnet: "front", groups: [])
    var survey = Survey(of: [resource], process: "test")
    func page(_ id: String, _ state: String) -> Value {
      [
        [
          "Instances": [
            [
              "InstanceId": .string(id), "State": ["Name": .string(state)],
              "Tags": [["Key": "fugue:address", "Value": "server"]],
            ]
          ]
        ]
      ]
    }
    _ = survey.answer(
      0, with: .success(["Reservations": page("i-1", "terminated"), "NextToken": "more"]))
    #expect(survey.pending.map { $0.call.parameters["NextToken"] } == ["more"])
    _ = survey.answer(1, with: .success(["Reservations": page("i-2", "running")]))
    #expect(survey.items["server"]?.map(\.outputs) == [["instanceId": "i-2"]])
  }
}

@Test func `each service's way of saying that there is more is understood`() {
  let replies: [(Value, String?)] = [
    (["NextToken": "a"], "NextToken"), (["ContinuationToken": "a"], "ContinuationToken"),
    (["IsTruncated": true, "NextContinuationToken": "a"], "ContinuationToken"),
    (["IsTruncated": false, "ContinuationToken": "a"], nil),
    (["IsTruncated": true, "Marker": "a"], "Marker"), (["NextToken": ""], nil), ([:], nil),
  ]
  for (reply, name) in replies { #expect(reply.rest?.name == name) }
}
