package import Canon
package import ModelChecker

/// A buffer between producers and consumers: who cannot go on waits, and who has gone on wakes
/// one of those who wait. If all wait at one place, the wrong one may be woken.
///
/// Source: M. Charpentier, "An example of debugging Java with a model checker"; M. A. Kuppe,
/// github.com/lemmy/BlockingQueue: with one place for all, nobody is left waiting exactly if twice
/// the capacity is at least the number of threads.
package struct BlockingQueue: TransitionSystem {
  /// How many threads put things in; they have the first numbers.
  package let producers: Int
  /// How many threads take things out.
  package let consumers: Int
  /// How many things the buffer holds.
  package let capacity: Int
  /// Whether producers wait at one place and consumers at another: the repair.
  package let hasTwoPlaces: Bool

  /// Makes a system.
  package init(producers: Int, consumers: Int, capacity: Int, hasTwoPlaces: Bool = false) {
    self.producers = producers
    self.consumers = consumers
    self.capacity = capacity
    self.hasTwoPlaces = hasTwoPlaces
  }

  /// A moment.
  package struct State: CanonicalEncodable, CustomStringConvertible, Sendable {
    /// How many things are in the buffer.
    var things = 0
    /// Threads that wait, in order of their numbers.
    var waiting: [Int] = []

    package func encode(into encoder: inout CanonicalEncoder) {
      encoder.write(things)
      encoder.write(waiting)
    }

    package var description: String { "\(things) in the buffer, waiting: \(waiting)" }
  }

  /// A thread does what it can, and wakes another one, if there is one to wake.
  package struct Action: ModelAction, CustomStringConvertible, Sendable {
    let thread: Int
    let isProducer: Bool
    let wakes: Int?
    /// Which of `kinds` it is.
    package let kind: Int
    /// The kinds of action, for people.
    package static let kinds = ["puts in", "takes out", "waits"]
    package var description: String {
      "\(isProducer ? "producer" : "consumer") \(thread) \(Self.kinds[kind])"
        + (wakes.map { " and wakes \($0)" } ?? "")
    }
  }

  /// The buffer is empty, and everybody runs.
  package var initialStates: [State] { [State()] }

  /// Whoever runs goes on, or waits.
  package func actions(in state: State) -> [Action] {
    (0..<producers + consumers).filter { !state.waiting.contains($0) }.flatMap { thread in
      let isProducer = thread < producers
      if state.things == (isProducer ? capacity : 0) {
        return [Action(thread: thread, isProducer: isProducer, wakes: nil, kind: 2)]
      }
      let sleepers = state.waiting.filter { !hasTwoPlaces || ($0 < producers) != isProducer }
      let wakes: [Int?] = sleepers.isEmpty ? [nil] : sleepers
      return wakes.map {
        Action(thread: thread, isProducer: isProducer, wakes: $0, kind: isProducer ? 0 : 1)
      }
    }
  }

  /// Where it leads.
  package func next(_ state: State, _ action: Action) -> State? {
    var next = state
    if action.kind == 2 {
      next.waiting = (state.waiting + [action.thread]).sorted()
    } else {
      next.things += action.isProducer ? 1 : -1
      next.waiting.removeAll { $0 == action.wakes }
    }
    return next
  }

  /// Not all wait for each other.
  package var properties: [Property<State>] {
    [Property(.always, "somebody runs") { $0.waiting.count < producers + consumers }]
  }
}
