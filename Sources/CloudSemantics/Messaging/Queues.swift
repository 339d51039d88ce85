import Canon
import CloudModel
import Determinism

/// Queues.
///
/// Source: Amazon SQS API Reference, CreateQueue ("you must wait 60 seconds after deleting a queue
/// before you can create another one with the same name"), SetQueueAttributes, DeleteQueue.
let queueOperations: [Operation] = [
  .write("sqs", "CreateQueue", needs: "QueueName", takes: "Attributes tags", createQueue),
  .read("sqs", "GetQueueUrl", needs: "QueueName", takes: "QueueOwnerAWSAccountId", getURL),
  .read("sqs", "GetQueueAttributes", needs: "QueueUrl", takes: "AttributeNames", getAttributes),
  .write("sqs", "SetQueueAttributes", needs: "QueueUrl Attributes", setAttributes),
  .write("sqs", "DeleteQueue", needs: "QueueUrl", deleteQueue),
  .read("sqs", "ListQueues", takes: "QueueNamePrefix MaxResults NextToken", listQueues),
  .write("sqs", "TagQueue", needs: "QueueUrl Tags", tagQueue),
  .write("sqs", "UntagQueue", needs: "QueueUrl TagKeys", untagQueue),
  .read("sqs", "ListQueueTags", needs: "QueueUrl", listTags),
]

extension Queue {
  /// Its URL.
  func url(in account: AccountState) -> String { account.queueURLs + name }

  /// What AWS shows of it without having been told.
  fileprivate func computed(in account: AccountState) -> SortedMap<String, String> {
    [
      "QueueArn": "arn:aws:sqs:\(account.region):\(account.accountID):\(name)",
      "ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesDelayed": "0",
      "ApproximateNumberOfMessagesNotVisible": "0",
    ]
  }
}

extension AccountState {
  /// What the URLs of its queues begin with.
  fileprivate var queueURLs: String { "https://sqs.\(region).amazonaws.com/\(accountID)/" }
}

/// The attributes that can be set, with the least and greatest number and the default; a default of
/// `-` means none.
private let numericAttributes: [(name: String, range: ClosedRange<Int>, initial: String)] = [
  ("DelaySeconds", 0...900, "0"),
  ("MaximumMessageSize", 1024...1_048_576, "1048576"),
  ("MessageRetentionPeriod", 60...1_209_600, "345600"),
  ("ReceiveMessageWaitTimeSeconds", 0...20, "0"),
  ("VisibilityTimeout", 0...43_200, "30"),
]

private let textAttributes: Set<String> = [
  "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", "FifoQueue",
  "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
]

extension Turn {
  fileprivate func queue() throws(CallError) -> Queue {
    let url = try parameters.need("QueueUrl")
    let name = String(url.split(separator: "/").last ?? "")
    guard let queue = account.queues[name], queue.url(in: account) == url else {
      throw CallError("QueueDoesNotExist", "The specified queue does not exist.")
    }
    return queue
  }

  fileprivate func attributes() throws(CallError) -> SortedMap<String, String> {
    var out: SortedMap<String, String> = [:]
    for (name, value) in parameters.record["Attributes"].fields {
      guard let text = value.text else { throw parameters.invalid(name, "…") }
      if let numeric = numericAttributes.first(where: { $0.name == name }) {
        guard let number = Int(text), numeric.range.contains(number) else {
          throw CallError("InvalidAttributeValue", "Invalid value for the parameter \(name).")
        }
      } else if name == "Policy" || name == "RedrivePolicy", !text.isEmpty {
        guard (try? JSON(parsing: text)) != nil else {
          throw CallError("InvalidAttributeValue", "Invalid value for the parameter \(name).")
        }
      } else if !textAttributes.contains(name) {
        throw CallError("InvalidAttributeName", "Unknown Attribute \(name).")
      }
      out[name] = text
    }
    return out
  }
}

private func createQueue(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.parameters.need("QueueName")
  let asked = try turn.attributes()
  let isFIFO = asked["FifoQueue"] == "true"
  let stem = isFIFO && name.hasSuffix(".fifo") ? name.dropLast(5) : name[...]
  let isGood = stem.utf8.allSatisfy {
    (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45
      || $0 == 95
  }
  guard isGood, (1...80).contains(name.utf8.count), isFIFO == name.hasSuffix(".fifo") else {
    throw CallError(
      "InvalidParameterValue",
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
  }
  if let present = turn.account.queues[name] {
    guard asked.allSatisfy({ present.attributes[$0.key] == $0.value }) else {
      throw CallError(
        "QueueNameExists",
        "A queue already exists with the same name and a different value for "
          + "an attribute")
    }
    return ["QueueUrl": .string(present.url(in: turn.account))]
  }
  if case .deleted(let at) = turn.account.memories["queue/" + name],
    turn.choice.now < at + .seconds(60)
  {
    throw CallError(
      "QueueDeletedRecently",
      "You must wait 60 seconds after deleting a queue before you can create another with the "
        + "same name.")
  }
  var attributes: SortedMap<String, String> = ["SqsManagedSseEnabled": "true"]
  for numeric in numericAttributes { attributes[numeric.name] = numeric.initial }
  for (key, value) in asked { attributes[key] = value }
  var tags: Tags = [:]
  for (key, value) in turn.parameters.record["tags"].fields { tags[key] = value.text ?? "" }
  let queue = Queue(name: name, attributes: attributes, tags: tags)
  turn.put(queue)
  return ["QueueUrl": .string(queue.url(in: turn.account))]
}

private func getURL(_ turn: inout Turn) throws(CallError) -> Value {
  guard let queue = turn.account.queues[try turn.parameters.need("QueueName")] else {
    throw CallError("QueueDoesNotExist", "The specified queue does not exist.")
  }
  return ["QueueUrl": .string(queue.url(in: turn.account))]
}

private func getAttributes(_ turn: inout Turn) throws(CallError) -> Value {
  let queue = try turn.queue()
  let names = try turn.parameters.texts("AttributeNames")
  var all = queue.attributes
  for (key, value) in queue.computed(in: turn.account) { all[key] = value }
  let isAll = names.contains("All")
  for name in names where name != "All" && all[name] == nil && !textAttributes.contains(name) {
    throw CallError("InvalidAttributeName", "Unknown Attribute \(name).")
  }
  let shown = all.filter { key, _ in isAll || names.contains(key) }
  return .fields([
    ("Attributes", shown.isEmpty ? .null : .record(shown.mapValues(Value.string)))
  ])
}

private func setAttributes(_ turn: inout Turn) throws(CallError) -> Value {
  var queue = try turn.queue()
  for (key, value) in try turn.attributes() {
    guard key != "FifoQueue" else {
      throw CallError("InvalidAttributeName", "FifoQueue can only be set on creation.")
    }
    queue.attributes[key] = value.isEmpty ? nil : value
  }
  turn.put(queue)
  return .record([:])
}

private func deleteQueue(_ turn: inout Turn) throws(CallError) -> Value {
  let queue = try turn.queue()
  turn.remove(Queue.self, queue.name)
  turn.remember("queue/" + queue.name, .deleted(at: turn.choice.now))
  turn.begun.append(.forgetQueueName(queue.name))
  return .record([:])
}

private func listQueues(_ turn: inout Turn) throws(CallError) -> Value {
  let prefix = try turn.parameters.text("QueueNamePrefix") ?? ""
  let names = turn.account.queues.keys.filter { $0.hasPrefix(prefix) }
  let (page, token) = try turn.pageOf(names, ids: "", sizes: 1...1000) { $0 }
  let urls = page.map { Value.string(turn.account.queueURLs + $0) }
  return .fields([
    ("QueueUrls", urls.isEmpty ? .null : .list(urls)), ("NextToken", .optional(token)),
  ])
}

private func tagQueue(_ turn: inout Turn) throws(CallError) -> Value {
  var queue = try turn.queue()
  for (key, value) in turn.parameters.record["Tags"].fields { queue.tags[key] = value.text ?? "" }
  guard queue.tags.count <= 50 else {
    throw CallError("InvalidParameterValue", "Too many tags added for queue \(queue.name).")
  }
  turn.put(queue)
  return .record([:])
}

private func untagQueue(_ turn: inout Turn) throws(CallError) -> Value {
  var queue = try turn.queue()
  for key in try turn.parameters.texts("TagKeys") { queue.tags[key] = nil }
  turn.put(queue)
  return .record([:])
}

private func listTags(_ turn: inout Turn) throws(CallError) -> Value {
  let tags = try turn.queue().tags
  return .fields([("Tags", tags.isEmpty ? .null : .record(tags.mapValues(Value.string)))])
}
