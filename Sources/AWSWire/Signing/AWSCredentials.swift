/// What a request is signed with. Its description shows no secret.
package struct AWSCredentials: Hashable, Sendable {
  /// The access key's identifier, public, for instance `AKIDEXAMPLE`.
  package let accessKeyID: String
  /// The secret half.
  package let secretAccessKey: String
  /// The token of temporary credentials; nil for an access key that lasts.
  package let sessionToken: String?

  /// Makes credentials.
  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package var description: String { "\(accessKeyID) (secret not shown)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
