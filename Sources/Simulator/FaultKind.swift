/// What can go wrong between a caller and the cloud.
package enum FaultKind: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
  /// The request never arrives; the caller waits until its time-out.
  case lostRequest
  /// The call is carried out, its reply never arrives.
  case lostReply
  /// The call is carried out; its reply arrives after the caller has given up.
  case lateReply
  /// The call is carried out twice; the caller learns of neither.
  case duplicate
  /// The service answers with an internal error and does nothing.
  case serverError
  /// The service answers that there are too many requests.
  case throttle
  /// A launch finds no capacity.
  case capacity
  /// A read does not show a change that was acknowledged.
  case staleRead
  /// A call does not find what it names, although its creation was acknowledged.
  case staleReference
  /// Another service does not know a role or profile yet.
  case propagation

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
