package import Canon
package import CloudModel

/// Instances, and the roles that they use.
extension Lives {
  /// An instance.
  package static func instance(
    _ address: String, subnet: String, groups: [String], image: String = "ami-0123456789abcdef0",
    profile: String? = nil
  ) -> DeclaredResource {
    let id = out(address, "instanceId")
    let life = Lifecycle(
      observation: observed(
        "DescribeInstances", items: ["Reservations", "Instances"], address, output: "instanceId",
        path: ["InstanceId"],
        goneWhen: [StateTest(path: ["State", "Name"], values: ["shutting-down", "terminated"])]),
      create: [
        CallTemplate(
          call: Call(
            service: "ec2", operation: "RunInstances",
            parameters: [
              "ImageId": .string(image), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
              "SubnetId": out(subnet, "subnetId"),
              "SecurityGroupIds": .list(groups.map { out($0, "groupId") }),
              "IamInstanceProfile": profile.map { ["Name": out($0, "name")] } ?? .null,
              "ClientToken": .residual(.path(.token, [])),
              "TagSpecifications": tags("instance", address),
            ]),
          yields: ["instanceId": ["Instances", "0", "InstanceId"]])
      ],
      aspects: [
        Aspect(
          kind: .set,
          comparison: Comparison(
            name: "securityGroups", want: .list(groups.map { out($0, "groupId") }),
            have: each(["SecurityGroups"]) { _ in bound("GroupId") }),
          initial: .list(groups.map { out($0, "groupId") }),
          add: [
            ec2(
              "ModifyInstanceAttribute",
              ["InstanceId": id, "Groups": .list(groups.map { out($0, "groupId") })])
          ],
          remove: [
            ec2(
              "ModifyInstanceAttribute",
              ["InstanceId": id, "Groups": .list(groups.map { out($0, "groupId") })])
          ])
      ],
      replaceOn: [
        Comparison(name: "image", want: .string(image), have: item("ImageId")),
        Comparison(name: "subnet", want: out(subnet, "subnetId"), have: item("SubnetId")),
      ],
      delete: [ec2("TerminateInstances", ["InstanceIds": [id]])],
      settle: .state(path: ["State", "Name"], reached: ["running"], failing: ["terminated"]),
      errors: errors.adding("InvalidParameterValue", .retry), bearsData: true)
    return resource(
      address, "EC2.Instance", life, uses: [subnet] + groups + (profile.map { [$0] } ?? []))
  }

  /// Lets instances take a role.
  package static let trust = """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
    "Principal":{"Service":"ec2.amazonaws.com"}}]}
    """

  /// A call of IAM on a name.
  package static func named(_ operation: String, _ key: String, _ name: Value) -> CallTemplate {
    CallTemplate(call: Call(service: "iam", operation: operation, parameters: .record([key: name])))
  }

  /// What IAM's errors mean.
  package static let identityErrors: SortedMap<String, ErrorVerb> = [
    "NoSuchEntity": .absent, "EntityAlreadyExists": .present,
    "DeleteConflict": .retryAfterDependents,
    "LimitExceeded": .present,
  ]

  /// The tags of something in IAM.
  package static func identityTags(_ address: String) -> Value {
    [
      ["Key": "fugue:address", "Value": .string(address)],
      ["Key": "fugue:process", "Value": .residual(.path(.process, []))],
    ]
  }

  /// A role.
  package static func role(_ address: String) -> DeclaredResource {
    let name = Value.residual(
      .concat([.residual(.path(.process, [])), .string("-" + address)]))
    let life = Lifecycle(
      observation: Observation(
        call: Call(service: "iam", operation: "GetRole", parameters: ["RoleName": name]),
        batch: nil, items: ["Role"], identity: name, identityOf: .null, goneWhen: [], details: [],
        outputs: ["name": ["RoleName"]]),
      create: [
        CallTemplate(
          call: Call(
            service: "iam", operation: "CreateRole",
            parameters: [
              "RoleName": name, "AssumeRolePolicyDocument": .string(trust),
              "Tags": identityTags(address),
            ]), yields: ["name": ["Role", "RoleName"]])
      ],
      aspects: [], replaceOn: [], delete: [named("DeleteRole", "RoleName", name)],
      settle: .visibleTwice, errors: identityErrors, bearsData: false, isExclusive: true)
    return resource(address, "IAM.Role", life, uses: [])
  }

  /// An instance profile with a role.
  package static func profile(_ address: String, role: String) -> DeclaredResource {
    let name = Value.residual(
      .concat([.residual(.path(.process, [])), .string("-" + address)]))
    func link(_ operation: String) -> CallTemplate {
      CallTemplate(
        call: Call(
          service: "iam", operation: operation,
          parameters: ["InstanceProfileName": name, "RoleName": .residual(.path(.element, []))]))
    }
    let life = Lifecycle(
      observation: Observation(
        call: Call(
          service: "iam", operation: "GetInstanceProfile",
          parameters: ["InstanceProfileName": name]),
        batch: nil, items: ["InstanceProfile"], identity: name, identityOf: .null, goneWhen: [],
        details: [], outputs: ["name": ["InstanceProfileName"]]),
      create: [
        CallTemplate(
          call: Call(
            service: "iam", operation: "CreateInstanceProfile",
            parameters: ["InstanceProfileName": name, "Tags": identityTags(address)]),
          yields: ["name": ["InstanceProfile", "InstanceProfileName"]])
      ],
      aspects: [
        Aspect(
          kind: .each,
          comparison: Comparison(
            name: "roles", want: [out(role, "name")],
            have: each(["Roles"]) { _ in bound("RoleName") }),
          initial: [], add: [link("AddRoleToInstanceProfile")],
          remove: [link("RemoveRoleFromInstanceProfile")], clearsBeforeDelete: true)
      ],
      replaceOn: [], delete: [named("DeleteInstanceProfile", "InstanceProfileName", name)],
      settle: .visibleTwice, errors: identityErrors, bearsData: false, isExclusive: true)
    return resource(address, "IAM.InstanceProfile", life, uses: [role])
  }
}

extension SortedMap {
  fileprivate func adding(_ key: Key, _ value: Value) -> SortedMap {
    var copy = self
    copy[key] = value
    return copy
  }
}
