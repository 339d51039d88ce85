import Canon
import CloudModel
import Determinism

/// What lists of buckets, roles, profiles, secrets and queues show, and the details they ask for.
extension AccountReading {
  /// Takes the output of an operation of another service than EC2 in.
  mutating func takeService(_ output: Value, of call: Call) throws(CallError) {
    switch call.service {
    case "sts": takeCaller(output)
    case "s3": try takeStorage(output, of: call)
    case "iam": try takeIdentity(output, of: call)
    case "secretsmanager":
      for item in output["SecretList"].elements { try takeSecret(item) }
    case "sqs": try takeQueues(output, of: call)
    default: throw unreadable(call.operation)
    }
  }

  private mutating func takeCaller(_ output: Value) {
    let id = output["Account"].text ?? ""
    change { account in
      var other = AccountState(accountID: id, region: account.region)
      for key in account.rowKeys { other[row: key] = account[row: key] }
      account = other
    }
  }

  private mutating func takeStorage(_ output: Value, of call: Call) throws(CallError) {
    let name = call.parameters["Bucket"].text ?? ""
    switch call.operation {
    case "ListBuckets":
      for item in output["Buckets"].elements {
        let name = try identifier(item, "Name")
        guard item["BucketRegion"].text ?? account.region == account.region else { continue }
        change { $0.buckets[name] = Bucket(name: name) }
        for detail in ["Policy", "Encryption", "Tagging"] {
          ask("s3", "GetBucket" + detail, ["Bucket": .string(name)])
        }
        ask("s3", "GetPublicAccessBlock", ["Bucket": .string(name)])
      }
    case "GetBucketPolicy": change { $0.buckets[name]?.policy = output["Policy"].text }
    case "GetBucketEncryption":
      let rule = output.at([
        "ServerSideEncryptionConfiguration", "Rules", "0", "ApplyServerSideEncryptionByDefault",
      ])
      let algorithm = try identifier(rule, "SSEAlgorithm")
      change {
        $0.buckets[name]?.encryption = algorithm
        $0.buckets[name]?.kmsKey = rule["KMSMasterKeyID"].text
      }
    case "GetBucketTagging":
      let tags = tags(output, "TagSet")
      change { $0.buckets[name]?.tags = tags }
    case "GetPublicAccessBlock":
      let block = output["PublicAccessBlockConfiguration"].fields.mapValues { $0.truth ?? false }
      change { $0.buckets[name]?.publicAccessBlock = block }
    default: throw unreadable(call.operation)
    }
  }

  private mutating func takeIdentity(_ output: Value, of call: Call) throws(CallError) {
    let name = call.parameters["RoleName"].text ?? ""
    switch call.operation {
    case "ListRoles": for item in output["Roles"].elements { try takeRole(item) }
    case "GetRole":
      let tags = tags(output["Role"])
      change { $0.roles[name]?.tags = tags }
    case "ListRolePolicies":
      for policy in output["PolicyNames"].elements {
        ask("iam", "GetRolePolicy", ["RoleName": .string(name), "PolicyName": policy])
      }
    case "GetRolePolicy":
      let policy = try identifier(output, "PolicyName")
      change { $0.roles[name]?.policies[policy] = output["PolicyDocument"].text }
    case "ListAttachedRolePolicies":
      let arns = output["AttachedPolicies"].elements.compactMap { $0["PolicyArn"].text }
      change { account in
        let before = account.roles[name]?.managedPolicies ?? []
        account.roles[name]?.managedPolicies = (before + arns).sorted()
      }
    case "ListInstanceProfiles":
      for item in output["InstanceProfiles"].elements { try takeProfile(item) }
    case "GetInstanceProfile":
      let name = call.parameters["InstanceProfileName"].text ?? ""
      let tags = tags(output["InstanceProfile"])
      change { $0.instanceProfiles[name]?.tags = tags }
    default: throw unreadable(call.operation)
    }
  }

  private mutating func takeRole(_ item: Value) throws(CallError) {
    let name = try identifier(item, "RoleName")
    var role = Role(
      name: name, path: try identifier(item, "Path"),
      trustPolicy: try identifier(item, "AssumeRolePolicyDocument"))
    role.id = try identifier(item, "RoleId")
    role.description = item["Description"].text ?? ""
    change { $0.roles[name] = role }
    for operation in ["GetRole", "ListRolePolicies", "ListAttachedRolePolicies"] {
      ask("iam", operation, ["RoleName": .string(name)])
    }
  }

  private mutating func takeProfile(_ item: Value) throws(CallError) {
    let name = try identifier(item, "InstanceProfileName")
    var profile = InstanceProfile(name: name)
    profile.id = try identifier(item, "InstanceProfileId")
    profile.path = try identifier(item, "Path")
    profile.roles = item["Roles"].elements.compactMap { $0["RoleName"].text }
    change { $0.instanceProfiles[name] = profile }
    ask("iam", "GetInstanceProfile", ["InstanceProfileName": .string(name)])
  }

  private mutating func takeSecret(_ item: Value) throws(CallError) {
    let name = try identifier(item, "Name")
    var secret = StoredSecret(
      name: name, arn: try identifier(item, "ARN"), description: item["Description"].text ?? "",
      tags: tags(item))
    for (version, stages) in item["SecretVersionsToStages"].fields
    where stages.elements.contains("AWSCURRENT") {
      secret.versionID = version
    }
    secret.deletedAt = item["DeletedDate"].number.map { Instant(milliseconds: $0) }
    change { $0.secrets[name] = secret }
  }

  private mutating func takeQueues(_ output: Value, of call: Call) throws(CallError) {
    let name = queueName(call.parameters)
    switch call.operation {
    case "ListQueues":
      for url in output["QueueUrls"].elements {
        let name = queueName(["QueueUrl": url])
        change { $0.queues[name] = Queue(name: name, attributes: [:]) }
        ask("sqs", "GetQueueAttributes", ["QueueUrl": url, "AttributeNames": ["All"]])
        ask("sqs", "ListQueueTags", ["QueueUrl": url])
      }
    case "GetQueueAttributes":
      let computed = ["QueueArn", "CreatedTimestamp", "LastModifiedTimestamp"]
      let kept = output["Attributes"].fields.filter { key, _ in
        !computed.contains(key) && !key.hasPrefix("ApproximateNumberOf")
      }
      change { $0.queues[name]?.attributes = kept.mapValues { $0.text ?? "" } }
    case "ListQueueTags":
      change { $0.queues[name]?.tags = output["Tags"].fields.mapValues { $0.text ?? "" } }
    default: throw unreadable(call.operation)
    }
  }
}
