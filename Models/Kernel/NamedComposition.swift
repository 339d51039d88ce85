import Canon
import CloudModel

/// One resource that is known by its name, so that a call for it may be repeated at once: a role.
enum NamedComposition {
  private static let role = ResourceAddress("role")

  /// It.
  static let small = SmallComposition(
    blueprint: Blueprint(
      composition: Digest(of: Array("named".utf8)), region: "us-east-1", resources: [roleResource],
      invariants: []),
    edits: [
      SmallComposition.Edit(name: "deletes the role") { account in
        account.roles.keys.first.map { iam("DeleteRole", ["RoleName": .string($0)]) }
      }
    ],
    things: { $0.roles.keys }, keepsTwice: { $0.roles.count > 1 },
    isAsDeclared: { $0.roles.keys == ["app"] }, opening: [], isOfNetworkAlone: false)

  /// It with a policy in it, which goes before it and comes after it.
  static let inline: SmallComposition = {
    var out = SmallComposition(
      blueprint: small.blueprint,
      edits: [
        SmallComposition.Edit(name: "deletes the role", call: { _ in nil }) { account in
          var account = account
          account.roles = [:]
          return account
        }
      ],
      things: small.things, keepsTwice: small.keepsTwice, isAsDeclared: small.isAsDeclared,
      opening: [], isOfNetworkAlone: false)
    out.blueprint = Blueprint(
      composition: Digest(of: Array("inline".utf8)), region: "us-east-1",
      resources: [inlineResource], invariants: [])
    out.isAsDeclared = { account in
      account.roles.keys == ["app"]
        && account.roles.values.allSatisfy { $0.policies.keys == ["own"] }
    }
    return out
  }()

  private static let inlineResource: DeclaredResource = {
    var resource = roleResource
    let policy: Value = ["RoleName": "app", "PolicyName": "own"]
    resource.lifecycle.create.append(
      CallTemplate(
        call: iam(
          "PutRolePolicy",
          ["RoleName": "app", "PolicyName": "own", "PolicyDocument": .string(reading)])))
    resource.lifecycle.delete.insert(
      CallTemplate(call: iam("DeleteRolePolicy", policy)), at: 0)
    return resource
  }()

  private static let reading = """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", \
    "Resource": "*"}]}
    """

  private static func iam(_ operation: String, _ parameters: Value) -> Call {
    Call(service: "iam", operation: operation, parameters: parameters)
  }

  private static let trust = """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", \
    "Principal": {"Service": "ec2.amazonaws.com"}}]}
    """

  private static let roleResource = TinyComposition.resource(
    role, "Role",
    Lifecycle(
      observation: Observation(
        call: iam("GetRole", ["RoleName": "app"]), batch: nil, items: [], identity: "app",
        identityOf: .null, goneWhen: [], details: [], outputs: ["name": ["Role", "RoleName"]]),
      create: [
        CallTemplate(
          call: iam(
            "CreateRole", ["RoleName": "app", "AssumeRolePolicyDocument": .string(trust)]),
          yields: ["name": ["Role", "RoleName"]])
      ],
      aspects: [], replaceOn: [],
      delete: [CallTemplate(call: iam("DeleteRole", ["RoleName": "app"]))],
      settle: .visibleTwice,
      errors: ["NoSuchEntity": .absent, "EntityAlreadyExists": .present], bearsData: false))
}
