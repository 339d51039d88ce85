import Canon
import CloudModel
import Determinism

/// AWS's admission of requests: a token bucket for each operation, and for some a second one that
/// counts resources.
///
/// Source: Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API". For the other
/// services nothing of the kind is published; 100 tokens at 20 a second for reads and 50 at 10 for
/// writes are assumed.
struct TokenBuckets: Hashable, Codable, Sendable {
  /// Millionths of tokens left, and when they were counted.
  private struct Level: Hashable, Codable {
    var millionths: Int64
    var at: Instant
  }

  private var levels: SortedMap<String, Level> = [:]

  /// Takes the tokens that a call needs, or none of them.
  ///
  /// - Parameter room: how much of the usual buckets there is, in parts per million.
  /// - Returns: whether the call is admitted.
  mutating func admit(_ call: Call, writes: Bool, at now: Instant, room: Int) -> Bool {
    let name = call.service + ":" + call.operation
    let (size, rate) = requestBucket(call, writes: writes)
    let requests = filled(name, size, rate, now, room)
    guard requests >= 1_000_000 else {
      levels[name] = Level(millionths: requests, at: now)
      return false
    }
    if let (size, rate, count) = resourceBucket(call) {
      let resources = filled(name + "#", size, rate, now, room)
      let needed = Int64(count) * 1_000_000
      guard resources >= needed else {
        levels[name + "#"] = Level(millionths: resources, at: now)
        return false
      }
      levels[name + "#"] = Level(millionths: resources - needed, at: now)
    }
    levels[name] = Level(millionths: requests - 1_000_000, at: now)
    return true
  }

  private func filled(
    _ name: String, _ size: Int64, _ rate: Int64, _ now: Instant, _ room: Int
  ) -> Int64 {
    let full = max(1_000_000, size * Int64(room))
    guard let level = levels[name] else { return full }
    let elapsed = min((now - level.at).milliseconds, 3_600_000)
    return min(full, level.millionths + elapsed * rate * Int64(room) / 1000)
  }

  private func requestBucket(_ call: Call, writes: Bool) -> (size: Int64, rate: Int64) {
    guard call.service == "ec2" else { return writes ? (50, 10) : (100, 20) }
    switch call.operation {
    case "RunInstances", "StartInstances": return (5, 2)
    case "TerminateInstances": return (100, 5)
    case "CreateTags": return (100, 10)
    case "DescribeInstances", "DescribeSecurityGroups":
      let isNarrow =
        call.parameters["Filters"] != .null || call.parameters["MaxResults"] != .null
        || call.parameters["InstanceIds"] != .null || call.parameters["GroupIds"] != .null
      return isNarrow ? (100, 20) : (50, 10)
    default: return writes ? (50, 5) : (100, 20)
    }
  }

  private func resourceBucket(_ call: Call) -> (size: Int64, rate: Int64, count: Int)? {
    switch call.operation {
    case "RunInstances": (1000, 2, max(1, Int(call.parameters["MaxCount"].number ?? 1)))
    case "StartInstances": (1000, 2, call.parameters["InstanceIds"].elements.count)
    case "TerminateInstances": (1000, 20, call.parameters["InstanceIds"].elements.count)
    case "StopInstances": (1000, 20, call.parameters["InstanceIds"].elements.count)
    default: nil
    }
  }
}

/// What a service answers when it is asked too often.
func throttlingError(_ service: String) -> CallError {
  let code =
    switch service {
    case "ec2": "RequestLimitExceeded"
    case "s3": "SlowDown"
    case "iam", "sts": "Throttling"
    case "sqs": "RequestThrottled"
    default: "ThrottlingException"
    }
  return CallError(code, "Request limit exceeded.")
}

/// What a service answers when it fails.
func serverError(_ service: String) -> CallError {
  let code =
    switch service {
    case "iam": "ServiceFailure"
    case "secretsmanager": "InternalServiceError"
    case "sqs": "InternalFailure"
    default: "InternalError"
    }
  return CallError(code, "An internal error has occurred.")
}
