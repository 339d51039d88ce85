package import AWSCatalog

/// What repeating a call would do.
package enum CallNature: Hashable, Sendable {
  /// It changes nothing.
  case reading
  /// It carries a client token, or is such that doing it twice is as doing it once.
  case repeatable
  /// Done twice, it may do two things.
  case once

  /// The nature of an operation, as far as model and name say it.
  ///
  /// - Parameter hasToken: Whether the call carries a client token.
  package init(_ operation: CatalogOperation, hasToken: Bool) {
    if operation.isReadOnly || Self.readsByName(operation.name) {
      self = .reading
    } else if hasToken || operation.isIdempotent || operation.method == "PUT"
      || Self.idempotent.contains(operation.name)
    {
      self = .repeatable
    } else {
      self = .once
    }
  }

  private static func readsByName(_ name: String) -> Bool {
    ["Describe", "Get", "List", "Head", "BatchGet", "Search", "Scan", "Query", "Lookup"].contains {
      name.hasPrefix($0) && name.dropFirst($0.count).first?.isLowercase != true
    }
  }

  /// Calls that AWS says to be idempotent without a token.
  /// Source: Amazon EC2 API reference, "Ensuring idempotency"; Amazon SQS API reference,
  /// `CreateQueue`.
  private static let idempotent: Set = [
    "TerminateInstances", "AssociateAddress", "DisassociateAddress",
    "ReplaceNetworkAclAssociation", "CreateQueue",
  ]
}
