import Canon
import CloudModel

/// What lists of networks and instances show.
extension AccountReading {
  /// Takes an operation's output in.
  mutating func take(_ output: Value, of call: Call) throws(CallError) {
    switch call.operation {
    case "DescribeVpcs":
      for item in output["Vpcs"].elements { try takeVpc(item) }
    case "DescribeVpcAttribute": takeVpcAttribute(output)
    case "DescribeSubnets": for item in output["Subnets"].elements { try takeSubnet(item) }
    case "DescribeInternetGateways":
      for item in output["InternetGateways"].elements {
        let id = try identifier(item, "InternetGatewayId")
        let gateway = InternetGateway(
          id: id, vpc: item.at(["Attachments", "0", "VpcId"]).text, tags: tags(item))
        change { $0.internetGateways[id] = gateway }
      }
    case "DescribeRouteTables":
      for item in output["RouteTables"].elements { try takeRouteTable(item) }
    case "DescribeNetworkAcls":
      for item in output["NetworkAcls"].elements { try takeNetworkACL(item) }
    case "DescribeSecurityGroups":
      for item in output["SecurityGroups"].elements { try takeGroup(item) }
    case "DescribeInstances":
      for reservation in output["Reservations"].elements {
        let id = try identifier(reservation, "ReservationId")
        for item in reservation["Instances"].elements { try takeInstance(item, id) }
      }
    default: try takeService(output, of: call)
    }
  }

  private mutating func takeVpc(_ item: Value) throws(CallError) {
    let id = try identifier(item, "VpcId")
    let vpc = Vpc(id: id, cidr: try block(item, "CidrBlock"), tags: tags(item))
    change { $0.vpcs[id] = vpc }
    for attribute in ["enableDnsSupport", "enableDnsHostnames"] {
      ask("ec2", "DescribeVpcAttribute", ["VpcId": .string(id), "Attribute": .string(attribute)])
    }
  }

  private mutating func takeVpcAttribute(_ output: Value) {
    let id = output["VpcId"].text ?? ""
    change { account in
      if let isOn = output.at(["EnableDnsSupport", "Value"]).truth {
        account.vpcs[id]?.enableDnsSupport = isOn
      }
      if let isOn = output.at(["EnableDnsHostnames", "Value"]).truth {
        account.vpcs[id]?.enableDnsHostnames = isOn
      }
    }
  }

  private mutating func takeSubnet(_ item: Value) throws(CallError) {
    let id = try identifier(item, "SubnetId")
    var subnet = Subnet(
      id: id, vpc: try identifier(item, "VpcId"), cidr: try block(item, "CidrBlock"),
      availabilityZone: try identifier(item, "AvailabilityZone"), tags: tags(item))
    subnet.mapPublicIpOnLaunch = item["MapPublicIpOnLaunch"].truth ?? false
    change { $0.subnets[id] = subnet }
  }

  private mutating func takeRouteTable(_ item: Value) throws(CallError) {
    let id = try identifier(item, "RouteTableId")
    var table = RouteTable(
      id: id, vpc: try identifier(item, "VpcId"), isMain: false, routes: [], tags: tags(item))
    for association in item["Associations"].elements {
      if association["Main"].truth == true { table.isMain = true }
      guard let subnet = association["SubnetId"].text else { continue }
      table.associations[try identifier(association, "RouteTableAssociationId")] = subnet
    }
    for route in item["Routes"].elements where route["DestinationCidrBlock"] != .null {
      table.routes.append(
        Route(
          destination: try block(route, "DestinationCidrBlock"), target: try target(route),
          isBlackhole: route["State"].text == "blackhole"))
    }
    change { $0.routeTables[id] = table }
  }

  private func target(_ route: Value) throws(CallError) -> Route.Target {
    if let id = route["GatewayId"].text { return id == "local" ? .local : .internetGateway(id) }
    return .instance(try identifier(route, "InstanceId"))
  }

  private mutating func takeNetworkACL(_ item: Value) throws(CallError) {
    let id = try identifier(item, "NetworkAclId")
    var acl = NetworkACL(
      id: id, vpc: try identifier(item, "VpcId"), isDefault: item["IsDefault"].truth ?? false,
      entries: [], tags: tags(item))
    for entry in item["Entries"].elements
    where entry["RuleNumber"].number != 32767 && entry["CidrBlock"] != .null {
      acl.entries.append(try Parameters(service: "ec2", record: entry).entry())
    }
    acl.entries.sort { ($0.isEgress ? 1 : 0, $0.number) < ($1.isEgress ? 1 : 0, $1.number) }
    for association in item["Associations"].elements {
      acl.associations[try identifier(association, "NetworkAclAssociationId")] =
        try identifier(association, "SubnetId")
    }
    change { $0.networkACLs[id] = acl }
  }

  private mutating func takeGroup(_ item: Value) throws(CallError) {
    let id = try identifier(item, "GroupId")
    let parameters = Parameters(service: "ec2", record: item)
    let group = SecurityGroup(
      id: id, vpc: try identifier(item, "VpcId"), name: try identifier(item, "GroupName"),
      description: item["Description"].text ?? "",
      ingress: try parameters.permissions("IpPermissions").sorted(),
      egress: try parameters.permissions("IpPermissionsEgress").sorted(), tags: tags(item))
    change { $0.securityGroups[id] = group }
  }

  private mutating func takeInstance(_ item: Value, _ reservation: String) throws(CallError) {
    let id = try identifier(item, "InstanceId")
    guard let state = Instance.State(rawValue: item.at(["State", "Name"]).text ?? "") else {
      throw unreadable("State")
    }
    let groups = item["SecurityGroups"].elements.compactMap { $0["GroupId"].text }
    var instance = Instance(
      id: id, image: item["ImageId"].text ?? "", type: item["InstanceType"].text ?? "",
      subnet: item["SubnetId"].text ?? "", groups: groups.sorted(),
      privateAddress: IPv4Address(item["PrivateIpAddress"].text ?? "") ?? IPv4Address(bits: 0),
      publicAddress: item["PublicIpAddress"].text.flatMap { IPv4Address($0) }, state: state,
      tags: tags(item))
    instance.reservation = reservation
    instance.isMonitored = item.at(["Monitoring", "State"]) == "enabled"
    instance.keyName = item["KeyName"].text
    instance.clientToken = item["ClientToken"].text.flatMap { $0.isEmpty ? nil : $0 }
    instance.sourceDestCheck = item["SourceDestCheck"].truth ?? true
    instance.profile = item.at(["IamInstanceProfile", "Arn"]).text.map {
      String($0.split(separator: "/").last ?? "")
    }
    change { $0.instances[id] = instance }
  }

  /// The error for a reply that lacks something.
  func unreadable(_ name: String) -> CallError {
    CallError("UnreadableReply", "The reply lacks a proper \(name).")
  }

  /// A text that must be there.
  func identifier(_ item: Value, _ name: String) throws(CallError) -> String {
    guard let text = item[name].text else { throw unreadable(name) }
    return text
  }

  private func block(_ item: Value, _ name: String) throws(CallError) -> CIDR {
    guard let cidr = CIDR(item[name].text ?? "") else { throw unreadable(name) }
    return cidr
  }

  /// Tags in a list of `Key` and `Value`.
  func tags(_ item: Value, _ name: String = "Tags") -> Tags {
    Tags(item[name].elements.map { ($0["Key"].text ?? "", $0["Value"].text ?? "") })
  }
}
