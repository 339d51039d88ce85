import Canon
import CloudModel

/// Whether S3 calls a bucket policy public, which block public access refuses.
///
/// Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the meaning of
/// "public": public unless every grant is to fixed principals, or limited by fixed values of one of
/// the listed condition keys; an `aws:SourceIp` wider than /8 counts as public.
func isPublic(bucketPolicy text: String) -> Bool {
  guard let document = try? JSON(parsing: text) else { return false }
  return (document["Statement"]?.oneOrMore ?? []).contains { statement in
    statement["Effect"]?.text == "Allow" && !hasFixedPrincipals(statement)
      && !isLimited(statement)
  }
}

private func hasFixedPrincipals(_ statement: JSON) -> Bool {
  guard let principal = statement["Principal"] else { return false }
  guard let members = principal.members else { return false }
  return members.allSatisfy { member in
    (member.value.texts ?? ["*"]).allSatisfy { !$0.contains("*") }
  }
}

private let limitingKeys: Set<String> = [
  "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount",
  "aws:sourceip", "aws:principalorgid", "aws:principalorgpaths", "aws:userid",
  "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount", "aws:principalarn", "aws:principalaccount",
]

private func isLimited(_ statement: JSON) -> Bool {
  for block in statement["Condition"]?.members ?? [] {
    let isPositive = [
      "StringEquals", "StringLike", "ArnEquals", "ArnLike", "IpAddress", "StringEqualsIgnoreCase",
    ].contains(block.name)
    guard isPositive else { continue }
    for key in block.value.members ?? [] where limitingKeys.contains(key.name.lowercased()) {
      let values = key.value.texts ?? []
      if !values.isEmpty, values.allSatisfy({ isFixed($0, key: key.name.lowercased()) }) {
        return true
      }
    }
  }
  return false
}

private func isFixed(_ value: String, key: String) -> Bool {
  if value.contains("*") || value.contains("?") || value.contains("${") { return false }
  guard key == "aws:sourceip" else { return true }
  let length = value.split(separator: "/").dropFirst().first.flatMap { Int($0) }
  return value.contains(":") ? (length ?? 128) >= 32 : (length ?? 32) >= 8
}
