import Canon
import CloudModel
import Ludwig

/// A VPC and many security groups with a rule each, as a composition and as an account that is
/// already as declared.
enum Groups {
  /// Compiled from Ludwig, so many groups and a VPC.
  static func compiled(_ count: Int) throws(BenchmarkFailure) -> Blueprint {
    try Sheet.blueprint(
      of: """
        composition

        import Fugue.AWS as AWS
        import Fugue.AWS.EC2 as EC2

        vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }

        groups: [
          EC2.SecurityGroup.new {
            vpc: vpc,
            description: "one of many",
            ipPermissions: [
              EC2.IpPermission.tcp(443, EC2.IpPermission.Target.ipRange("10.0.0.0/8"))],
          } for i in List.range(0, \(count))]
        """)
  }

  /// What stands before groups.
  static let header = """
    composition

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2

    vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }

    """

  /// A group of eight lines.
  static func declaration(_ number: Int) -> String {
    """
    group-\(number): EC2.SecurityGroup.new {
      vpc: vpc,
      description: "group number \(number)",
      ipPermissions: [
        EC2.IpPermission.tcp(\(1000 + number), EC2.IpPermission.Target.ipRange("10.0.0.0/8")),
      ],
      tags: [AWS.tag("Name", "group-\(number)")],
    }

    """
  }

  /// Groups with rules and tags by functions, comprehensions and library calls.
  static func computed(_ count: Int) -> String {
    header + """

      fun rules(i: Int) -> List<EC2.IpPermission>:
        [EC2.IpPermission.tcp(8000 + p, EC2.IpPermission.Target.ipRange("10.0.0.0/8"))
          for p in List.range(0, 1 + i % 3)]

      fun group(i: Int) -> EC2.SecurityGroup:
        EC2.SecurityGroup.new {
          vpc: vpc,
          description: String.join(" ", ["group", "number", String.fromInt(i)]),
          ipPermissions: rules(i),
          tags: [AWS.tag("Name", "group-" ++ String.fromInt(i)), AWS.tag("tier", tier(i % 3))],
        }

      fun tier(n: Int) -> String:
        case n of
          | 0 -> "web"
          | 1 -> "app"
          | _ -> "db"

      groups: [group(i) for i in List.range(0, \(count))]

      """
  }

  /// The same made of one compiled group by putting other addresses into it, since what is
  /// measured comes after compiling.
  static func stamped(_ count: Int) throws(BenchmarkFailure) -> Blueprint {
    var blueprint = try compiled(1)
    guard let vpc = blueprint.resources.first(where: { $0.address.text == "vpc" }),
      let group = blueprint.resources.first(where: { $0.address.text != "vpc" })
    else { throw BenchmarkFailure("the composition declares something else") }
    blueprint.resources =
      (0..<count).map { group.stamped(as: ResourceAddress(name($0, of: count))) } + [vpc]
    return blueprint
  }

  private static func name(_ number: Int, of count: Int) -> String {
    let digits = String(number)
    let width = String(count).count
    return "groups-" + String(repeating: "0", count: width - digits.count) + digits
  }

  /// An account in which all of it is there.
  static func account(of blueprint: Blueprint) -> AccountState {
    var account = AccountState.fresh(accountID: "123456789012", region: "us-east-1")
    account.quotas.securityGroups = blueprint.resources.count + 1
    let block = CIDR("10.0.0.0/16") ?? .all
    let rule = SecurityGroupRule(
      transport: .tcp, ports: 443...443, peer: .cidr(CIDR("10.0.0.0/8") ?? .all))
    let out = SecurityGroupRule(transport: .any, peer: .cidr(.all))
    for (number, resource) in blueprint.resources.enumerated() {
      let tags: Tags = ["fugue:address": resource.address.text, "fugue:process": "bench"]
      if resource.address.text == "vpc" {
        account.vpcs["vpc-1"] = Vpc(id: "vpc-1", cidr: block, tags: tags)
        continue
      }
      let digits = String(number + 100_000_000)
      account.securityGroups["sg-" + digits] = SecurityGroup(
        id: "sg-" + digits, vpc: "vpc-1", name: "bench/" + resource.address.text,
        description: "one of many",
        ingress: [rule], egress: [out], tags: tags)
    }
    return account
  }
}
