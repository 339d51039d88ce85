import Canon
package import CloudModel

/// A part of a composition that is small enough for every interleaving: some resources that come
/// into being while faults strike, and those that stand already, since the others need them.
package struct CompositionSlice: Hashable, Sendable {
  /// What is made, in order of address.
  package let moving: [ResourceAddress]
  /// What stands before.
  package let standing: [ResourceAddress]
  /// Why it is looked at, in a few words.
  package let why: String
  /// Other addresses that are of the same form, so that they are not looked at.
  package let alike: [[ResourceAddress]]

  /// A slice of which all is known.
  package init(moving: [ResourceAddress], standing: [ResourceAddress]) {
    self.moving = moving
    self.standing = standing
    why = "known"
    alike = []
  }

  /// The slice in which given resources are made; what they need stands.
  package init?(of addresses: [ResourceAddress], in blueprint: Blueprint) {
    let parts = CompositionParts(blueprint)
    guard addresses.allSatisfy({ parts.resources[$0] != nil }) else { return nil }
    self.init(parts, addresses, why: "asked for", alike: [])
  }

  /// The slice in which everything is made.
  package init(whole blueprint: Blueprint) {
    moving = blueprint.resources.map(\.address).sorted()
    standing = []
    why = "everything at once"
    alike = []
  }

  fileprivate init(
    _ parts: CompositionParts, _ addresses: [ResourceAddress], why: String,
    alike: [[ResourceAddress]]
  ) {
    let (moving, standing) = parts.split(addresses)
    self.moving = moving
    self.standing = standing
    self.why = why
    self.alike = alike
  }

  /// What of a blueprint a slice declares: first what stands, then all of it. Invariants that speak
  /// of other resources are left out, and, where something is left out at all, those that say that
  /// something works, since it may be just that which makes it work.
  package func blueprints(of blueprint: Blueprint) -> (standing: Blueprint, whole: Blueprint) {
    (restricted(blueprint, to: standing), restricted(blueprint, to: standing + moving))
  }

  /// How many invariants of a blueprint speak of resources outside of the slice.
  package func droppedInvariants(of blueprint: Blueprint) -> Int {
    blueprint.invariants.count - blueprints(of: blueprint).whole.invariants.count
  }

  private func restricted(_ blueprint: Blueprint, to kept: [ResourceAddress]) -> Blueprint {
    var out = blueprint
    if kept.count == blueprint.resources.count { return out }
    out.resources = blueprint.resources.filter { kept.contains($0.address) }
    out.invariants = blueprint.invariants.compactMap { invariant in
      guard case .forall(let type, let results) = invariant.claim else {
        let isLocal = invariant.claim.addresses.allSatisfy { kept.contains($0) }
        return isLocal && !invariant.claim.isOfWorking ? invariant : nil
      }
      var part = invariant
      part.claim = .forall(type: type, results.filter { kept.contains($0.address) })
      return part
    }
    return out
  }
}

extension CompositionSlice {
  /// The slices of a composition: for each two forms of resources one of which needs the other, one
  /// such pair; and what is needed by nothing and needs nothing. Resources are of one form if they
  /// have the same type, declare the same parts, each with none, one or more elements, and need
  /// resources of the same forms.
  package static func all(of blueprint: Blueprint) -> [CompositionSlice] {
    let parts = CompositionParts(blueprint)
    var slices: [CompositionSlice] = []
    var places: [String: Int] = [:]
    var alike: [[[ResourceAddress]]] = []
    func add(_ addresses: [ResourceAddress], _ why: String) {
      let key = addresses.map { parts.forms[$0] ?? "" }.joined(separator: "\n")
      if let place = places[key] {
        alike[place].append(addresses)
        return
      }
      places[key] = slices.count
      slices.append(CompositionSlice(parts, addresses, why: why, alike: []))
      alike.append([])
    }
    for resource in blueprint.resources.sorted(by: { $0.address < $1.address }) {
      for needed in resource.dependencies where parts.resources[needed] != nil {
        add([needed, resource.address], "\(resource.address) needs \(needed)")
      }
      if resource.dependencies.isEmpty, parts.dependents[resource.address] == nil {
        add([resource.address], "\(resource.address) stands alone")
      }
    }
    return zip(slices, alike).map { slice, alike in
      CompositionSlice(parts, slice.moving, why: slice.why, alike: alike)
    }
  }
}

/// A composition's resources with what they need.
private struct CompositionParts {
  var resources: [ResourceAddress: DeclaredResource] = [:]
  var dependents: [ResourceAddress: [ResourceAddress]] = [:]
  /// The form of each, as a text.
  var forms: [ResourceAddress: String] = [:]

  init(_ blueprint: Blueprint) {
    for resource in blueprint.resources { resources[resource.address] = resource }
    for resource in blueprint.resources {
      for needed in resource.dependencies {
        dependents[needed, default: []].append(resource.address)
      }
    }
    // A form names the forms of what is needed; on a cycle, as deep as there are resources on it.
    for resource in blueprint.resources { forms[resource.address] = resource.form }
    for _ in 0..<min(blueprint.resources.count, 8) {
      let before = forms
      for resource in blueprint.resources {
        let needed = Set(resource.dependencies.compactMap { before[$0] }).sorted()
        forms[resource.address] = Self.digest(resource.form, needed)
      }
    }
  }

  private static func digest(_ form: String, _ needed: [String]) -> String {
    Digest(of: Array(([form] + needed).joined(separator: "\n").utf8)).hex
  }

  /// The resources that are made, with those among what they need that need them in turn; and what
  /// stands before.
  func split(_ addresses: [ResourceAddress]) -> (
    moving: [ResourceAddress], standing: [ResourceAddress]
  ) {
    let all = closure(of: addresses)
    var moving = Set(addresses)
    for address in all.sorted() where closure(of: [address]).contains(where: moving.contains) {
      moving.insert(address)
    }
    return (moving.sorted(), all.subtracting(moving).sorted())
  }

  private func closure(of addresses: [ResourceAddress]) -> Set<ResourceAddress> {
    var seen = Set(addresses)
    var open = addresses
    while let next = open.popLast() {
      for needed in resources[next]?.dependencies ?? [] where resources[needed] != nil {
        if seen.insert(needed).inserted { open.append(needed) }
      }
    }
    return seen
  }
}

extension DeclaredResource {
  /// The form of a resource, what it needs left out.
  fileprivate var form: String {
    let aspects = lifecycle.aspects.map { aspect in
      let want = aspect.comparison.want
      let size =
        switch want {
        case .null: "undeclared"
        case .list(let items): items.count > 1 ? "more" : "\(items.count)"
        case .bool, .int, .string, .record, .secret, .residual: "one"
        }
      return "\(aspect.comparison.name) \(aspect.kind) \(size)"
    }
    let calls = (lifecycle.create + lifecycle.delete).map(\.call.operation)
    return ([type] + aspects + calls).joined(separator: ", ")
  }
}

extension Claim {
  /// Whether it says that something works, not that something cannot happen.
  fileprivate var isOfWorking: Bool {
    switch self {
    case .always: true
    case .never, .only, .forall, .nobodyOutside: false
    }
  }

  /// The resources that a claim speaks of.
  fileprivate var addresses: [ResourceAddress] {
    switch self {
    case .never(let from, let to, _), .always(let from, let to, _), .only(let from, let to, _):
      (from + to).compactMap { endpoint in
        switch endpoint {
        case .resource(let address): address
        case .internet, .cidr: nil
        }
      }
    case .forall(_, let results): results.map(\.address)
    case .nobodyOutside(_, let resource, _): [resource]
    }
  }
}
