import Canon

/// Makes resources that are declared alike share what is equal in them. Resources of one type have
/// the same lifecycle but for some names and values, and each would otherwise keep it whole. What
/// comes out equals what goes in; only memory is less, and comparing is faster.
package struct ResourceSharing: Sendable {
  /// The latest resource by type: its neighbours are most like it.
  private var latest: [String: DeclaredResource] = [:]

  /// Nothing to share with yet.
  package init() {}

  /// The resource, sharing with the one of its type before it. The cost is that of comparing two.
  package mutating func shared(_ resource: DeclaredResource) -> DeclaredResource {
    var resource = resource
    if let other = latest[resource.type] { resource.share(with: other) }
    latest[resource.type] = resource
    return resource
  }
}

/// What can share its memory with something like it.
protocol Sharing: Equatable {
  /// Takes the other's parts where they are equal to its own.
  mutating func share(with other: Self)
}

extension Sharing {
  /// Takes the other's parts; says whether all are equal, so that the whole can be taken.
  mutating func isShared(with other: Self) -> Bool {
    if self == other {
      self = other
      return true
    }
    share(with: other)
    return false
  }
}

extension Equatable {
  /// Takes an equal value's place in memory.
  fileprivate mutating func takeEqual(_ other: Self) { if self == other { self = other } }
}

extension Array where Element: Sharing {
  fileprivate mutating func share(with other: [Element]) {
    guard count == other.count else { return }
    var isWhole = true
    for index in indices where !self[index].isShared(with: other[index]) { isWhole = false }
    if isWhole { self = other }
  }
}

extension DeclaredResource: Sharing {
  mutating func share(with other: DeclaredResource) {
    type.takeEqual(other.type)
    declared.share(with: other.declared)
    lifecycle.share(with: other.lifecycle)
    dependencies.takeEqual(other.dependencies)
    ignored.takeEqual(other.ignored)
    origin.share(with: other.origin)
    parts.share(with: other.parts)
  }
}

extension Lifecycle: Sharing {
  mutating func share(with other: Lifecycle) {
    observation.share(with: other.observation)
    create.share(with: other.create)
    aspects.share(with: other.aspects)
    replaceOn.share(with: other.replaceOn)
    delete.share(with: other.delete)
    settle.takeEqual(other.settle)
    errors.takeEqual(other.errors)
  }
}

extension Observation: Sharing {
  mutating func share(with other: Observation) {
    call.share(with: other.call)
    batch.takeEqual(other.batch)
    items.takeEqual(other.items)
    identity.share(with: other.identity)
    identityOf.share(with: other.identityOf)
    goneWhen.takeEqual(other.goneWhen)
    details.share(with: other.details)
    outputs.takeEqual(other.outputs)
  }
}

extension Detail: Sharing {
  mutating func share(with other: Detail) {
    name.takeEqual(other.name)
    call.share(with: other.call)
    absentOn.takeEqual(other.absentOn)
  }
}

extension Call: Sharing {
  mutating func share(with other: Call) {
    guard service == other.service, operation == other.operation else { return }
    var parameters = parameters
    parameters.share(with: other.parameters)
    self = Call(service: other.service, operation: other.operation, parameters: parameters)
  }
}

extension CallTemplate: Sharing {
  mutating func share(with other: CallTemplate) {
    call.share(with: other.call)
    yields.takeEqual(other.yields)
  }
}

extension Comparison: Sharing {
  mutating func share(with other: Comparison) {
    name.takeEqual(other.name)
    want.share(with: other.want)
    have.share(with: other.have)
  }
}

extension Aspect: Sharing {
  mutating func share(with other: Aspect) {
    comparison.share(with: other.comparison)
    initial.share(with: other.initial)
    add.share(with: other.add)
    remove.share(with: other.remove)
    key.share(with: other.key)
  }
}

extension Origin: Sharing {
  mutating func share(with other: Origin) {
    file.takeEqual(other.file)
    text.takeEqual(other.text)
  }
}

extension PartOrigin: Sharing {
  mutating func share(with other: PartOrigin) {
    aspect.takeEqual(other.aspect)
    element.share(with: other.element)
    origin.share(with: other.origin)
  }
}

extension Value: Sharing {
  mutating func share(with other: Value) { _ = isShared(with: other) }

  /// One walk over both, from the leaves up.
  mutating func isShared(with other: Value) -> Bool {
    switch (self, other) {
    case (.list(var items), .list(let others)) where items.count == others.count:
      if items.areShared(with: others) {
        self = other
        return true
      }
      self = .list(items)
      return false
    case (.record(let fields), .record(let others)) where fields.keys == others.keys:
      var values = fields.values
      if values.areShared(with: others.values) {
        self = other
        return true
      }
      var rest = values.makeIterator()
      self = .record(others.mapValues { rest.next() ?? $0 })
      return false
    case (_, _):
      guard self == other else { return false }
      self = other
      return true
    }
  }
}

extension [Value] {
  /// Shares each with its counterpart; whether all are equal.
  fileprivate mutating func areShared(with others: [Value]) -> Bool {
    var isWhole = true
    for index in indices where !self[index].isShared(with: others[index]) { isWhole = false }
    return isWhole
  }
}
