import Canon
import CloudModel

/// Creates that AWS recognises when they are repeated, by the caller's token.
///
/// Source: Amazon EC2 Developer Guide, "Ensuring idempotency in Amazon EC2 API requests": up to 64
/// ASCII characters, per region; other parameters are `IdempotentParameterMismatch`.
extension Turn {
  /// What the call made when it came with the same token before; nil without a token, and for one
  /// that is new.
  func madeBefore() throws(CallError) -> [String]? {
    guard let token = try parameters.text("ClientToken") else { return nil }
    guard (1...64).contains(token.utf8.count), token.utf8.allSatisfy({ $0 < 128 }) else {
      throw parameters.invalid("clientToken", token)
    }
    guard case .created(let digest, let ids) = account.memories["token/" + token] else {
      return nil
    }
    guard digest == Digest(of: parameters.record).hex else {
      throw CallError(
        "IdempotentParameterMismatch",
        "The client token '\(token)' was used with other parameters before")
    }
    return ids
  }

  /// Remembers what the call made, where it has a token.
  mutating func rememberMade(_ ids: [String]) {
    guard let token = parameters.record["ClientToken"].text else { return }
    remember(
      "token/" + token, .created(parameters: Digest(of: parameters.record).hex, ids: ids))
  }
}
