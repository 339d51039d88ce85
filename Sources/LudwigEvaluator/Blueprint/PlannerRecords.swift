internal import LudwigTypes

/// What planners did for the resources so far, by what they saw of them: for each type a tree of
/// looks. A branch is what a look showed; at a branch's end stands what came of it.
///
/// Planners decide by the declared resource alone, so equal sights give equal lifecycles, but for
/// the texts, numbers and addresses that are passed on unread; for these a template has holes.
struct PlannerRecords: Sendable {
  /// What follows what was seen so far.
  enum Step: Sendable {
    /// A further look.
    case look(Int32)
    /// No further look: the lifecycle, with holes.
    case template(Int32)
    /// Such resources cannot share: the planner is applied to each.
    case apart
  }

  /// One look: at a part of what an earlier look showed.
  struct Look: Sendable {
    /// The earlier look's place in the row of looks; -1 for the resource itself.
    let parent: Int32
    /// Which of its parts.
    let part: Int32
    /// Places that differ in the index of a list's element alone are of one kind.
    let kind: Int32
    /// Whether what stands there is read, not only passed on.
    var isExact: Bool
    /// The sight that was the first here, and what follows it: most looks show the same ever.
    private var first: (sight: Sight, step: Step)?
    private var others: [Sight: Step] = [:]

    /// A look that showed nothing yet.
    init(parent: Int32, part: Int32, kind: Int32, isExact: Bool) {
      self.parent = parent
      self.part = part
      self.kind = kind
      self.isExact = isExact
    }

    /// What follows a sight; nil where nothing was recorded.
    subscript(sight: Sight) -> Step? {
      get {
        if let first, first.sight == sight { return first.step }
        return others.isEmpty ? nil : others[sight]
      }
      set {
        if let newValue, first == nil || first?.sight == sight {
          first = (sight: sight, step: newValue)
        } else {
          others[sight] = newValue
        }
      }
    }
  }

  /// Where the next step of a recording belongs.
  enum End: Sendable {
    /// At the beginning of a type.
    case type(ConstructorID)
    /// Behind a look that showed something.
    case sight(Sight, of: Int32)
  }

  private struct Kind: Hashable {
    var parent: Int32
    var part: Int32
  }

  /// All looks.
  private(set) var looks: [Look] = []
  /// All templates.
  private(set) var templates: [LifecycleTemplate] = []
  private var first: [ConstructorID: Step] = [:]
  private var kinds: [Kind: Int32] = [:]
  private var exactKinds: Set<Int32> = []
  private var uses: [ConstructorID: (found: Int, missed: Int)] = [:]

  /// What stands at an end; nil where nothing was recorded.
  subscript(end: End) -> Step? {
    get {
      switch end {
      case .type(let type): first[type]
      case .sight(let sight, let look): looks[Int(look)][sight]
      }
    }
    set {
      switch end {
      case .type(let type): first[type] = newValue
      case .sight(let sight, let look): looks[Int(look)][sight] = newValue
      }
    }
  }

  /// Whether resources of a type are worth recording: unless hardly one is like another.
  func isWorthwhile(_ type: ConstructorID) -> Bool {
    guard let uses = uses[type] else { return true }
    return uses.missed < 64 || uses.missed < 4096 && uses.found > 2 * uses.missed
  }

  /// Counts whether a resource was like one before.
  mutating func count(_ type: ConstructorID, isFound: Bool) {
    if isFound {
      uses[type, default: (found: 0, missed: 0)].found += 1
    } else {
      uses[type, default: (found: 0, missed: 0)].missed += 1
    }
  }

  /// The look at a part: as it was recorded, or a new one; nil where something else was recorded.
  mutating func look(_ part: LookedPart, below parent: Int32?, at end: End) -> Int32? {
    switch self[end] {
    case .look(let index):
      let look = looks[Int(index)]
      return look.parent == part.parent && look.part == part.part ? index : nil
    case .template, .apart: return nil
    case nil: break
    }
    let key = Kind(
      parent: parent.map { looks[Int($0)].kind } ?? -1, part: part.isElement ? -1 : part.part)
    let kind = kinds[key] ?? Int32(kinds.count)
    kinds[key] = kind
    let index = Int32(looks.count)
    looks.append(
      Look(
        parent: part.parent, part: part.part, kind: kind, isExact: exactKinds.contains(kind)))
    self[end] = .look(index)
    return index
  }

  /// From now on, what stands at a look is read; also at others of its kind that are new.
  mutating func makeExact(_ index: Int32) {
    let look = looks[Int(index)]
    exactKinds.insert(look.kind)
    looks[Int(index)] = Look(
      parent: look.parent, part: look.part, kind: look.kind, isExact: true)
  }

  /// From now on, the planner is applied to each resource that shows the same.
  mutating func setApart(_ end: End) {
    if self[end] == nil { self[end] = .apart }
  }

  /// Keeps what came of a row of looks.
  mutating func add(_ template: LifecycleTemplate, at end: End) {
    if self[end] != nil { return }
    self[end] = .template(Int32(templates.count))
    templates.append(template)
  }
}
