internal import Canon
internal import Diagnostics
internal import LudwigEvaluator
internal import LudwigTypes

/// The names that IAM has for what may be done: mostly those of the operations, with the exceptions
/// that AWS lists. A claim about an action that nobody has would hold of anything.
///
/// Source: AWS Service Authorization Reference, "Actions, resources, and condition keys" of Amazon
/// S3 and of the other services of the catalog.
struct IAMActions {
  /// The catalog's operations by service.
  let operations: SortedMap<String, [String]>

  /// What is wrong with an action; nil where there is one of that name, or where a pattern fits
  /// some. Letter case does not count, as in IAM.
  func mistake(in action: String) -> ActionMistake? {
    if action == "*" { return nil }
    let parts = action.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return ActionMistake(
        "'\(action)' is no IAM action", hint: "write the service first: \"s3:GetObject\"")
    }
    let (service, name) = (String(parts[0]).lowercased(), String(parts[1]))
    guard operations[service] != nil else {
      let near = nearest(to: service, among: operations.keys)
      return ActionMistake(
        "Nothing is known of the IAM actions of '\(parts[0])'",
        hint: near.map { "did you mean \"\($0):\(name)\"?" })
    }
    let names = names(of: service)
    let wanted = Array(name.lowercased().utf8)
    if names.contains(where: { Self.fits(Array($0.lowercased().utf8), wanted) }) { return nil }
    if let other = Self.renamed[service]?[name.lowercased()] {
      return ActionMistake(
        "IAM has no action '\(action)'",
        hint: "the operation \(name) is allowed by \"\(service):\(other)\"")
    }
    return ActionMistake(
      "IAM has no action '\(action)'",
      hint: nearest(to: name, among: names).map { "did you mean \"\(service):\($0)\"?" })
  }

  /// The actions of a service, in order.
  private func names(of service: String) -> [String] {
    let renamed = Self.renamed[service] ?? [:]
    let own = (operations[service] ?? []).filter { renamed[$0.lowercased()] == nil }
    let others = Self.further[service].map { $0.split(separator: " ").map(String.init) } ?? []
    return Set(own + others + renamed.values).sorted()
  }

  /// Whether a name fits a pattern, in which `*` stands for any text and `?` for one letter.
  private static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var reached = [true] + Array(repeating: false, count: name.count)
    for letter in pattern {
      var next = Array(repeating: false, count: name.count + 1)
      if letter == UInt8(ascii: "*") {
        var isReached = false
        for index in reached.indices {
          isReached = isReached || reached[index]
          next[index] = isReached
        }
      } else {
        for index in name.indices where letter == UInt8(ascii: "?") || letter == name[index] {
          next[index + 1] = reached[index]
        }
      }
      reached = next
    }
    return reached.last == true
  }

  /// Operations that go under the name of another action, in small letters, with that action.
  private static var renamed: [String: [String: String]] {
    var out: [String: [String: String]] = [:]
    for (service, text) in renamings {
      for pair in text.split(separator: " ") {
        let sides = pair.split(separator: "=").map(String.init)
        out[service, default: [:]][sides[0].lowercased()] = sides[1]
      }
    }
    return out
  }

  private static let renamings: KeyValuePairs = [
    "s3": """
    ListObjects=ListBucket ListObjectsV2=ListBucket HeadBucket=ListBucket HeadObject=GetObject \
    ListObjectVersions=ListBucketVersions ListBuckets=ListAllMyBuckets \
    ListDirectoryBuckets=ListAllMyDirectoryBuckets \
    ListMultipartUploads=ListBucketMultipartUploads ListParts=ListMultipartUploadParts \
    CreateMultipartUpload=PutObject CompleteMultipartUpload=PutObject UploadPart=PutObject \
    UploadPartCopy=PutObject CopyObject=PutObject DeleteObjects=DeleteObject \
    SelectObjectContent=GetObject \
    GetBucketEncryption=GetEncryptionConfiguration \
    PutBucketEncryption=PutEncryptionConfiguration \
    DeleteBucketEncryption=PutEncryptionConfiguration \
    GetBucketLifecycle=GetLifecycleConfiguration PutBucketLifecycle=PutLifecycleConfiguration \
    GetBucketLifecycleConfiguration=GetLifecycleConfiguration \
    PutBucketLifecycleConfiguration=PutLifecycleConfiguration \
    DeleteBucketLifecycle=PutLifecycleConfiguration \
    GetBucketReplication=GetReplicationConfiguration \
    PutBucketReplication=PutReplicationConfiguration \
    DeleteBucketReplication=PutReplicationConfiguration \
    GetBucketAccelerateConfiguration=GetAccelerateConfiguration \
    PutBucketAccelerateConfiguration=PutAccelerateConfiguration \
    GetBucketAnalyticsConfiguration=GetAnalyticsConfiguration \
    PutBucketAnalyticsConfiguration=PutAnalyticsConfiguration \
    GetBucketInventoryConfiguration=GetInventoryConfiguration \
    PutBucketInventoryConfiguration=PutInventoryConfiguration \
    GetBucketMetricsConfiguration=GetMetricsConfiguration \
    PutBucketMetricsConfiguration=PutMetricsConfiguration \
    GetBucketIntelligentTieringConfiguration=GetIntelligentTieringConfiguration \
    PutBucketIntelligentTieringConfiguration=PutIntelligentTieringConfiguration \
    GetBucketNotificationConfiguration=GetBucketNotification \
    PutBucketNotificationConfiguration=PutBucketNotification \
    GetObjectLockConfiguration=GetBucketObjectLockConfiguration \
    PutObjectLockConfiguration=PutBucketObjectLockConfiguration \
    GetPublicAccessBlock=GetBucketPublicAccessBlock \
    PutPublicAccessBlock=PutBucketPublicAccessBlock \
    DeletePublicAccessBlock=PutBucketPublicAccessBlock \
    DeleteBucketCors=PutBucketCORS DeleteBucketTagging=PutBucketTagging
    """,
    "sqs": """
    SendMessageBatch=SendMessage DeleteMessageBatch=DeleteMessage \
    ChangeMessageVisibilityBatch=ChangeMessageVisibility
    """,
  ]

  /// Actions that are no operation of the service's own model.
  private static let further: [String: String] = [
    "s3": """
    GetObjectVersion GetObjectVersionAcl GetObjectVersionTagging GetObjectVersionAttributes \
    GetObjectVersionTorrent GetObjectVersionForReplication DeleteObjectVersion \
    DeleteObjectVersionTagging PutObjectVersionAcl PutObjectVersionTagging ReplicateObject \
    ReplicateDelete ReplicateTags ObjectOwnerOverrideToBucketOwner BypassGovernanceRetention \
    InitiateReplication GetAccountPublicAccessBlock PutAccountPublicAccessBlock \
    TagResource UntagResource ListTagsForResource
    """,
    "iam": "PassRole",
    "sts": "SetSourceIdentity TagSession SetContext",
  ]
}
