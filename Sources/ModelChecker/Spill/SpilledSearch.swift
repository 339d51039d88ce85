/// A breadth-first search that keeps no states and, beyond a limit, no fingerprints in memory.
///
/// What waits to be expanded is kept as the choices that lead there, and made again when its turn
/// comes; ways that follow each other share most of their steps. A fingerprint is looked for among
/// those that came lately; what is not found there waits, and is compared with the sorted files in
/// one pass, at the end of a level or when memory is full. Counts and depth are those of `Search`.
///
/// Source: U. Stern, D. Dill, "Using magnetic disk instead of main memory in the Murφ verifier",
/// CAV 1998 (delayed detection of duplicates).
struct SpilledSearch<System: TransitionSystem> {
  /// A successor of which it is not known whether it was seen.
  private struct Suspect {
    let print: Fingerprint
    /// The place of the state that it was reached from, in its level.
    let source: Int
    let choice: UInt32
  }

  private static var blockSize: Int { 256 }
  private static var blocksPerRound: Int { 16 }

  private let system: System
  private let limits: SearchLimits
  private let spill: Spill
  private let spread: Search<System>.Spread
  private let properties: [Property<System.State>]
  private let blocks: [Desk<Block<System.State>>]
  private var lately = FingerprintShard()
  private var fresh: [Fingerprint] = []
  private var suspects: [Suspect] = []
  private var runs: FingerprintRuns
  private var level: PathList
  private var next: PathList
  /// Reads the level a second time, for the ways of what was found to be new.
  private var sources: PathList.Reader
  private var report = ModelReport()
  private var taken: [Int]
  private var open: UInt64
  private var decided: [(path: [UInt32], why: String)?]
  private var asymmetric = -1

  init(
    _ system: System, limits: SearchLimits, spill: Spill,
    spread: @escaping Search<System>.Spread
  ) {
    self.system = system
    self.limits = limits
    self.spill = spill
    self.spread = spread
    properties = system.properties
    precondition(properties.count <= 32, "a system has at most 32 claims")
    blocks = (0..<Self.blocksPerRound).map { _ in Desk(Block()) }
    runs = FingerprintRuns(spill.folder)
    level = PathList(spill)
    next = PathList(spill)
    sources = level.reader(length: 0)
    open = properties.isEmpty ? 0 : UInt64.max >> UInt64(64 - properties.count)
    taken = Array(repeating: 0, count: System.Action.kinds.count)
    decided = Array(repeating: nil, count: properties.count)
  }

  /// Searches until nothing new comes, a limit is met, a claim is violated, or nobody wants more.
  mutating func run(_ watch: (SearchProgress) -> Bool) -> ModelReport {
    do throws(SpillFailure) { try search(watch) } catch {
      report.refusal = "the disk failed: \(error.reason)"
    }
    runs.remove()
    level.remove()
    next.remove()
    return finished
  }

  private mutating func search(_ watch: (SearchProgress) -> Bool) throws(SpillFailure) {
    try begin()
    var length = 1
    while next.count > 0 {
      report.depth += 1
      report.stop = reasonToStop ?? (report.depth >= limits.depth ? .depth(limits.depth) : nil)
      if report.stop != nil { return }
      level.remove()
      level = next
      next = PathList(spill)
      sources = level.reader(length: length)
      var reader = level.reader(length: length)
      var regeneration = Regeneration(system)
      while reader.left > 0 {
        try round(&reader, &regeneration)
        let waiting = reader.left + next.count + suspects.count
        let progress = SearchProgress(
          distinct: report.distinct, generated: report.generated, depth: report.depth,
          waiting: waiting)
        let wantsMore = watch(progress)
        report.stop = reasonToStop ?? (wantsMore ? nil : .watcher)
        if report.stop != nil { return }
      }
      try resolve()
      length += 1
    }
    report.isExhausted = true
  }

  private var reasonToStop: SearchStop? {
    if limits.stopsAtViolation,
      decided.indices.contains(where: { decided[$0] != nil && properties[$0].kind != .sometimes })
    {
      return .violation
    }
    return hasEnough ? .states(limits.states) : nil
  }

  /// Whether as many states were seen as are wanted; what is new beyond is left out.
  private var hasEnough: Bool { report.distinct >= limits.states }

  private mutating func begin() throws(SpillFailure) {
    let states = system.initialStates
    report.generated = states.count
    for (place, state) in states.enumerated() where !hasEnough && system.isInScope(state) {
      let print = Fingerprint(of: system.representative(of: state))
      guard lately.number(of: print, from: 0).isNew else { continue }
      judge(state, [UInt32(place)])
      fresh.append(print)
      report.distinct += 1
      try next.append([UInt32(place)])
    }
  }

  /// Makes some states of the level again, expands them on all cores, takes their successors in.
  private mutating func round(
    _ reader: inout PathList.Reader, _ regeneration: inout Regeneration<System>
  ) throws(SpillFailure) {
    let first = reader.taken
    var paths: [[UInt32]] = []
    var count = 0
    while count < blocks.count, reader.left > 0 {
      var piece = Piece<System.State>()
      while piece.states.count < Self.blockSize, let shared = try reader.advance() {
        let state = try regeneration.state(at: reader.path, shared: shared)
        piece.append(state, Fingerprint(of: system.representative(of: state)), 0)
        paths.append(reader.path)
      }
      var task = BlockTask()
      task.mayReduce = false
      task.wantsOrdinals = true
      task.open = open
      blocks[count].use { block in
        block.task = task
        block.piece = piece
      }
      count += 1
    }
    let blocks = blocks
    spread(count, system) { index, system in blocks[index].use { system.expand(&$0) } }
    for index in 0..<count {
      let start = first + index * Self.blockSize
      let (mail, candidates, ends) = blocks[index].use { block in
        defer { block.candidates = [] }
        return (block.mail, block.candidates, block.mail.ends.count)
      }
      report.generated += mail.generated
      report.terminal += ends
      for kind in mail.kinds.indices { self.taken[kind] += mail.kinds[kind] }
      for place in candidates.indices {
        let source = start + Int(mail.sources[place])
        let choice = UInt32(mail.ordinals[place])
        try take(
          candidates[place], mail.prints[place],
          Suspect(print: mail.prints[place], source: source, choice: choice),
          path: paths[source - first])
      }
    }
  }

  /// Takes a successor in.
  private mutating func take(
    _ state: System.State, _ print: Fingerprint, _ suspect: Suspect, path: [UInt32]
  ) throws(SpillFailure) {
    guard !hasEnough, lately.number(of: print, from: 0).isNew else { return }
    // A state that was seen long ago was judged then; it does no harm to judge it again.
    // Under symmetry, a claim that is decided may yet be found to tell names apart.
    if open != 0 || system.reduction == .symmetry { judge(state, path + [suspect.choice]) }
    if runs.isEmpty {
      fresh.append(print)
      report.distinct += 1
      try next.append(path + [suspect.choice])
    } else {
      suspects.append(suspect)
    }
    guard lately.count >= spill.room else { return }
    try resolve()
    fresh.sort()
    note(disk: try runs.add(fresh))
    fresh = []
    lately = FingerprintShard()
  }

  /// Finds out which suspects are new, and lets them wait.
  private mutating func resolve() throws(SpillFailure) {
    let sorted = suspects.indices.sorted { suspects[$0].print < suspects[$1].print }
    let known = try runs.known(among: sorted.map { suspects[$0].print })
    var isKnown = Array(repeating: false, count: suspects.count)
    for (place, index) in sorted.enumerated() { isKnown[index] = known[place] }
    for (index, suspect) in suspects.enumerated() where !isKnown[index] && !hasEnough {
      while sources.taken <= suspect.source { _ = try sources.advance() }
      fresh.append(suspect.print)
      report.distinct += 1
      try next.append(sources.path + [suspect.choice])
    }
    suspects = []
    note(disk: runs.byteCount)
  }

  private mutating func note(disk: Int) {
    report.bytesOnDisk = max(report.bytesOnDisk, disk + level.byteCount + next.byteCount)
    report.bytesKept = max(report.bytesKept, lately.bytesKept + 16 * (fresh.count + suspects.count))
  }

  private mutating func judge(_ state: System.State, _ path: [UInt32]) {
    var block = Block<System.State>()
    block.task.open = open
    system.judge(state, 0, properties, in: &block)
    asymmetric = max(asymmetric, block.mail.asymmetric)
    for decision in block.mail.decided where decided[decision.property] == nil {
      decided[decision.property] = (path, decision.why)
      open &= ~(1 << UInt64(decision.property))
    }
  }

  private var finished: ModelReport {
    var report = report
    report.bytesKept = max(report.bytesKept, lately.bytesKept + 16 * fresh.count)
    report.coverage = zip(System.Action.kinds, taken).map {
      ActionCoverage(kind: $0.0, count: $0.1)
    }
    report.isBySymmetry = system.reduction == .symmetry
    report.verdicts = properties.indices.map {
      PropertyVerdict(property: properties[$0].name, verdict: verdict($0))
    }
    if asymmetric >= 0 { report.refusal = asymmetryRefusal(properties[asymmetric].name) }
    if report.distinct == 0, report.refusal == nil { report.refusal = nothingToSearch }
    return report
  }

  private func verdict(_ index: Int) -> PropertyVerdict.Verdict {
    if asymmetric >= 0 { return .unknown }
    let isSometimes = properties[index].kind == .sometimes
    if let (path, why) = decided[index] {
      return isSometimes ? .holds : .violated(trace(of: path), why: why)
    }
    guard report.isExhausted else { return .unknown }
    return isSometimes ? .violated(trace(of: [0]), why: "it never happens, here or later") : .holds
  }

  private func trace(of path: [UInt32]) -> Trace {
    Trace(replaying: path.map(Int.init), in: system)
      ?? Trace(start: "there is no initial state", steps: [])
  }
}

/// Makes states again from the choices that lead to them; what a way shares with the one before it
/// is not taken again.
private struct Regeneration<System: TransitionSystem> {
  private let system: System
  private let initial: [System.State]
  private var states: [System.State] = []

  init(_ system: System) {
    self.system = system
    initial = system.initialStates
  }

  mutating func state(
    at path: [UInt32], shared: Int
  ) throws(SpillFailure) -> System.State {
    states.removeLast(states.count - min(shared, states.count))
    while states.count < path.count {
      let choice = Int(path[states.count])
      guard let last = states.last else {
        states.append(initial[choice])
        continue
      }
      let actions = system.actions(in: last)
      guard actions.indices.contains(choice), let next = system.next(last, actions[choice]) else {
        throw SpillFailure("the system gave another answer the second time")
      }
      states.append(next)
    }
    return states[states.count - 1]
  }
}
