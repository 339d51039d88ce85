/// What a search that is not breadth-first found. Of states it can only say that a claim fails, not
/// that one of whole ways holds.
package struct DepthFirstReport: Hashable, Sendable {
  /// Whether every reachable state was seen.
  package var isExhausted = false
  /// Why it ended before; nil if every state was seen.
  package var stop: SearchStop?
  /// Whether every claim that can be judged holds of all states.
  package var holds: Bool { isExhausted && violated == nil && neverHappened.isEmpty }
  /// How many states it had room for, beside the way itself.
  package var room = 0
  /// States that were entered, one that was forgotten in between each time it was.
  package var entered = 0
  /// How many states were forgotten for want of room; if none was, `entered` counts each once.
  package var forgotten = 0
  /// The longest way that was under way, in states.
  package var depth = 0
  /// The claim that failed, if one did.
  package var violated: String?
  /// A way that shows it, as short as it could be made.
  package var trace: Trace?
  /// Claims that were seen to happen, of those that something happens.
  package var happened: [String] = []
  /// Of these, those that never happen: all states were seen, and none satisfies them.
  package var neverHappened: [String] = []
  /// Claims that this search cannot judge.
  package var unjudged: [String] = []
  /// Why nothing was searched; nil if all is well.
  package var refusal: String?
}

/// How far a depth-first search is.
package struct DepthFirstProgress: Hashable, Sendable {
  /// States that were entered, some more than once if any was forgotten.
  package let entered: Int
  /// How often a state was forgotten for want of room.
  package let forgotten: Int
  /// States of the way that is under way.
  package let depth: Int
}

extension DepthFirstReport: CustomStringConvertible {
  /// For people: how much was seen, what failed, what was seen to happen, what is not judged.
  package var description: String {
    if let refusal { return "refused: \(refusal)" }
    let end =
      isExhausted
      ? "every state was seen" : "NOT exhausted: \(stop.map { "\($0)" } ?? "it ended early")"
    var lines = ["\(entered) states entered, \(forgotten) forgotten, depth \(depth); \(end)"]
    if forgotten > 0 {
      lines.append(
        "there was room for \(room) states beside the way, and what is forgotten is entered again"
          + " whenever it is met: with more room it takes less time")
    }
    if let violated { lines.append("✗ \(violated)") }
    if let trace { lines.append("\(trace)") }
    lines += happened.map { "✓ \($0)" } + neverHappened.map { "✗ \($0): it never happens" }
    lines += unjudged.map { "? \($0): not judged depth first" }
    if isExhausted, violated == nil { lines.append("✓ every claim on all states") }
    return lines.joined(separator: "\n")
  }
}

/// Searches one way to its end before it tries another, in bounded memory: of states that are not
/// on the way, it remembers so many, and forgets others, which it may then enter again.
///
/// - Parameters:
///   - room: how many fingerprints are remembered beside the way itself.
///   - depth: the most states of a way.
///   - states: the most states that are entered.
///   - watch: is told now and then how far the search is; false ends it.
package func exploreDepthFirst<System: TransitionSystem>(
  _ system: System, room: Int = 1 << 20, depth: Int = .max, states: Int = .max,
  watch: (DepthFirstProgress) -> Bool = { _ in true }
) -> DepthFirstReport {
  var search = DepthFirstSearch(system, room: room, depth: depth, states: states)
  search.run(watch)
  return search.report
}

/// Searches depth first up to a depth of 1 state, 2 states, and so on, so that the first violation
/// that is found is a shortest one, in the memory of one way and of so many fingerprints.
///
/// - Parameters:
///   - room: how many fingerprints are remembered beside the way itself.
///   - depth: the most states of a way.
///   - watch: is told now and then how far the search up to one depth is; false ends it.
package func exploreDeepening<System: TransitionSystem>(
  _ system: System, room: Int = 1 << 20, depth: Int = 10_000,
  watch: (DepthFirstProgress) -> Bool = { _ in true }
) -> DepthFirstReport {
  var report = DepthFirstReport()
  for limit in 1...max(1, depth) {
    var search = DepthFirstSearch(system, room: room, depth: limit, states: .max)
    search.run(watch)
    report = search.report
    if report.stop != .depth(limit) { break }
  }
  return report
}

/// A depth-first search under way.
struct DepthFirstSearch<System: TransitionSystem> {
  private struct Frame {
    let state: System.State
    let print: Fingerprint
    let actions: [System.Action]
    var next = 0
    /// The ordinal of the action that led here; the initial state's place for the first.
    let ordinal: Int
  }

  private let system: System
  private let properties: [Property<System.State>]
  private let limit: Int
  private let most: Int
  private var memory: FingerprintMemory
  private var onWay: Set<Fingerprint> = []
  private var way: [Frame] = []
  /// Actions taken; every so many, whoever watches is asked.
  private var taken = 0
  private(set) var report = DepthFirstReport()

  init(_ system: System, room: Int, depth: Int, states: Int) {
    self.system = system
    properties = system.properties
    limit = depth
    most = states
    memory = FingerprintMemory(room: room, countsDepth: depth < .max)
    report.room = memory.room
    report.refusal = generalRefusal(of: system)
    report.unjudged = properties.filter { $0.kind.isTemporal || $0.kind == .inTheEnd }.map(\.name)
  }

  mutating func run(_ watch: (DepthFirstProgress) -> Bool) {
    if report.refusal != nil { return }
    for (ordinal, state) in system.initialStates.enumerated() where system.isInScope(state) {
      if isOver { break }
      enter(state, by: ordinal)
      search(watch)
    }
    report.forgotten = memory.forgotten
    if report.entered == 0 { report.refusal = nothingToSearch }
    report.isExhausted = report.stop == nil && report.entered > 0
    if !report.isExhausted { return }
    report.neverHappened = properties.filter { $0.kind == .sometimes }.map(\.name)
      .filter { !report.happened.contains($0) && !report.unjudged.contains($0) }
  }

  /// Whether nothing more is to be entered. At a bound of depth it goes on elsewhere.
  private var isOver: Bool {
    switch report.stop {
    case nil, .depth: false
    case .states, .violation, .watcher: true
    }
  }

  /// Goes on until the way is at its end.
  private mutating func search(_ watch: (DepthFirstProgress) -> Bool) {
    while !isOver, let frame = way.last {
      if frame.next >= frame.actions.count {
        onWay.remove(frame.print)
        way.removeLast()
        continue
      }
      way[way.count - 1].next += 1
      let action = frame.actions[frame.next]
      if let next = system.next(frame.state, action), system.isInScope(next) {
        enter(next, by: frame.next)
      }
      taken += 1
      if taken & 0x3FFF == 0, !isOver {
        let progress = DepthFirstProgress(
          entered: report.entered, forgotten: memory.forgotten, depth: way.count)
        if !watch(progress) { report.stop = .watcher }
      }
    }
  }

  private mutating func enter(_ state: System.State, by ordinal: Int) {
    let print = Fingerprint(of: system.representative(of: state))
    if onWay.contains(print) || !memory.enter(print, depth: way.count + 1) { return }
    if report.entered >= most {
      report.stop = .states(most)
      return
    }
    report.entered += 1
    report.depth = max(report.depth, way.count + 1)
    let isCut = way.count + 1 >= limit
    let actions = system.actions(in: state)
    if isCut, !actions.isEmpty { report.stop = .depth(limit) }
    way.append(
      Frame(state: state, print: print, actions: isCut ? [] : actions, ordinal: ordinal))
    onWay.insert(print)
    judge(state)
  }

  private mutating func judge(_ state: System.State) {
    if system.reduction == .symmetry { leaveAsymmetric(state) }
    for property in properties where !report.unjudged.contains(property.name) {
      switch property.kind {
      case .always:
        if property.holds(state) { continue }
        report.violated = property.name
        report.stop = .violation
        let choices = way.map(\.ordinal)
        report.trace =
          Trace(replaying: choices, in: system)?.shrunk(in: system) { !property.holds($0) }
        return
      case .sometimes:
        if !report.happened.contains(property.name), property.holds(state) {
          report.happened.append(property.name)
        }
      case .inTheEnd, .eventually, .alwaysEventually, .eventuallyAlways, .leadsTo: continue
      }
    }
  }
}

extension DepthFirstSearch {
  /// Under symmetry, a claim that tells names apart cannot be judged.
  private mutating func leaveAsymmetric(_ state: System.State) {
    let others = system.renamings(of: state)
    for property in properties where !report.unjudged.contains(property.name) {
      let holds = property.holds(state)
      if !others.contains(where: { property.holds($0) != holds }) { continue }
      report.unjudged.append(property.name)
      report.happened.removeAll { $0 == property.name }
    }
  }
}

/// Fingerprints in bounded memory: sets of four places; a new one takes the place of that which has
/// been there longest. With each goes the depth at which it was entered last: nearer to the
/// beginning, more can be reached within a bound, and it is entered again.
struct FingerprintMemory {
  private var places: [(print: Fingerprint, depth: Int32)?]
  private var oldest: [UInt8]
  private(set) var forgotten = 0

  private let countsDepth: Bool

  /// How many there is room for.
  var room: Int { places.count }

  /// - Parameter countsDepth: whether there is a bound, so that depths matter.
  init(room: Int, countsDepth: Bool) {
    self.countsDepth = countsDepth
    var sets = 1
    while sets * 4 < room { sets *= 2 }
    places = Array(repeating: nil, count: sets * 4)
    oldest = Array(repeating: 0, count: sets)
  }

  /// Whether a state is to be entered at a depth: it is not known, or known only deeper.
  mutating func enter(_ print: Fingerprint, depth: Int) -> Bool {
    let set = Int(truncatingIfNeeded: print.low) & (oldest.count - 1)
    let depth = Int32(clamping: depth)
    for place in set * 4..<set * 4 + 4 {
      guard let known = places[place] else {
        places[place] = (print, depth)
        return true
      }
      if known.print == print {
        if known.depth <= depth || !countsDepth { return false }
        places[place] = (print, depth)
        return true
      }
    }
    places[set * 4 + Int(oldest[set])] = (print, depth)
    oldest[set] = (oldest[set] + 1) & 3
    forgotten += 1
    return true
  }
}
