import Canon
package import CloudModel

/// A whole account being read: which calls are still to be made, and what their replies have shown.
///
/// The first calls list everything; replies ask for further pages and for details (a bucket's
/// policy, a role's tags). Calls have numbers from 0, in the order in which they come up; they may
/// be made and answered in any order, at any time. What vanishes between a list and its details is
/// left out.
package struct AccountReading: Hashable, Codable, Sendable {
  /// The calls by number; nil once answered.
  private var calls: [Call?]
  /// How many of them have no reply.
  private var open: Int
  /// What has been read so far.
  package private(set) var account: AccountState

  /// Begins a reading.
  package init(region: String) {
    account = AccountState(accountID: "", region: region)
    calls = Self.lists
    open = calls.count
  }

  /// Whether everything has been read.
  package var isComplete: Bool { open == 0 }

  /// How many calls have come up.
  package var count: Int { calls.count }

  /// The call of a number, while it waits for its reply.
  package func call(_ number: Int) -> Call? {
    calls.indices.contains(number) ? calls[number] : nil
  }

  /// Takes the reply to the call of a number in.
  ///
  /// - Returns: the error that keeps the call waiting, so that it can be made again; nil where the
  ///   reply was understood, or was an error that says "there is none".
  package mutating func take(_ reply: Reply, to number: Int) -> CallError? {
    guard let call = call(number) else { return nil }
    switch reply {
    case .failure(let error):
      guard Self.absences.contains(error.code) else { return error }
      takeAbsence(error, of: call)
    case .success(let output):
      do throws(CallError) {
        try take(output, of: call)
      } catch {
        return error
      }
      if let next = nextPage(of: call, after: output) { ask(next) }
    }
    calls[number] = nil
    open -= 1
    return nil
  }

  private static let lists: [Call?] = [
    Call(service: "sts", operation: "GetCallerIdentity", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeVpcs", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeSubnets", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeInternetGateways", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeRouteTables", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeNetworkAcls", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeSecurityGroups", parameters: .record([:])),
    Call(service: "ec2", operation: "DescribeInstances", parameters: .record([:])),
    Call(service: "s3", operation: "ListBuckets", parameters: .record([:])),
    Call(service: "iam", operation: "ListRoles", parameters: .record([:])),
    Call(service: "iam", operation: "ListInstanceProfiles", parameters: .record([:])),
    Call(
      service: "secretsmanager", operation: "ListSecrets",
      parameters: ["IncludePlannedDeletion": true]),
    Call(service: "sqs", operation: "ListQueues", parameters: ["MaxResults": 1000]),
  ]

  /// Codes that say of a detail that there is none, or that its owner has gone meanwhile.
  private static let absences: Set<String> = [
    "NoSuchBucketPolicy", "NoSuchTagSet", "NoSuchPublicAccessBlockConfiguration", "NoSuchBucket",
    "NoSuchEntity", "InvalidVpcID.NotFound", "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue", "ServerSideEncryptionConfigurationNotFoundError",
  ]

  /// Asks for a detail.
  mutating func ask(_ service: String, _ operation: String, _ parameters: Value) {
    ask(Call(service: service, operation: operation, parameters: parameters))
  }

  private mutating func ask(_ call: Call) {
    calls.append(call)
    open += 1
  }

  /// Changes what has been read.
  mutating func change(_ body: (inout AccountState) -> Void) { body(&account) }

  private func nextPage(of call: Call, after output: Value) -> Call? {
    let places = [
      ("NextToken", "NextToken"), ("ContinuationToken", "ContinuationToken"), ("Marker", "Marker"),
    ]
    for (member, parameter) in places {
      guard let token = output[member].text, !token.isEmpty else { continue }
      var parameters = call.parameters.fields
      parameters[parameter] = .string(token)
      return Call(
        service: call.service, operation: call.operation, parameters: .record(parameters))
    }
    return nil
  }

  private mutating func takeAbsence(_ error: CallError, of call: Call) {
    let parameters = call.parameters
    switch error.code {
    case "NoSuchPublicAccessBlockConfiguration":
      change { $0.buckets[parameters["Bucket"].text ?? ""]?.publicAccessBlock = nil }
    case "NoSuchBucket": change { $0.buckets[parameters["Bucket"].text ?? ""] = nil }
    case "InvalidVpcID.NotFound": change { $0.vpcs[parameters["VpcId"].text ?? ""] = nil }
    case "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue":
      change { $0.queues[queueName(parameters)] = nil }
    case "NoSuchEntity" where call.operation == "GetInstanceProfile":
      change { $0.instanceProfiles[parameters["InstanceProfileName"].text ?? ""] = nil }
    case "NoSuchEntity" where call.operation != "GetRolePolicy":
      change { $0.roles[parameters["RoleName"].text ?? ""] = nil }
    default: break
    }
  }
}

/// The name of the queue that a call names by its URL.
func queueName(_ parameters: Value) -> String {
  String((parameters["QueueUrl"].text ?? "").split(separator: "/").last ?? "")
}

extension CloudSemantics {
  /// Reads an account as it is at one moment.
  package static func read(_ account: AccountState) -> AccountState {
    var reading = AccountReading(region: account.region)
    var number = 0
    while let call = reading.call(number) {
      let reply = step(account, call).reply
      if let error = reading.take(reply, to: number) {
        preconditionFailure("a reading of \(call.operation) fails: \(error.code)")
      }
      number += 1
    }
    return reading.account
  }
}
