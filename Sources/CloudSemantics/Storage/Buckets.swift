import Canon
import CloudModel

/// Buckets.
///
/// Source: Amazon S3 API Reference, CreateBucket, DeleteBucket, HeadBucket, ListBuckets; Amazon S3
/// User Guide, "General purpose bucket naming rules".
let bucketOperations: [Operation] = [
  .write(
    "s3", "CreateBucket", needs: "Bucket",
    takes: "CreateBucketConfiguration ACL ObjectOwnership", createBucket),
  .write("s3", "DeleteBucket", needs: "Bucket", takes: "ExpectedBucketOwner", deleteBucket),
  .read("s3", "HeadBucket", needs: "Bucket", takes: "ExpectedBucketOwner", headBucket),
  .read("s3", "GetBucketLocation", needs: "Bucket", takes: "ExpectedBucketOwner", location),
  .read(
    "s3", "ListBuckets", takes: "Prefix BucketRegion MaxBuckets ContinuationToken", listBuckets),
]

extension Turn {
  /// The bucket that a call names.
  func bucket() throws(CallError) -> Bucket {
    let name = try parameters.need("Bucket")
    guard let bucket = account.buckets[name] else {
      throw CallError("NoSuchBucket", "The specified bucket does not exist: \(name)")
    }
    return bucket
  }
}

private func isBucketName(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  let isEnd = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) }
  guard (3...63).contains(bytes.count), let first = bytes.first, let last = bytes.last,
    isEnd(first), isEnd(last), bytes.allSatisfy({ isEnd($0) || $0 == 45 || $0 == 46 })
  else { return false }
  return !name.contains("..") && IPv4Address(name) == nil && !name.hasPrefix("xn--")
    && !name.hasSuffix("-s3alias")
}

private func createBucket(_ turn: inout Turn) throws(CallError) -> Value {
  let name = try turn.parameters.need("Bucket")
  guard isBucketName(name) else {
    throw CallError("InvalidBucketName", "The specified bucket is not valid: \(name)")
  }
  let settings = try turn.parameters.part("CreateBucketConfiguration")
  let region = turn.account.region
  let isHome = region == "us-east-1"
  let constraint = try settings?.text("LocationConstraint")
  if isHome, constraint == "us-east-1" {
    throw CallError(
      "InvalidLocationConstraint", "The specified location-constraint is not valid")
  }
  guard constraint == (isHome ? nil : region) else {
    throw CallError(
      "IllegalLocationConstraintException",
      "The \(constraint ?? "unspecified") location constraint is incompatible for the region "
        + "specific endpoint this request was sent to.")
  }
  if turn.account.buckets[name] != nil {
    if isHome { return created(name) }
    throw CallError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.")
  }
  guard turn.account.memories["bucket/" + name] == nil else {
    throw CallError(
      "BucketAlreadyExists", "The requested bucket name is not available: \(name)")
  }
  guard turn.account.buckets.count < turn.account.quotas.buckets else {
    throw CallError(
      "TooManyBuckets", "You have attempted to create more buckets than allowed")
  }
  let tags = try settings?.tags("Tags", reserved: "InvalidTag") ?? [:]
  turn.put(Bucket(name: name, tags: tags))
  return created(name)
}

private func created(_ name: String) -> Value {
  ["Location": .string("/" + name), "BucketArn": .string("arn:aws:s3:::" + name)]
}

private func deleteBucket(_ turn: inout Turn) throws(CallError) -> Value {
  let bucket = try turn.bucket()
  guard bucket.objectCount == 0 else {
    throw CallError("BucketNotEmpty", "The bucket you tried to delete is not empty")
  }
  turn.remove(Bucket.self, bucket.name)
  return .record([:])
}

/// The answer to HEAD has no body, so that the only code is the status.
private func headBucket(_ turn: inout Turn) throws(CallError) -> Value {
  guard turn.account.buckets[try turn.parameters.need("Bucket")] != nil else {
    throw CallError("404", "Not Found")
  }
  return ["BucketRegion": .string(turn.account.region), "AccessPointAlias": false]
}

private func location(_ turn: inout Turn) throws(CallError) -> Value {
  _ = try turn.bucket()
  let region = turn.account.region
  return .fields([("LocationConstraint", region == "us-east-1" ? .null : .string(region))])
}

private func listBuckets(_ turn: inout Turn) throws(CallError) -> Value {
  let prefix = try turn.parameters.text("Prefix") ?? ""
  let region = try turn.parameters.text("BucketRegion") ?? turn.account.region
  var names = turn.account.buckets.keys.filter { $0.hasPrefix(prefix) }
  if region != turn.account.region { names = [] }
  if let after = try turn.parameters.text("ContinuationToken") {
    names = Array(names.drop { $0 <= after })
  }
  let limit = try turn.parameters.number("MaxBuckets") ?? 10_000
  guard (1...10_000).contains(limit) else {
    throw CallError("InvalidArgument", "MaxBuckets must be from 1 to 10000.")
  }
  let page = names.prefix(limit)
  let shown = page.map { name -> Value in
    [
      "Name": .string(name), "BucketRegion": .string(turn.account.region),
      "BucketArn": .string("arn:aws:s3:::" + name),
    ]
  }
  return .fields([
    ("Buckets", .list(shown)), ("Owner", ["ID": .string(turn.account.accountID)]),
    ("ContinuationToken", names.count > limit ? .optional(page.last) : .null),
  ])
}
