package import CloudModel

/// What residuals stand for at one moment. What is not bound stays a residual.
package struct Bindings {
  /// The item that a read gave of the resource.
  package var item: Value?
  /// The reply of the call.
  package var reply: Value?
  /// The elements of an aspect that are wanted and not there.
  package var added: Value?
  /// The elements of an aspect that are there and not wanted.
  package var removed: Value?
  /// One element of an aspect, or a field's wanted value.
  package var element: Value?
  /// The step's client token.
  package var token: Value?
  /// The process's name.
  package var process: Value?
  /// Outputs of resources; nil for one that is not known.
  package var output: (ResourceAddress, String) -> Value?
  /// What a path stands for whose variable is not bound; nil where it stays as it is.
  package var unbound: (Variable, [String]) -> Value?
  /// Elements bound by enclosing `each`, by their number.
  private var bound: [Int: Value] = [:]

  /// Bindings of outputs alone.
  package init(output: @escaping (ResourceAddress, String) -> Value? = { _, _ in nil }) {
    self.output = output
    self.unbound = { _, _ in nil }
  }

  func value(of variable: Variable) -> Value? {
    switch variable {
    case .item: item
    case .reply: reply
    case .added: added
    case .removed: removed
    case .element: element
    case .token: token
    case .process: process
    case .bound(let number): bound[number]
    case .neighbour: nil
    }
  }

  func binding(_ number: Int, to value: Value) -> Bindings {
    var inner = self
    inner.bound[number] = value
    return inner
  }
}
