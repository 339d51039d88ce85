internal import Canon
internal import CloudModel
internal import LudwigTypes

/// What a planner saw when it looked at one place of a declared resource. Where two resources show
/// the same at all places that a planner looks at, it does the same for both, but for what it only
/// passes on: texts, numbers, addresses.
enum Sight: Hashable, Sendable {
  /// A value of a sum type; whether it is a resource, holds something, was written somewhere.
  case construct(ConstructorID, isResource: Bool, hasPayload: Bool, hasSite: Bool)
  /// `None`.
  case none
  /// `Optional x`.
  case some
  /// A list of so many elements.
  case list(Int)
  /// A tuple of so many parts.
  case tuple(Int)
  /// A record with these fields; whether it was written somewhere.
  case record([String], hasSite: Bool)
  /// A dictionary with these keys.
  case dictionary([String])
  /// A text, passed on unread.
  case text
  /// A whole number, passed on unread.
  case number
  /// An output of some resource, passed on.
  case output(String)
  /// This text.
  case exactText(String)
  /// This whole number.
  case exactNumber(Int64)
  /// The number with a fraction that has these bits.
  case exactFloat(UInt64)
  /// This truth value.
  case truth(Bool)
  /// This secret.
  case secret(SecretCommitment)
  /// This resource and no other.
  case resource(ResourceIdentity)
  /// This value, which is known only later.
  case later(Residual)

  /// What a value shows; nil for functions and what else cannot be compared.
  ///
  /// - Parameter isExact: Whether the planner reads what stands here, so that texts, numbers and
  ///   resources are told apart.
  init?(of value: RuntimeValue, isExact: Bool) {
    switch value {
    case .string(let text): self = isExact ? .exactText(text) : .text
    case .int(let number): self = isExact ? .exactNumber(number) : .number
    case .float(let number): self = .exactFloat(number.bitPattern)
    case .bool(let truth): self = .truth(truth)
    case .none: self = .none
    case .some: self = .some
    case .list(let elements): self = .list(elements.count)
    case .tuple(let parts): self = .tuple(parts.count)
    case .record(let record): self = .record(record.shape.names, hasSite: record.site != nil)
    case .dictionary(let entries): self = .dictionary(entries.keys)
    case .secret(let commitment): self = .secret(commitment)
    case .residual(.output(_, let name)) where !isExact: self = .output(name)
    case .residual(let residual): self = .later(residual)
    case .construct(let made):
      if isExact, let identity = made.identity {
        self = .resource(identity)
      } else {
        self = .construct(
          made.constructor, isResource: made.identity != nil, hasPayload: made.payload != nil,
          hasSite: made.site != nil)
      }
    case .closure, .external, .call, .pieces, .hole: return nil
    }
  }
}
