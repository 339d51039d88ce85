import Canon
import CloudModel

/// What is set on a bucket: policy, encryption, tags, block public access.
///
/// Source: Amazon S3 API Reference, PutBucketPolicy, PutBucketEncryption, PutBucketTagging,
/// PutPublicAccessBlock; "Amazon S3 now automatically encrypts all new objects" (January 2023).
let bucketSettingOperations: [Operation] = [
  .write("s3", "PutBucketPolicy", needs: "Bucket Policy", takes: owner, putPolicy),
  .read("s3", "GetBucketPolicy", needs: "Bucket", takes: owner, getPolicy),
  .write("s3", "DeleteBucketPolicy", needs: "Bucket", takes: owner, deletePolicy),
  .read("s3", "GetBucketPolicyStatus", needs: "Bucket", takes: owner, policyStatus),
  .write(
    "s3", "PutBucketEncryption", needs: "Bucket ServerSideEncryptionConfiguration", takes: owner,
    putEncryption),
  .read("s3", "GetBucketEncryption", needs: "Bucket", takes: owner, getEncryption),
  .write("s3", "DeleteBucketEncryption", needs: "Bucket", takes: owner, deleteEncryption),
  .write("s3", "PutBucketTagging", needs: "Bucket Tagging", takes: owner, putTagging),
  .read("s3", "GetBucketTagging", needs: "Bucket", takes: owner, getTagging),
  .write("s3", "DeleteBucketTagging", needs: "Bucket", takes: owner, deleteTagging),
  .write(
    "s3", "PutPublicAccessBlock", needs: "Bucket PublicAccessBlockConfiguration", takes: owner,
    putBlock),
  .read("s3", "GetPublicAccessBlock", needs: "Bucket", takes: owner, getBlock),
  .write("s3", "DeletePublicAccessBlock", needs: "Bucket", takes: owner, deleteBlock),
]

private let owner = "ExpectedBucketOwner"

private func putPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  let text = try turn.parameters.need("Policy")
  guard text.utf8.count <= 20 * 1024 else {
    throw CallError("PolicyTooLarge", "The policy exceeds the maximum allowed document size.")
  }
  let grammar = PolicyGrammar(place: .bucket(bucket.name), account: turn.account)
  if let mistake = grammar.mistake(in: text) { throw CallError("MalformedPolicy", mistake) }
  if bucket.publicAccessBlock?["BlockPublicPolicy"] == true, isPublic(bucketPolicy: text) {
    throw CallError(
      "AccessDenied",
      "The policy is public, and the BlockPublicPolicy setting of the bucket is on.")
  }
  bucket.policy = text
  turn.put(bucket)
  return .record([:])
}

private func getPolicy(_ turn: inout Turn) throws(CallError) -> Value {
  guard let policy = try turn.bucket().policy else {
    throw CallError("NoSuchBucketPolicy", "The bucket policy does not exist")
  }
  return ["Policy": .string(policy)]
}

private func deletePolicy(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  bucket.policy = nil
  turn.put(bucket)
  return .record([:])
}

private func policyStatus(_ turn: inout Turn) throws(CallError) -> Value {
  guard let policy = try turn.bucket().policy else {
    throw CallError("NoSuchBucketPolicy", "The bucket policy does not exist")
  }
  return ["PolicyStatus": ["IsPublic": .bool(isPublic(bucketPolicy: policy))]]
}

private func putEncryption(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  let configuration = try turn.parameters.part("ServerSideEncryptionConfiguration")
  let rules = try configuration?.parts("Rules") ?? []
  guard rules.count == 1, let rule = try rules[0].part("ApplyServerSideEncryptionByDefault") else {
    throw CallError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema")
  }
  let algorithm = try rule.need("SSEAlgorithm")
  let key = try rule.text("KMSMasterKeyID")
  guard ["AES256", "aws:kms", "aws:kms:dsse"].contains(algorithm) else {
    throw CallError("MalformedXML", "\(algorithm) is no encryption algorithm of S3.")
  }
  guard key == nil || algorithm != "AES256" else {
    throw CallError(
      "InvalidArgument",
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms")
  }
  bucket.encryption = algorithm
  bucket.kmsKey = key
  turn.put(bucket)
  return .record([:])
}

private func getEncryption(_ turn: inout Turn) throws(CallError) -> Value {
  let bucket = try turn.bucket()
  let rule = Value.fields([
    ("SSEAlgorithm", .string(bucket.encryption)), ("KMSMasterKeyID", .optional(bucket.kmsKey)),
  ])
  return [
    "ServerSideEncryptionConfiguration": [
      "Rules": [["ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": false]]
    ]
  ]
}

private func deleteEncryption(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  bucket.encryption = "AES256"
  bucket.kmsKey = nil
  turn.put(bucket)
  return .record([:])
}

private func putTagging(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  bucket.tags = try turn.parameters.part("Tagging")?.tags("TagSet", reserved: "InvalidTag") ?? [:]
  turn.put(bucket)
  return .record([:])
}

private func getTagging(_ turn: inout Turn) throws(CallError) -> Value {
  let bucket = try turn.bucket()
  guard !bucket.tags.isEmpty else {
    throw CallError("NoSuchTagSet", "The TagSet does not exist")
  }
  return ["TagSet": .tagList(bucket.tags)]
}

private func deleteTagging(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  bucket.tags = [:]
  turn.put(bucket)
  return .record([:])
}

private let blockSettings = [
  "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets",
]

private func putBlock(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  let given = try turn.parameters.part("PublicAccessBlockConfiguration")
  var block: SortedMap<String, Bool> = [:]
  for name in blockSettings { block[name] = try given?.truth(name) ?? false }
  bucket.publicAccessBlock = block
  turn.put(bucket)
  return .record([:])
}

private func getBlock(_ turn: inout Turn) throws(CallError) -> Value {
  guard let block = try turn.bucket().publicAccessBlock else {
    throw CallError(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found")
  }
  return ["PublicAccessBlockConfiguration": .record(block.mapValues(Value.bool))]
}

private func deleteBlock(_ turn: inout Turn) throws(CallError) -> Value {
  var bucket = try turn.bucket()
  bucket.publicAccessBlock = nil
  turn.put(bucket)
  return .record([:])
}
