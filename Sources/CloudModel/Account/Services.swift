package import Canon
package import Determinism

/// An S3 bucket.
package struct Bucket: Hashable, Codable, Sendable {
  /// Its name, unique in all of AWS.
  package var name: String
  /// The bucket policy as JSON text; nil where there is none.
  package var policy: String?
  /// The default encryption's algorithm: `AES256` or `aws:kms`. AWS encrypts new buckets with
  /// `AES256` since 2023.
  package var encryption: String
  /// The key of `aws:kms`; nil otherwise or for the default key.
  package var kmsKey: String?
  /// The four settings of public access block, in AWS's names; nil where there is no block.
  /// A new bucket has all four.
  package var publicAccessBlock: SortedMap<String, Bool>?
  /// How many objects are in it; a bucket with any cannot be deleted.
  package var objectCount = 0
  /// Its tags.
  package var tags: Tags

  /// Makes a bucket with AWS's defaults.
  package init(name: String, encryption: String = "AES256", tags: Tags = [:]) {
    self.name = name
    self.encryption = encryption
    self.publicAccessBlock = [
      "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true,
      "RestrictPublicBuckets": true,
    ]
    self.tags = tags
  }
}

/// An IAM role.
package struct Role: Hashable, Codable, Sendable {
  /// Its name, unique in the account.
  package var name: String
  /// `AROA…`, another one each time a role of this name is created.
  package var id = ""
  /// Its path, `/` by default.
  package var path: String
  /// For people.
  package var description = ""
  /// Who may assume it, as JSON text.
  package var trustPolicy: String
  /// Inline policies as JSON texts, by name.
  package var policies: SortedMap<String, String> = [:]
  /// ARNs of attached managed policies, in order.
  package var managedPolicies: [String] = []
  /// Its tags.
  package var tags: Tags

  /// Makes a role.
  package init(name: String, path: String = "/", trustPolicy: String, tags: Tags = [:]) {
    self.name = name
    self.path = path
    self.trustPolicy = trustPolicy
    self.tags = tags
  }
}

/// An instance profile: what gives a role to an instance.
package struct InstanceProfile: Hashable, Codable, Sendable {
  /// Its name, unique in the account.
  package var name: String
  /// `AIPA…`.
  package var id = ""
  /// Its path, `/` by default.
  package var path = "/"
  /// Names of its roles; at most one.
  package var roles: [String] = []
  /// Its tags.
  package var tags: Tags

  /// Makes a profile.
  package init(name: String, tags: Tags = [:]) {
    self.name = name
    self.tags = tags
  }
}

/// A secret in Secrets Manager; the account's model keeps a digest in place of the value.
package struct StoredSecret: Hashable, Codable, Sendable {
  /// Its name, unique in account and region.
  package var name: String
  /// Its ARN, with six random characters at the end.
  package var arn: String
  /// For people.
  package var description: String
  /// Digest of the current value; nil before one was put.
  package var valueDigest: String?
  /// The client request token of the current version.
  package var versionID: String?
  /// When it will be gone, where deletion is scheduled; nil while it is in use.
  package var deletedAt: Instant?
  /// Whether deletion is scheduled.
  package var isDeleted: Bool { deletedAt != nil }
  /// Its tags.
  package var tags: Tags

  /// Makes a secret.
  package init(name: String, arn: String, description: String, tags: Tags = [:]) {
    self.name = name
    self.arn = arn
    self.description = description
    self.tags = tags
  }
}

/// An SQS queue.
package struct Queue: Hashable, Codable, Sendable {
  /// Its name, unique in account and region.
  package var name: String
  /// Its attributes in AWS's names, defaults included.
  package var attributes: SortedMap<String, String>
  /// Its tags.
  package var tags: Tags

  /// Makes a queue.
  package init(name: String, attributes: SortedMap<String, String>, tags: Tags = [:]) {
    self.name = name
    self.attributes = attributes
    self.tags = tags
  }
}
