internal import Canon
internal import CloudModel
internal import Plans

extension Draft {
  /// For each declared resource what makes it, or what brings it from what is there to what is
  /// wanted.
  mutating func addChanges() {
    for position in situation.subjects.indices {
      let subject = situation.subjects[position]
      let bindings = situation.bindings(of: position)
      if !subject.isStaying { create(position, bindings) }
      for aspect in subject.resource.lifecycle.aspects {
        change(aspect, of: position, bindings)
      }
    }
  }

  private mutating func create(_ position: Int, _ bindings: Bindings) {
    let resource = situation.subjects[position].resource
    if resource.lifecycle.create.isEmpty {
      problems.append(.missingPlanner(resource.address, type: resource.type))
    }
    let origin = PartOrigin(aspect: "", element: .null, origin: resource.origin)
    let ends = chain(
      resource.lifecycle.create, of: resource, verb: .create, part: "", bindings: bindings,
      origins: [origin])
    handles[position].firstCreate = ends?.first
    handles[position].created = ends?.last
  }

  private mutating func change(_ aspect: Aspect, of position: Int, _ bindings: Bindings) {
    let subject = situation.subjects[position]
    if subject.isStaying, subject.resource.ignores(aspect.comparison.name) { return }
    let present = subject.isStaying ? aspect.comparison.have : aspect.initial
    let have = present.resolve(bindings)
    var want = aspect.comparison.want.resolve(bindings)
    if want == .null {
      guard subject.isStaying, isNoLongerDeclared(aspect, of: subject.resource) else { return }
      want = aspect.initial.resolve(bindings)
    }
    var change = AspectChange(
      aspect: aspect, resource: subject.resource, created: handles[position].created,
      bindings: bindings)
    switch aspect.kind {
    case .field: change.changeField(from: have, to: want, in: &self)
    case .set: change.changeSet(from: have, to: want, in: &self)
    case .each: change.changeEach(from: have, to: want, in: &self)
    }
    handles[position].releases += change.releases
    handles[position].changes += change.changes
  }

  /// Whether the previous composition declared what this one leaves open; it then goes back to
  /// what a fresh resource has.
  private func isNoLongerDeclared(_ aspect: Aspect, of resource: DeclaredResource) -> Bool {
    let former = (situation.former[resource.address] ?? []).filter { $0.type == resource.type }
    return former.contains { old in
      old.lifecycle.aspects.contains {
        $0.comparison.name == aspect.comparison.name && $0.comparison.want != .null
      }
    }
  }
}
