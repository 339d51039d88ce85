internal import CloudModel
internal import Plans

/// The steps of one aspect of one resource.
struct AspectChange {
  let aspect: Aspect
  let resource: DeclaredResource
  /// The step after which the resource is there, where this plan makes it.
  let created: Int?
  let bindings: Bindings
  /// Steps after which something that was used is used no more.
  private(set) var releases: [Int] = []
  /// The last step of each list of calls.
  private(set) var changes: [Int] = []

  init(aspect: Aspect, resource: DeclaredResource, created: Int?, bindings: Bindings) {
    self.aspect = aspect
    self.resource = resource
    self.created = created
    self.bindings = bindings
  }

  /// One value by another. Where the wanted one is null, the present one is cleared.
  mutating func changeField(from have: Value, to want: Value, in draft: inout Draft) {
    if have == want { return }
    var inner = bindings
    inner.element = want == .null ? have : want
    let templates = want == .null || aspect.add.isEmpty ? aspect.remove : aspect.add
    if let ends = chain(templates, inner, carrying: [want], in: &draft) {
      releases.append(ends.last)
    }
  }

  /// One call for all additions, one for all removals.
  mutating func changeSet(from have: Value, to want: Value, in draft: inout Draft) {
    let (added, removed) = difference(want: want.elements, have: have.elements)
    var inner = bindings
    inner.added = .list(added)
    inner.removed = .list(removed)
    let adding = added.isEmpty ? nil : chain(aspect.add, inner, carrying: added, in: &draft)
    let removing = removed.isEmpty ? nil : chain(aspect.remove, inner, carrying: [], in: &draft)
    guard let removing else { return }
    releases.append(removing.last)
    guard let adding else { return }
    let taken = Set(removed.map(key)).subtracting([.null])
    if added.contains(where: { taken.contains(key($0)) }) {
      draft.order(removing.last, before: adding.first, resource.orderKind)
    } else {
      draft.order(adding.last, before: removing.first, resource.orderKind, isSoft: true)
    }
  }

  /// One call for each addition and each removal.
  mutating func changeEach(from have: Value, to want: Value, in draft: inout Draft) {
    let (added, removed) = difference(want: want.elements, have: have.elements)
    var holders: [Value: Int] = [:]
    var removals: [(first: Int, last: Int, key: Value)] = []
    for element in removed {
      var inner = bindings
      inner.element = element
      inner.removed = .list([element])
      guard let ends = chain(aspect.remove, inner, carrying: [], in: &draft) else { continue }
      let key = key(element)
      removals.append((ends.first, ends.last, key))
      releases.append(ends.last)
      if key != .null { holders[key] = ends.last }
    }
    let taken = Set(added.map(key))
    let free = removals.filter { $0.key == .null || !taken.contains($0.key) }
    for element in added {
      var inner = bindings
      inner.element = element
      inner.added = .list([element])
      guard let ends = chain(aspect.add, inner, carrying: [element], in: &draft) else { continue }
      if let holder = holders[key(element)] {
        draft.order(holder, before: ends.first, resource.orderKind)
      }
      for removal in free {
        draft.order(ends.last, before: removal.first, resource.orderKind, isSoft: true)
      }
    }
  }

  private mutating func chain(
    _ templates: [CallTemplate], _ bindings: Bindings, carrying elements: [Value],
    in draft: inout Draft
  ) -> (first: Int, last: Int)? {
    let ends = draft.chain(
      templates, of: resource, verb: .update, part: aspect.comparison.name, bindings: bindings,
      origins: origins(of: elements),
      carrying: elements.isEmpty ? [] : aspect.comparison.want.holes)
    if let ends {
      draft.order(created, before: ends.first, resource.orderKind)
      changes.append(ends.last)
    }
    return ends
  }

  private func origins(of elements: [Value]) -> [PartOrigin] {
    resource.parts.filter { part in
      part.aspect == aspect.comparison.name && elements.contains(part.element.resolve(bindings))
    }
  }

  /// The same for short lists, where comparing costs less than hashing.
  private func fewDifferences(
    _ want: [Value], _ have: [Value]
  ) -> (added: [Value], removed: [Value]) {
    var removed = have
    let added = want.filter { element in
      guard let place = removed.firstIndex(of: element) else { return true }
      removed.remove(at: place)
      return false
    }
    return (added, removed)
  }

  private func key(_ element: Value) -> Value {
    var inner = Bindings()
    inner.element = element
    return aspect.key.resolve(inner)
  }

  /// What is on one side alone; both sides are multisets, and results keep their order.
  private func difference(want: [Value], have: [Value]) -> (added: [Value], removed: [Value]) {
    if want == have { return ([], []) }
    if want.count * have.count <= 16 { return fewDifferences(want, have) }
    var surplus: [Value: Int] = [:]
    for element in have { surplus[element, default: 0] += 1 }
    let added = want.filter { element in
      guard let count = surplus[element], count > 0 else { return true }
      surplus[element] = count - 1
      return false
    }
    let removed = have.filter { element in
      guard let count = surplus[element], count > 0 else { return false }
      surplus[element] = count - 1
      return true
    }
    return (added, removed)
  }
}
