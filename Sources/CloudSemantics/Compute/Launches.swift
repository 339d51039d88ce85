import Canon
import CloudModel

/// Launches of instances.
///
/// Source: Amazon EC2 API Reference, RunInstances; Amazon VPC User Guide,
/// "Subnet CIDR blocks" (reserved addresses).
let launchOperations: [Operation] = [
  .write(
    "ec2", "RunInstances", needs: "MinCount MaxCount",
    takes: "ImageId InstanceType SubnetId SecurityGroupIds PrivateIpAddress UserData KeyName "
      + "IamInstanceProfile ClientToken TagSpecifications NetworkInterfaces "
      + "Monitoring", runInstances)
]

/// What a launch asks for, checked.
private struct Launch {
  var image: String
  var type: String
  var subnet: Subnet
  var groups: [String]
  var address: IPv4Address?
  var isPublic: Bool
  var profile: String?
  var count: Int
}

private func runInstances(_ turn: inout Turn) throws(CallError) -> Value {
  let parameters = turn.parameters
  if let ids = try turn.madeBefore() {
    let instances = ids.compactMap { turn.account.instances[$0] }
    if !instances.isEmpty { return .reservation(instances, in: turn.account) }
  }
  let launch = try turn.checkLaunch()
  let tags = try parameters.tagSpecification(
    "instance", others: ["volume", "network-interface"])
  var free = turn.freeAddresses(of: launch.subnet)
  var made: [Instance] = []
  for _ in 0..<launch.count {
    let address = launch.address ?? free.next()
    guard let address else { throw noAddress(launch.subnet) }
    var instance = Instance(
      id: turn.mint("i"), image: launch.image, type: launch.type, subnet: launch.subnet.id,
      groups: launch.groups, privateAddress: address,
      publicAddress: launch.isPublic ? turn.mintPublicAddress() : nil, tags: tags)
    instance.reservation = "r-" + (made.first ?? instance).id.dropFirst(2)
    instance.profile = launch.profile
    instance.keyName = try parameters.text("KeyName")
    instance.userData = try parameters.text("UserData")
    instance.clientToken = try parameters.text("ClientToken")
    instance.isMonitored = try parameters.part("Monitoring")?.truth("Enabled") ?? false
    made.append(instance)
  }
  for instance in made {
    turn.put(instance)
    turn.begun.append(.instance(instance.id))
  }
  turn.rememberMade(made.map(\.id))
  return .reservation(made, in: turn.account)
}

private func noAddress(_ subnet: Subnet) -> CallError {
  CallError(
    "InsufficientFreeAddressesInSubnet",
    "There are not enough free addresses in subnet '\(subnet.id)' to satisfy the requested number "
      + "of instances.")
}

extension Turn {
  fileprivate func checkLaunch() throws(CallError) -> Launch {
    let (least, most) = (
      try parameters.needNumber("MinCount"), try parameters.needNumber("MaxCount")
    )
    guard least >= 1, most >= least else {
      throw parameters.invalid("minCount", String(least))
    }
    let interface = try networkInterface()
    let place = interface ?? parameters
    guard let subnetID = try place.text("SubnetId") else {
      throw CallError(
        "VPCIdNotSpecified",
        "No default VPC for this user. GroupName is only supported for "
          + "EC2-Classic and default VPC.")
    }
    let subnet = try find(Subnet.self, subnetID)
    let type = try parameters.text("InstanceType") ?? "m1.small"
    let cpus = try virtualCPUs(of: type)
    let count = try launchCount(least, most, cpus, in: subnet)
    let isPublic =
      try interface?.truth("AssociatePublicIpAddress") ?? subnet.mapPublicIpOnLaunch
    let address = try place.text("PrivateIpAddress")
    return Launch(
      image: try image(), type: type, subnet: subnet,
      groups: try groups(interface == nil ? "SecurityGroupIds" : "Groups", place, subnet),
      address: try address.map { text throws(CallError) in try free(text, in: subnet, count) },
      isPublic: isPublic, profile: try profile(parameters.part("IamInstanceProfile")),
      count: count)
  }

  /// The only interface, where the launch describes it instead of naming subnet and groups.
  private func networkInterface() throws(CallError) -> Parameters? {
    let interfaces = try parameters.parts("NetworkInterfaces")
    guard let first = interfaces.first else { return nil }
    guard interfaces.count == 1, try first.number("DeviceIndex") ?? 0 == 0 else {
      throw CallError(
        "UnsupportedOperation", "The simulated account models one network interface an instance.")
    }
    for name in ["SubnetId", "SecurityGroupIds", "PrivateIpAddress"]
    where parameters.record[name] != .null {
      throw CallError(
        "InvalidParameterCombination",
        "Network interfaces and an instance-level \(name) may not be specified on the same request")
    }
    return first
  }

  private func image() throws(CallError) -> String {
    let id = try parameters.need("ImageId")
    let digits = id.dropFirst(4).utf8
    let isWellFormed =
      id.hasPrefix("ami-") && [8, 17].contains(digits.count)
      && digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard isWellFormed else {
      throw CallError("InvalidAMIID.Malformed", "Invalid id: \"\(id)\" (expecting \"ami-...\")")
    }
    guard account.memories["image/" + id] == nil else {
      throw CallError("InvalidAMIID.NotFound", "The image id '[\(id)]' does not exist")
    }
    return id
  }

  private func launchCount(
    _ least: Int, _ most: Int, _ cpus: Int, in subnet: Subnet
  ) throws(CallError) -> Int {
    guard subnet.freeAddresses(in: account) >= least else { throw noAddress(subnet) }
    var used = 0
    var known: [String: Int] = [:]
    for instance in account.instances.values
    where instance.state != .terminated && instance.state != .stopped {
      if known[instance.type] == nil {
        known[instance.type] = try virtualCPUs(of: instance.type)
      }
      used += known[instance.type] ?? 0
    }
    let affordable = (account.quotas.virtualCPUs - used) / cpus
    guard affordable >= least else {
      throw CallError(
        "VcpuLimitExceeded",
        "You have requested more vCPU capacity than your current vCPU limit of "
          + "\(account.quotas.virtualCPUs) allows")
    }
    return min(most, affordable, subnet.freeAddresses(in: account))
  }

  private func groups(
    _ name: String, _ place: Parameters, _ subnet: Subnet
  ) throws(CallError) -> [String] {
    let asked = try place.texts(name)
    guard !asked.isEmpty else {
      let groups = account.securityGroups.values
      return groups.filter { $0.vpc == subnet.vpc && $0.name == "default" }.map(\.id)
    }
    return try checkGroups(asked, vpc: subnet.vpc)
  }

  /// The groups of an interface, in order of identifier, each once.
  func checkGroups(_ asked: [String], vpc: String) throws(CallError) -> [String] {
    for id in asked {
      guard try find(SecurityGroup.self, id).vpc == vpc else {
        throw CallError(
          "InvalidParameter", "Security group \(id) and the subnet belong to different networks.")
      }
    }
    let groups = Set(asked).sorted()
    guard groups.count <= account.quotas.groupsPerInterface else {
      throw CallError(
        "SecurityGroupsPerInterfaceLimitExceeded",
        "The maximum number of security groups per interface has been reached.")
    }
    return groups
  }

  private func free(
    _ text: String, in subnet: Subnet, _ count: Int
  ) throws(CallError) -> IPv4Address {
    guard let address = IPv4Address(text) else {
      throw parameters.invalid("address", text)
    }
    guard count == 1 else {
      throw CallError(
        "InvalidParameterCombination", "A private IP address serves one instance only")
    }
    guard subnet.usable.contains(address.bits) else {
      throw CallError(
        "InvalidParameterValue",
        "Address \(text) does not fall within the subnet's address range")
    }
    let isTaken = account.instances.values.contains {
      $0.subnet == subnet.id && $0.privateAddress == address
    }
    guard !isTaken else {
      throw CallError("InvalidIPAddress.InUse", "Address \(text) is in use.")
    }
    return address
  }

  /// The addresses of a subnet that no interface has, in ascending order.
  fileprivate func freeAddresses(of subnet: Subnet) -> some IteratorProtocol<IPv4Address> {
    var used: Set<UInt32> = []
    for instance in account.instances.values where instance.subnet == subnet.id {
      used.insert(instance.privateAddress.bits)
    }
    return subnet.usable.lazy.filter { !used.contains($0) }
      .map { IPv4Address(bits: $0) }.makeIterator()
  }
}

extension Subnet {
  /// Addresses that an interface may have: all but the first four and the last.
  var usable: ClosedRange<UInt32> { (cidr.lower + 4)...(cidr.upper - 1) }
}
