/// A question to a bucket's policy: may anybody outside the account do this to that?
///
/// Between accounts both sides must allow; the outsider's own side is taken to allow everything.
///
/// Source: IAM User Guide, "Policy evaluation logic"; Amazon S3 User Guide, "Blocking public access
/// to your Amazon S3 storage".
package struct PolicyQuestion: Sendable {
  /// Something that a policy grants to somebody outside.
  package struct Grant: Hashable, Sendable {
    /// The statement that allows it, by its place from 0.
    package var statement: Int
    /// Whom.
    package var outsider: PolicyDocument.Principal
    /// An action and a resource that nothing denies; nil where that cannot be told.
    package var request: Request?
    /// Statements that may deny something of it, by their places.
    package var denials: [Int]

    /// Whether somebody certainly may; otherwise it cannot be told.
    package var isCertain: Bool { request != nil }
  }

  /// One action on one resource.
  package struct Request: Hashable, Sendable {
    /// Such as `s3:getobject`, in lower case.
    package var action: String
    /// An ARN.
    package var resource: String
  }

  private let account: String
  private let action: Wildcard
  private let resources: [(pattern: Wildcard, isBucket: Bool)]

  /// Asks about a bucket and its objects.
  ///
  /// - Parameters:
  ///   - account: The account that owns the bucket; who belongs to it is inside.
  ///   - partition: AWS's partition: `aws`, `aws-cn`, `aws-us-gov`.
  ///   - bucket: The bucket's name.
  ///   - action: A pattern of S3 actions, such as `s3:GetObject`; case does not matter.
  ///   - path: A pattern of object keys. An empty one is about every key.
  package init(account: String, partition: String, bucket: String, action: String, path: String) {
    self.account = account
    let action = action.lowercased()
    self.action = Wildcard(action)
    let root = "arn:\(partition):s3:::" + bucket
    var resources: [(pattern: Wildcard, isBucket: Bool)] = []
    if !isBucketAction(action) {
      resources.append((Wildcard(root + "/" + (path.isEmpty ? "*" : path)), false))
      if path.hasPrefix("/") { resources.append((Wildcard(root + path), false)) }
    }
    if !isObjectAction(action) { resources.append((Wildcard(root), true)) }
    self.resources = resources
  }

  /// What a policy grants to outsiders, in order of its statements.
  ///
  /// - Parameter isRestricted: Whether `RestrictPublicBuckets` is on. A public policy then serves
  ///   nobody outside but AWS's services.
  package func grants(in document: PolicyDocument, isRestricted: Bool) -> [Grant] {
    let statements = document.statements
    let isPublic = statements.contains { $0.isSurelyPublic(among: statements) }
    let mayBePublic = statements.contains(where: \.mayBePublic)
    var out: [Grant] = []
    for (place, statement) in statements.enumerated() where statement.isAllow {
      let meanings = statement.conditions.map { $0.meaning(for: account) }
      if meanings.contains(.keepsOutsidersOff) { continue }
      for outsider in outsiders(statement) {
        let isRestrained = isRestricted && outsider.kind != "Service"
        if isRestrained, isPublic { continue }
        let isClear =
          isCertain(outsider) && !meanings.contains(.unclear) && !(isRestrained && mayBePublic)
        for (resource, isBucket) in resources {
          guard
            var grant = grant(document, place, outsider, (resource, isBucket))
          else { continue }
          if !isClear { grant.request = nil }
          out.append(grant)
        }
      }
    }
    return out
  }

  private func grant(
    _ document: PolicyDocument, _ place: Int, _ outsider: PolicyDocument.Principal,
    _ asked: (resource: Wildcard, isBucket: Bool)
  ) -> Grant? {
    let allowing = document.statements[place]
    guard allowing.actions.meet(action), allowing.resources.meet(asked.resource) else { return nil }
    var actions = allowing.actions.samples(of: action)
    if asked.isBucket {
      actions = actions.filter { !isObjectAction($0) }
      let isFixed = allowing.actions.patterns.allSatisfy(\.isFixed) && !allowing.actions.isNegated
      if isFixed, actions.isEmpty { return nil }
    }
    var denials: [Int] = []
    for (other, denial) in document.statements.enumerated() where !denial.isAllow {
      if deniesAll(denial, of: allowing, to: outsider, asked.resource) { return nil }
      let isConcerned =
        denial.actions.meet(action) && denial.resources.meet(asked.resource)
        && denial.mayConcern(outsider) && !denial.conditions.contains(where: \.isAvoidedByTLS)
      if isConcerned { denials.append(other) }
    }
    let texts = allowing.resources.samples(of: asked.resource)
    let requests = actions.flatMap { action in
      texts.map { Request(action: action, resource: $0) }
    }
    let request = requests.first { request in
      !denials.contains { place in
        let denial = document.statements[place]
        return denial.actions.meet(Wildcard(request.action))
          && denial.resources.meet(Wildcard(request.resource))
      }
    }
    return Grant(statement: place, outsider: outsider, request: request, denials: denials)
  }

  /// Whether a statement denies an outsider all that another one allows, and is asked about.
  private func deniesAll(
    _ denial: PolicyDocument.Statement, of allowing: PolicyDocument.Statement,
    to outsider: PolicyDocument.Principal, _ resource: Wildcard
  ) -> Bool {
    denial.surelyConcerns(outsider, outside: account)
      && denial.conditions.allSatisfy { $0.isMetOutside(account) }
      && denial.actions.cover(action, among: allowing.actions)
      && denial.resources.cover(resource, among: allowing.resources)
  }

  /// Those outside whom a statement names; everybody, where it says who it is not about.
  private func outsiders(_ statement: PolicyDocument.Statement) -> [PolicyDocument.Principal] {
    if statement.principals.isNegated { return [PolicyDocument.Principal(kind: "AWS", text: "*")] }
    return statement.principals.named.filter { $0.account != account }
  }

  private func isCertain(_ outsider: PolicyDocument.Principal) -> Bool {
    outsider.isEverybody || outsider.account != nil
  }
}

/// Whether a pattern is one action that is about objects.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
private func isObjectAction(_ action: String) -> Bool {
  guard !action.contains("*"), !action.contains("?"), action.hasPrefix("s3:") else { return false }
  let others = [
    "s3:listmultipartuploadparts", "s3:abortmultipartupload", "s3:replicatedelete",
    "s3:replicatetags", "s3:bypassgovernanceretention", "s3:initiatereplication",
  ]
  return others.contains(action) || (action.contains("object") && !action.contains("bucketobject"))
}

/// Whether a pattern is one action that is about buckets themselves.
private func isBucketAction(_ action: String) -> Bool {
  guard !action.contains("*"), !action.contains("?"), action.hasPrefix("s3:") else { return false }
  return !isObjectAction(action) && (action.contains("bucket") || action.hasSuffix("configuration"))
}
