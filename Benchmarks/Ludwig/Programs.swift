/// Programs to measure, made in the sizes that are asked for.
enum Programs {
  /// Records that stand in the text one by one.
  static func declared(_ count: Int) -> String {
    var out = "records: [\n"
    for i in 0..<count {
      out += "  {name: \"service-\(i)\", port: \(8000 + i % 1000), replicas: \(1 + i % 5), "
      out += "enabled: \(i % 2 == 0 ? "True" : "False"), labels: {app: \"shop\", "
      out += "zone: \"zone-\(i % 3)\"}},\n"
    }
    return out + "]\n"
  }

  /// The same records, computed by a function, a comprehension and library calls.
  static func computed(_ count: Int) -> String {
    """
    fun record(i: Int):
      {
        name: "service-" ++ String.fromInt(i),
        port: 8000 + i % 1000,
        replicas: 1 + i % 5,
        enabled: i % 2 == 0,
        labels: {app: "shop", zone: "zone-" ++ String.fromInt(i % 3)},
      }

    records: [record(i) for i in List.range(0, \(count))]

    """
  }

  /// Resources by a function, a comprehension and library calls; a subnet for each eight groups.
  static func resources(_ count: Int) -> String {
    """
    composition

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2

    vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }

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

    groups: [group(i) for i in List.range(0, \(count - 1)) if i >= 0]

    """
  }

  /// A composition of groups that stand in the text one by one, eight lines each.
  static func groups(_ count: Int) -> String {
    var out = """
      composition

      import Fugue.AWS as AWS
      import Fugue.AWS.EC2 as EC2

      vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }


      """
    for number in 0..<count {
      out += """
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
    return out
  }

  /// A library of small functions, for parsing and checking.
  static func functions(_ count: Int) -> String {
    var out = ""
    for i in 0..<count {
      out += """
        # Function number \(i).
        fun f\(i)(xs: List<Int>, limit: Int) -> List<{index: Int, name: String}>:
          let kept: [x for x in xs if x < limit && x % \(i % 7 + 2) != 0]
          let fun name(n: Int) -> String: if n > 10 then "large" else "small"
          [{index: x + \(i), name: name(x) ++ "-" ++ String.fromInt(x)} for x in kept]


        """
    }
    return out
  }
}
