internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

/// Planners are applied to the first resources that look alike to them; the others get the same
/// lifecycle with their own texts, numbers and addresses in it.
extension Evaluation {
  /// What the planner of a resource's type makes of it.
  ///
  /// - Parameter count: How many resources of its type came before. What the first two need of the
  ///   library stays on the heap; the rest of what planners compute is given back.
  mutating func planned(
    _ identity: ResourceIdentity, _ value: Ref, after count: Int
  ) throws(EvaluationFailure) -> PlannedResource {
    guard count >= min(2, plannedFirst) else { return try applied(identity, value) }
    let type = machine.resources[identity.number].constructor
    if count >= plannedFirst, machine.records.isWorthwhile(type) {
      switch try recorded(value, type) {
      case .some(let planned?):
        machine.records.count(type, isFound: true)
        return planned
      case .some(nil): break
      case nil:
        machine.records.count(type, isFound: false)
        try record(identity, value, type)
        if case .some(let planned?) = try recorded(value, type) { return planned }
      }
    }
    let mark = machine.beginScratch()
    defer { machine.endScratch(mark) }
    return try applied(identity, value)
  }

  /// What was recorded for resources like this one, with its own contents: nil where nothing was,
  /// nil within where such resources stand apart.
  private mutating func recorded(
    _ value: Ref, _ type: ConstructorID
  ) throws(EvaluationFailure) -> PlannedResource?? {
    let mark = machine.beginScratch()
    defer { machine.endScratch(mark) }
    switch try machine.recorded(value, type) {
    case .template(let index, let shown):
      return machine.records.templates[Int(index)].filled(
        with: Contents(shown: shown, addresses: machine.addresses))
    case .apart: return .some(nil)
    case .nothing: return nil
    }
  }

  /// Records the planner's application to a resource. Where it reads what was thought to be only
  /// passed on, again from the beginning; where it fails, such resources stand apart.
  private mutating func record(
    _ identity: ResourceIdentity, _ value: Ref, _ type: ConstructorID
  ) throws(EvaluationFailure) {
    for _ in 0..<64 {
      let mark = machine.beginScratch()
      defer { machine.endScratch(mark) }
      let minted = machine.resources.count
      let resource = machine.heap.add(
        .looked(LookedPart(ref: value, parent: -1, part: 0, isElement: false)))
      machine.recording = Recording(end: .type(type))
      defer { machine.recording = nil }
      do throws(EvaluationFailure) {
        let planned = try applied(identity, resource)
        guard let end = machine.recording?.end else { return }
        guard machine.resources.count == minted else { return machine.records.setApart(end) }
        return machine.records.add(LifecycleTemplate(planned), at: end)
      } catch {
        guard let recording = machine.recording else { return }
        if machine.isExhausted { throw error }
        guard let place = error.place, Int(place) < recording.looks.count else {
          return machine.records.setApart(recording.end)
        }
        machine.records.makeExact(recording.looks[Int(place)])
      }
    }
  }

  /// What the planner makes of this resource, by applying it.
  private mutating func applied(
    _ identity: ResourceIdentity, _ value: Ref
  ) throws(EvaluationFailure) -> PlannedResource {
    let resource = machine.resources[identity.number]
    let type = program[resource.constructor].type
    let planner = GlobalName(module: Self.plannerModule(of: type), name: "planner")
    guard case .construct(let made) = try machine.force(machine.global(planner)),
      let function = made.payload
    else {
      throw machine.failure(
        "FG0313", "The value \(planner) is no planner", at: resource.site)
    }
    var reader = LifecycleReader(addresses: machine.addresses)
    let applied = machine.heap.add(.application(function, [value], nil))
    let lifecycle = try reader.lifecycle(applied, &machine)
    return PlannedResource(
      lifecycle: lifecycle, dependencies: reader.closing.dependencies, parts: reader.parts,
      isProtected: reader.isProtected, region: reader.region)
  }
}
