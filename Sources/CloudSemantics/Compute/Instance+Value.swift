import Canon
import CloudModel

extension Instance: Described {
  static var notFoundCode: String { "InvalidInstanceID.NotFound" }
  static var noun: String { "instance ID" }

  func values(ofFilter name: String, in account: AccountState) -> [String]? {
    switch name {
    case "instance-id": [id]
    case "instance-state-name": [state.rawValue]
    case "instance-state-code": [String(state.code)]
    case "instance-type": [type]
    case "image-id": [image]
    case "reservation-id": [reservation]
    case "vpc-id", "network-interface.vpc-id":
      account.subnets[subnet].map { [$0.vpc] } ?? []
    case "subnet-id", "network-interface.subnet-id": subnet.isEmpty ? [] : [subnet]
    case "availability-zone": account.subnets[subnet].map { [$0.availabilityZone] } ?? []
    case "instance.group-id", "network-interface.group-id": groups
    case "private-ip-address": state == .terminated ? [] : [privateAddress.description]
    case "ip-address": publicAddress.map { [$0.description] } ?? []
    case "client-token": clientToken.map { [$0] } ?? []
    case "key-name": keyName.map { [$0] } ?? []
    case "iam-instance-profile.arn": profile.map { [account.profileARN($0)] } ?? []
    default: nil
    }
  }

  func value(in account: AccountState) -> Value {
    let place = account.subnets[subnet]
    var fields: [(String, Value)] = [
      ("InstanceId", .string(id)), ("ImageId", .string(image)), ("InstanceType", .string(type)),
      ("State", state.asValue), ("KeyName", .optional(keyName)),
      ("ClientToken", .optional(clientToken)), ("Tags", .tagList(tags)),
      ("SecurityGroups", .list(groupIdentifiers(in: account))),
      ("AmiLaunchIndex", 0), ("Monitoring", ["State": isMonitored ? "enabled" : "disabled"]),
      ("Architecture", "x86_64"),
      ("VirtualizationType", "hvm"), ("Hypervisor", "xen"), ("RootDeviceType", "ebs"),
    ]
    if let profile {
      fields.append(
        (
          "IamInstanceProfile",
          [
            "Arn": .string(account.profileARN(profile)),
            "Id": .string(account.instanceProfiles[profile]?.id ?? ""),
          ]
        ))
    }
    if let place { fields += interfaceFields(place, account) }
    return .fields(fields)
  }

  private func groupIdentifiers(in account: AccountState) -> [Value] {
    groups.map { id in
      ["GroupId": .string(id), "GroupName": .string(account.securityGroups[id]?.name ?? "")]
    }
  }

  private func interfaceFields(
    _ place: Subnet, _ account: AccountState
  ) -> [(String, Value)] {
    let publicText = Value.optional(publicAddress?.description)
    let association: Value =
      publicAddress == nil ? .null : ["PublicIp": publicText, "IpOwnerId": "amazon"]
    let interface = Value.fields([
      ("NetworkInterfaceId", .string("eni-" + id.dropFirst(2))), ("SubnetId", .string(place.id)),
      ("VpcId", .string(place.vpc)), ("PrivateIpAddress", .string(privateAddress.description)),
      ("SourceDestCheck", .bool(sourceDestCheck)), ("Status", "in-use"),
      ("Groups", .list(groupIdentifiers(in: account))), ("Association", association),
      ("OwnerId", .string(account.accountID)),
    ])
    return [
      ("SubnetId", .string(place.id)), ("VpcId", .string(place.vpc)),
      ("PrivateIpAddress", .string(privateAddress.description)), ("PublicIpAddress", publicText),
      ("SourceDestCheck", .bool(sourceDestCheck)),
      ("Placement", ["AvailabilityZone": .string(place.availabilityZone), "Tenancy": "default"]),
      ("NetworkInterfaces", [interface]),
    ]
  }
}

extension Instance.State {
  /// AWS's code. Source: Amazon EC2 API Reference, InstanceState.
  var code: Int64 {
    switch self {
    case .pending: 0
    case .running: 16
    case .shuttingDown: 32
    case .terminated: 48
    case .stopping: 64
    case .stopped: 80
    }
  }

  /// Itself as EC2 shows it.
  var asValue: Value { ["Code": .int(code), "Name": .string(rawValue)] }
}

extension Value {
  /// Instances of one launch as EC2 shows them.
  static func reservation(_ instances: [Instance], in account: AccountState) -> Value {
    .fields([
      ("ReservationId", .optional(instances.first?.reservation)),
      ("OwnerId", .string(account.accountID)), ("Groups", []),
      ("Instances", .list(instances.map { $0.value(in: account) })),
    ])
  }
}

extension AccountState {
  /// The ARN of an instance profile.
  func profileARN(_ name: String) -> String {
    let path = instanceProfiles[name]?.path ?? "/"
    return "arn:aws:iam::\(accountID):instance-profile\(path)\(name)"
  }
}
