import Canon

extension Value {
  /// The text of values that stand one after the other; nil where one of them is not known, is a
  /// secret, or has no text. Nothing has the empty text.
  package static func text(joining parts: [Value]) -> String? {
    var text = ""
    for part in parts {
      switch part {
      case .null: continue
      case .bool(let truth): text += truth ? "true" : "false"
      case .int(let number): text += String(number)
      case .string(let piece): text += piece
      case .list, .record, .secret, .residual: return nil
      }
    }
    return text
  }

  /// The value with something in place of each secret. A text that was waiting for a secret in it
  /// is joined, since nothing else in a call that is to be made can be open.
  package func replacingSecrets<E: Error>(
    _ replacement: (SecretCommitment) throws(E) -> Value
  ) throws(E) -> Value {
    switch self {
    case .null, .bool, .int, .string: return self
    case .secret(let secret): return try replacement(secret)
    case .list(let items): return .list(try Value.replacingSecrets(items, replacement))
    case .record(let fields):
      var out = fields
      for (name, field) in fields { out[name] = try field.replacingSecrets(replacement) }
      return .record(out)
    case .residual(.concat(let parts)):
      let parts = try Value.replacingSecrets(parts, replacement)
      return Value.text(joining: parts).map { .string($0) } ?? .residual(.concat(parts))
    case .residual(.output), .residual(.path), .residual(.each), .residual(.find): return self
    }
  }

  private static func replacingSecrets<E: Error>(
    _ values: [Value], _ replacement: (SecretCommitment) throws(E) -> Value
  ) throws(E) -> [Value] {
    var out: [Value] = []
    for value in values { out.append(try value.replacingSecrets(replacement)) }
    return out
  }

  /// The value with digests in place of the secrets within texts; secrets that stand alone stay.
  package var withSecretsInTextsHidden: Value {
    switch self {
    case .residual(.concat):
      replacingSecrets { (secret) throws(Never) -> Value in .string(secret.digest.hex) }
    case .list(let items): .list(items.map(\.withSecretsInTextsHidden))
    case .record(let fields): .record(fields.mapValues(\.withSecretsInTextsHidden))
    case .null, .bool, .int, .string, .secret, .residual: self
    }
  }
}
