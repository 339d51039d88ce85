package import Canon

/// A datum as calls, replies and resources carry it: JSON's shapes, a commitment in place of a
/// secret, and residuals in place of what is known only later.
package enum Value: Hashable, Codable, Sendable {
  /// Nothing: a field that is not there.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A text. Numbers with fractions travel as texts, since binary floats have no canonical form.
  case string(String)
  /// A sequence.
  case list([Value])
  /// Fields by name, in canonical order.
  case record(SortedMap<String, Value>)
  /// A secret, by its commitment; the value itself is never part of a `Value` in kernel or plan.
  indirect case secret(SecretCommitment)
  /// Known only after an earlier call, or when the engine fills it in.
  case residual(Residual)
}

/// What stands for a secret in plans, journals and digests: an HMAC under a store-local key.
package struct SecretCommitment: Hashable, Codable, Sendable {
  /// The HMAC-SHA-256 of the value.
  package let digest: Digest
  /// The name under which the value is resolved at the moment of the call.
  package let name: String

  /// Makes a commitment.
  package init(digest: Digest, name: String) {
    self.digest = digest
    self.name = name
  }
}

/// A value known only later: first-order, so that a plan that holds it stays closed data.
package indirect enum Residual: Hashable, Codable, Sendable {
  /// An output that a resource yields (`vpcId`), when it has been created or observed.
  case output(ResourceAddress, name: String)
  /// A path into what the engine binds at the moment of use.
  case path(Variable, [String])
  /// A text put together from parts; each part becomes a text.
  case concat([Value])
  /// A list: for each element of `source`, bound to `variable`, the body; a body that is a list
  /// contributes its elements. Where it stands as an element of a list, its elements stand there.
  case each(source: Residual, variable: Int, body: Value)
  /// Of the first element of `source` whose `key` equals a value, what stands at `path`.
  case find(source: Residual, key: [String], equals: Value, path: [String])
}

/// What a residual's path starts from.
package enum Variable: Hashable, Codable, Sendable {
  /// The item that a read gave of this resource, in AWS's member names.
  case item
  /// In a list of calls (`create`, `add`, `remove`, `delete`): the reply of the call just before,
  /// in AWS's member names.
  case reply
  /// The elements that are wanted and not there, in an aspect's calls.
  case added
  /// The elements that are there and not wanted, as the read gave them.
  case removed
  /// One element, in an aspect that makes a call for each; the wanted value, in a field's calls.
  case element
  /// The step's client token: at most 64 ASCII characters, the same at each try of the step.
  case token
  /// The name of the process.
  case process
  /// Bound by an enclosing `each`.
  case bound(Int)
  /// The top-level values of another process, by its name; paths into them are in Ludwig's names.
  case neighbour(String)
}

/// A resource's name for life: the path of bindings from the composition, for instance
/// `network.privateSubnets[0]`.
package struct ResourceAddress: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  /// The path as text.
  package let text: String

  /// Makes an address from its text.
  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}
