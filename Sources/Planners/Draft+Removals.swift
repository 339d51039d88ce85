internal import Canon
internal import CloudModel
internal import Graphs
internal import Plans

extension Aspect {
  /// Whether its elements name other resources, so that they may hold on to them.
  fileprivate func namesOthers(than address: ResourceAddress) -> Bool {
    kind != .field
      && comparison.want.holes.contains { hole in
        if case .output(let other, _) = hole { other != address } else { false }
      }
  }
}

extension Draft {
  /// For everything that has to go its calls, dependents first.
  mutating func addRemovals() {
    if situation.leftovers.isEmpty { return }
    let items = itemsThatWere
    let circles = circles
    for leftover in situation.leftovers {
      let resource = leftover.resource
      let bindings = situation.bindings(of: leftover, items: items)
      guard
        let ends = chain(
          resource.lifecycle.delete, of: resource, verb: .delete, part: "", bindings: bindings,
          origins: [])
      else { continue }
      let isCircle = circles[resource.address] != nil
      var clearing: [Int] = []
      for aspect in resource.lifecycle.aspects
      where aspect.clearsBeforeDelete || isCircle && aspect.namesOthers(than: resource.address) {
        clearing += clear(aspect, of: resource, bindings, before: ends.first)
      }
      withHandle(resource.address) {
        $0.deletes.append(
          Deletion(
            first: ends.first, last: ends.last, clearing: clearing,
            isDuplicate: leftover.isDuplicate))
        $0.releases += clearing
      }
    }
    orderByDependencies(circles)
    orderReplacements()
  }

  private func handle(_ address: ResourceAddress) -> Handle? {
    situation.index[address].map { handles[$0] } ?? formerHandles[address]
  }

  private mutating func withHandle(
    _ address: ResourceAddress, _ change: (inout Handle) -> Void
  ) {
    if let position = situation.index[address] {
      change(&handles[position])
    } else {
      change(&formerHandles[address, default: Handle()])
    }
  }

  /// What stood at each address, whether it stays or goes.
  private var itemsThatWere: [ResourceAddress: ObservedItem] {
    var out: [ResourceAddress: ObservedItem] = [:]
    for leftover in situation.leftovers where !leftover.isDuplicate {
      out[leftover.resource.address] = leftover.item
    }
    for subject in situation.subjects where subject.isStaying {
      out[subject.resource.address] = subject.kept
    }
    return out
  }

  /// What goes, once an address. Second ones may hang on each other as well: after a crash amid a
  /// replacement all that is left of the old counts as such.
  private var going: [DeclaredResource] {
    var seen: Set<ResourceAddress> = []
    return situation.leftovers.compactMap { leftover in
      seen.insert(leftover.resource.address).inserted ? leftover.resource : nil
    }
  }

  /// What something may have hung on when it was made.
  private func formerDependencies(of resource: DeclaredResource) -> [ResourceAddress] {
    let own = resource.dependencies
    let others = (situation.former[resource.address] ?? []).map(\.dependencies).filter {
      $0 != own
    }
    return others.isEmpty ? own : Set(own + others.joined()).sorted()
  }

  /// Which of what goes hang on each other in a circle, by the circle's number: those let go of
  /// each other before any of them is deleted.
  private var circles: [ResourceAddress: Int] {
    let going = going
    let places = Dictionary(
      going.enumerated().map { ($0.element.address, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var edges: [(from: Int, to: Int)] = []
    for (place, resource) in going.enumerated() {
      for address in formerDependencies(of: resource) {
        if let target = places[address], target != place { edges.append((place, target)) }
      }
    }
    var out: [ResourceAddress: Int] = [:]
    let components = DirectedGraph(count: going.count, edges: edges).components
    for (number, component) in components.enumerated() where component.count > 1 {
      for place in component { out[going[place].address] = number }
    }
    return out
  }

  /// Empties an aspect of something that goes, so that nothing holds on to it.
  /// - Returns: The steps that do.
  private mutating func clear(
    _ aspect: Aspect, of resource: DeclaredResource, _ bindings: Bindings, before delete: Int
  ) -> [Int] {
    let have = aspect.comparison.have.resolve(bindings)
    var change = AspectChange(
      aspect: aspect, resource: resource, created: nil, bindings: bindings)
    switch aspect.kind {
    case .set: change.changeSet(from: have, to: .list([]), in: &self)
    case .each: change.changeEach(from: have, to: .list([]), in: &self)
    case .field: change.changeField(from: have, to: .null, in: &self)
    }
    for step in change.releases { order(step, before: delete, resource.orderKind) }
    return change.releases
  }

  /// Nothing is deleted before what hung on it has gone or has let go of it.
  private mutating func orderByDependencies(_ circles: [ResourceAddress: Int]) {
    let staying = situation.subjects.lazy.filter(\.isStaying).map(\.resource)
    for user in Array(staying) + going {
      guard let handle = handle(user.address) else { continue }
      for address in formerDependencies(of: user) where address != user.address {
        guard let deletes = self.handle(address)?.deletes, !deletes.isEmpty else { continue }
        let isCircle = circles[address] != nil && circles[address] == circles[user.address]
        for target in deletes {
          let starts = isCircle ? [target.first] : target.clearing + [target.first]
          for start in starts {
            for step in handle.releases { order(step, before: start, user.orderKind) }
            if isCircle { continue }
            for own in handle.deletes { order(own.last, before: start, user.orderKind) }
          }
        }
      }
    }
  }

  /// What replaces comes first, so that there is always one; where AWS would refuse a second one,
  /// what is replaced goes first, and with it what hung on it.
  private mutating func orderReplacements() {
    let going = going
    let first = deletedFirst(going)
    for resource in going {
      guard let handle = handle(resource.address), let created = handle.created,
        let start = handle.firstCreate
      else { continue }
      for delete in handle.deletes where !delete.isDuplicate {
        if first.contains(resource.address) {
          order(delete.last, before: start, resource.orderKind)
        } else {
          for start in delete.clearing + [delete.first] {
            order(created, before: start, resource.orderKind)
          }
        }
      }
    }
  }

  private func deletedFirst(_ going: [DeclaredResource]) -> Set<ResourceAddress> {
    var dependents: [ResourceAddress: [ResourceAddress]] = [:]
    var queue: [ResourceAddress] = []
    for resource in going {
      for address in formerDependencies(of: resource) {
        dependents[address, default: []].append(resource.address)
      }
      if let position = situation.index[resource.address],
        situation.subjects[position].isReplaced, resource.lifecycle.comesAfterOld
      {
        queue.append(resource.address)
      }
    }
    var out = Set(queue)
    while let address = queue.popLast() {
      for dependent in dependents[address] ?? [] where out.insert(dependent).inserted {
        queue.append(dependent)
      }
    }
    return out
  }
}
