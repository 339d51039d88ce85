internal import Canon
internal import CloudModel
internal import LudwigTypes
internal import Text

/// A planner's application that is being recorded.
struct Recording: Sendable {
  /// Where the next look, or the result, belongs.
  var end: PlannerRecords.End
  /// The looks so far: by place, the look in the records.
  var looks: [Int32] = []
}

/// A part of the declared resource at which a recorded planner may look.
struct LookedPart: Sendable {
  /// The part itself.
  let ref: Ref
  /// The place of what it is a part of; -1 for the resource itself.
  let parent: Int32
  /// Which part it is.
  let part: Int32
  /// Whether it is an element of a list.
  let isElement: Bool
}

/// While a planner's application is recorded it gets the declared resource cell by cell: each cell
/// that is forced is a look, and shows its outermost shape alone.
extension Machine {
  /// What a look at a part shows; its own parts are looks again.
  mutating func look(
    at part: LookedPart, _ value: RuntimeValue
  ) throws(EvaluationFailure) -> RuntimeValue {
    guard let end = recording?.end, let place = recording?.looks.count else {
      throw EvaluationFailure(nil)
    }
    let above = part.parent < 0 ? nil : recording?.looks[Int(part.parent)]
    guard let look = records.look(part, below: above, at: end) else {
      throw EvaluationFailure(nil)
    }
    recording?.looks.append(look)
    let isExact = records.looks[Int(look)].isExact
    guard let sight = Sight(of: value, isExact: isExact) else { throw EvaluationFailure(nil) }
    recording?.end = .sight(sight, of: look)
    return view(of: value, at: Int32(place), isExact: isExact)
  }

  private mutating func view(
    of value: RuntimeValue, at place: Int32, isExact: Bool
  ) -> RuntimeValue {
    switch value {
    case .string, .int: return isExact ? value : .hole(Hole(place: place))
    case .residual(.output(_, let name)):
      if isExact { return value }
      return .residual(.output(Self.placeholder(Hole.identity(of: place)), name: name))
    case .construct(var made):
      if made.identity != nil {
        if isExact { return value }
        made.identity = Hole.identity(of: place)
      }
      made.payload = made.payload.map { looked($0, place, 0) }
      if made.site != nil { made.site = Hole.site(of: place) }
      return .construct(made)
    case .some(let inner): return .some(looked(inner, place, 0))
    case .list(let elements): return .list(looked(elements, place, areElements: true)[...])
    case .tuple(let parts): return .tuple(looked(parts[...], place))
    case .record(var record):
      record.values = looked(record.values[...], place)
      if record.site != nil { record.site = Hole.site(of: place) }
      return .record(record)
    case .dictionary(let entries):
      return .dictionary(SortedMap(ascending: entries.keys, looked(entries.values[...], place)))
    case .float, .bool, .none, .secret, .residual, .closure, .external, .call, .pieces, .hole:
      return value
    }
  }

  private mutating func looked(
    _ parts: ArraySlice<Ref>, _ place: Int32, areElements: Bool = false
  ) -> [Ref] {
    var out: [Ref] = []
    out.reserveCapacity(parts.count)
    for (index, ref) in parts.enumerated() {
      out.append(looked(ref, place, Int32(index), isElement: areElements))
    }
    return out
  }

  private mutating func looked(
    _ ref: Ref, _ place: Int32, _ index: Int32, isElement: Bool = false
  ) -> Ref {
    heap.add(
      .looked(LookedPart(ref: ref, parent: place, part: index, isElement: isElement)))
  }

  /// What was recorded for resources that look like this one.
  enum Recorded {
    /// A template, and what the places of its looks show of this resource.
    case template(Int32, [RuntimeValue])
    /// That they cannot share.
    case apart
    /// Nothing yet.
    case nothing
  }

  /// Looks at a resource as the planner did at those before it.
  mutating func recorded(
    _ resource: Ref, _ type: ConstructorID
  ) throws(EvaluationFailure) -> Recorded {
    var step = records[.type(type)]
    var shown: [RuntimeValue] = []
    while case .look(let index)? = step {
      let look = records.looks[Int(index)]
      let ref = look.parent < 0 ? resource : Self.part(look.part, of: shown[Int(look.parent)])
      guard let ref else { return .apart }
      let value = try force(ref)
      guard let sight = Sight(of: value, isExact: look.isExact) else { return .apart }
      shown.append(value)
      step = look[sight]
    }
    switch step {
    case .template(let index): return .template(index, shown)
    case .apart, .look: return .apart
    case nil: return .nothing
    }
  }

  private static func part(_ index: Int32, of value: RuntimeValue) -> Ref? {
    let index = Int(index)
    switch value {
    case .construct(let made): return made.payload
    case .some(let inner): return inner
    case .list(let elements): return elements[elements.startIndex + index]
    case .tuple(let parts): return parts[index]
    case .record(let record): return record.values[index]
    case .dictionary(let entries): return entries.values[index]
    case .int, .float, .string, .bool, .none, .secret, .residual, .closure, .external, .call,
      .pieces, .hole:
      return nil
    }
  }
}
