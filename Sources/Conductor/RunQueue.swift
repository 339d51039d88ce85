import Canon
import CloudModel
import Determinism
import Journal
import Plans

/// A run's order, indexed, so that an event about one step costs what its own edges cost. It is
/// derived from plan and progress, and never durable.
struct RunQueue: Hashable, Sendable {
  /// What a step that is watched is watched for.
  enum Watch: Hashable, Sendable {
    /// Reads that show its effect, so many in a row so far.
    case inForce(sightings: Int)
    /// The effect of a call with unknown outcome.
    case lookFor
    /// Only for time to pass.
    case quiet
  }

  /// A step that waits for a moment.
  struct Pause: Hashable, Sendable, Comparable {
    let until: Instant
    let step: Int

    static func < (a: Self, b: Self) -> Bool { (a.until, a.step) < (b.until, b.step) }
  }

  /// How many edges into each step are not satisfied.
  private(set) var waiting: [Int]
  private var onAcknowledged: [[Int]]
  private var onSettled: [[Int]]
  /// For each step that deletes: whether no later step deletes the same resource.
  private(set) var isLastDelete: [Bool]
  private var ready: [Int] = []
  private var head = 0
  /// Steps that wait for a moment, the earliest last.
  private(set) var pauses: [Pause] = []
  /// Steps whose reply is waited for.
  var underWay = 0
  /// Steps that are watched, with what for.
  var watched: [Int: Watch] = [:]
  /// How many steps are in force.
  var settled = 0
  /// Steps that are ready and wait for a fresh look, since they open something.
  private(set) var held: [Int] = []

  /// A run of which no step has begun.
  init(plan: Plan, mutations: KernelMutations) {
    let count = plan.steps.count
    waiting = Array(repeating: 0, count: count)
    onAcknowledged = Array(repeating: [], count: count)
    onSettled = Array(repeating: [], count: count)
    isLastDelete = Array(repeating: false, count: count)
    for edge in plan.edges {
      let (from, to) = (edge.from.index, edge.to.index)
      if mutations.contains(.deleteBeforeDependents), plan.steps[to].verb == .delete { continue }
      waiting[to] += 1
      if edge.kind == .afterSettled, !mutations.contains(.ignoreSettledEdges) {
        onSettled[from].append(to)
      } else {
        onAcknowledged[from].append(to)
      }
    }
    var seen: Set<String> = []
    for index in plan.steps.indices.reversed() where plan.steps[index].verb == .delete {
      isLastDelete[index] = seen.insert(plan.steps[index].address.text).inserted
    }
    ready = waiting.indices.filter { waiting[$0] == 0 }
  }

  /// Notes that a step is acknowledged; its successors may become ready.
  mutating func acknowledge(_ step: Int) { release(onAcknowledged[step]) }

  /// Notes that a step is in force; its successors may become ready.
  mutating func settle(_ step: Int) {
    settled += 1
    watched[step] = nil
    release(onSettled[step])
  }

  private mutating func release(_ steps: [Int]) {
    for next in steps {
      waiting[next] -= 1
      if waiting[next] == 0 { ready.append(next) }
    }
  }

  /// Whether a step may start.
  mutating func hasReady(at now: Instant) -> Bool {
    head < ready.count || pauses.last.map { $0.until <= now } ?? false
  }

  /// Takes the next step that may start; nil when none may.
  mutating func next(at now: Instant) -> Int? {
    while let pause = pauses.last, pause.until <= now {
      pauses.removeLast()
      ready.append(pause.step)
    }
    guard head < ready.count else { return nil }
    defer {
      head += 1
      if head > 64, head * 2 > ready.count {
        ready.removeFirst(head)
        head = 0
      }
    }
    return ready[head]
  }

  /// Whether everything is in force, or nothing is under way or watched.
  mutating func mayBeOver() -> Bool {
    settled == waiting.count || (underWay == 0 && watched.isEmpty)
  }

  /// When the next step that waits for a moment may start; nil when none waits, or there is no
  /// room for it.
  mutating func nextPause(callsAtOnce: Int) -> Instant? {
    underWay < callsAtOnce ? pauses.last?.until : nil
  }

  /// Holds a step that is ready back until a fresh look.
  mutating func hold(_ step: Int) { held.append(step) }

  /// Lets the steps that were held back start; gives them.
  mutating func releaseHeld() -> [Int] {
    defer { held = [] }
    ready += held
    return held
  }

  /// Lets a step start again, not before a moment. Only the last such moment counts.
  mutating func pause(_ step: Int, until: Instant) {
    pauses.removeAll { $0.step == step }
    let pause = Pause(until: until, step: step)
    let index = pauses.firstIndex { $0 < pause } ?? pauses.count
    pauses.insert(pause, at: index)
  }

  func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(waiting)
    encoder.write(Array(ready[head...]))
    encoder.write(pauses) { pause, encoder in
      encoder.write(pause.until)
      encoder.write(pause.step)
    }
    encoder.write(underWay)
    encoder.write(watched.sorted { $0.key < $1.key }) { watched, encoder in
      encoder.write(watched.key)
      switch watched.value {
      case .inForce(let sightings):
        encoder.tag(0)
        encoder.write(sightings)
      case .lookFor: encoder.tag(1)
      case .quiet: encoder.tag(2)
      }
    }
    encoder.write(settled)
    encoder.write(held)
  }

  /// Takes back that a step waits for a moment, since it has been resolved meanwhile.
  mutating func unpause(_ step: Int) {
    pauses.removeAll { $0.step == step }
    held.removeAll { $0 == step }
  }
}
