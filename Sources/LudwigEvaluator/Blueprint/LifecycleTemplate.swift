internal import CloudModel
internal import Text

/// What a planner makes of a resource.
struct PlannedResource: Sendable {
  /// How it lives.
  var lifecycle: Lifecycle
  /// Resources whose outputs its lifecycle uses.
  var dependencies: Set<ResourceAddress>
  /// Where the elements of aspects were written.
  var parts: [(aspect: String, element: Value, site: SourceRange)]
  /// Whether it may never be deleted.
  var isProtected: Bool
  /// The region that it names; nil for what is in no region.
  var region: String?
}

/// The same for all resources that look alike to their planner, with holes.
struct LifecycleTemplate: Sendable {
  /// A place in a lifecycle where data stand that depend on the resource.
  fileprivate enum Spot: Sendable {
    case read
    case identity
    case identityOf
    case detail(Int)
    case create(Int)
    case delete(Int)
    case want(Int)
    case have(Int)
    case initial(Int)
    case key(Int)
    case add(Int, Int)
    case remove(Int, Int)
    case replaceWant(Int)
    case replaceHave(Int)
  }

  private let planned: PlannedResource
  private let fillings: [(spot: Spot, filling: Filling)]
  /// Each part's element: which wanted element of which aspect it is, so that both are one value.
  private let parts: [(aspect: Int, element: Int)?]
  private let dependencies: Set<ResourceAddress>
  private let dependencyPlaces: [Int32]

  /// A template of what a planner made of a recorded resource.
  init(_ planned: PlannedResource) {
    self.planned = planned
    fillings = planned.lifecycle.spots.compactMap { spot in
      Filling(of: planned.lifecycle[spot]).map { (spot: spot, filling: $0) }
    }
    parts = planned.parts.map { Self.place(of: $0.element, in: $0.aspect, planned.lifecycle) }
    var known: Set<ResourceAddress> = []
    var places: [Int32] = []
    for address in planned.dependencies {
      if let place = Machine.identity(of: address).flatMap({ Hole.place(of: $0) }) {
        places.append(place)
      } else {
        known.insert(address)
      }
    }
    dependencies = known
    dependencyPlaces = places.sorted()
  }

  private static func place(
    of element: Value, in aspect: String, _ lifecycle: Lifecycle
  ) -> (aspect: Int, element: Int)? {
    for (index, known) in lifecycle.aspects.enumerated() where known.comparison.name == aspect {
      if let place = known.comparison.want.elements.firstIndex(of: element) {
        return (aspect: index, element: place)
      }
    }
    return nil
  }

  /// What the planner makes of a resource that looks alike.
  func filled(with contents: consuming Contents) -> PlannedResource {
    var contents = contents
    var out = planned
    for (spot, filling) in fillings {
      out.lifecycle[spot] = contents.filled(out.lifecycle[spot], filling)
    }
    for (index, place) in parts.enumerated() {
      if let place {
        let wanted = out.lifecycle.aspects[place.aspect].comparison.want.elements
        out.parts[index].element = wanted[place.element]
      }
      if let place = Hole.place(of: out.parts[index].site) {
        out.parts[index].site =
          Machine.site(of: contents.shown[Int(place)]) ?? out.parts[index].site
      }
    }
    // Elements that have become equal are one.
    for case (.want(let index), _) in fillings { out.lifecycle.aspects[index].keepEachOnce() }
    out.dependencies = dependencies
    for place in dependencyPlaces { out.dependencies.insert(contents.address(place)) }
    return out
  }
}

extension Aspect {
  /// Keeps each wanted element once: equal rules of two connections are one rule.
  mutating func keepEachOnce() {
    guard kind != .field, case .list(let elements) = comparison.want, elements.count > 1 else {
      return
    }
    var seen: Set<Value> = []
    let kept = elements.filter { seen.insert($0).inserted }
    if kept.count < elements.count { comparison.want = .list(kept) }
  }
}

extension Lifecycle {
  /// All places where data stand that may depend on the resource.
  fileprivate var spots: [LifecycleTemplate.Spot] {
    var spots: [LifecycleTemplate.Spot] = [.read, .identity, .identityOf]
    spots += observation.details.indices.map { .detail($0) }
    spots += create.indices.map { .create($0) }
    spots += delete.indices.map { .delete($0) }
    for (index, aspect) in aspects.enumerated() {
      spots += [.want(index), .have(index), .initial(index), .key(index)]
      spots += aspect.add.indices.map { .add(index, $0) }
      spots += aspect.remove.indices.map { .remove(index, $0) }
    }
    for index in replaceOn.indices { spots += [.replaceWant(index), .replaceHave(index)] }
    return spots
  }

  fileprivate subscript(spot: LifecycleTemplate.Spot) -> Value {
    get {
      switch spot {
      case .read: observation.call.parameters
      case .identity: observation.identity
      case .identityOf: observation.identityOf
      case .detail(let index): observation.details[index].call.parameters
      case .create(let index): create[index].call.parameters
      case .delete(let index): delete[index].call.parameters
      case .want(let index): aspects[index].comparison.want
      case .have(let index): aspects[index].comparison.have
      case .initial(let index): aspects[index].initial
      case .key(let index): aspects[index].key
      case .add(let index, let call): aspects[index].add[call].call.parameters
      case .remove(let index, let call): aspects[index].remove[call].call.parameters
      case .replaceWant(let index): replaceOn[index].want
      case .replaceHave(let index): replaceOn[index].have
      }
    }
    set {
      switch spot {
      case .read: observation.call.parameters = newValue
      case .identity: observation.identity = newValue
      case .identityOf: observation.identityOf = newValue
      case .detail(let index): observation.details[index].call.parameters = newValue
      case .create(let index): create[index].call.parameters = newValue
      case .delete(let index): delete[index].call.parameters = newValue
      case .want(let index): aspects[index].comparison.want = newValue
      case .have(let index): aspects[index].comparison.have = newValue
      case .initial(let index): aspects[index].initial = newValue
      case .key(let index): aspects[index].key = newValue
      case .add(let index, let call): aspects[index].add[call].call.parameters = newValue
      case .remove(let index, let call): aspects[index].remove[call].call.parameters = newValue
      case .replaceWant(let index): replaceOn[index].want = newValue
      case .replaceHave(let index): replaceOn[index].have = newValue
      }
    }
  }
}
