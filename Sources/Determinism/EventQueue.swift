/// Events by time, and first in, first out at equal times: a binary heap on (time, sequence).
package struct EventQueue<Event: Sendable>: Sendable {
  /// An event with its time and its place among those of the same time.
  package struct Entry: Sendable {
    /// When it happens.
    package let time: Instant
    /// The order of insertion, from 0; breaks ties.
    package let sequence: UInt64
    /// What happens.
    package let event: Event
  }

  private var heap: [Entry] = []
  /// The sequence number that the next insertion gets.
  package private(set) var nextSequence: UInt64 = 0

  /// An empty queue.
  package init() {}

  /// Takes up a stored queue.
  package init(entries: [(time: Instant, sequence: UInt64, event: Event)], nextSequence: UInt64) {
    for entry in entries {
      insert(Entry(time: entry.time, sequence: entry.sequence, event: entry.event))
    }
    self.nextSequence = nextSequence
  }

  /// How many events wait.
  package var count: Int { heap.count }

  /// The time of the next event; nil when none waits.
  package var nextTime: Instant? { heap.first?.time }

  /// The events that wait, in the order in which they will happen.
  package var entries: [Entry] { heap.sorted(by: precedes) }

  /// Puts an event in.
  package mutating func push(_ event: Event, at time: Instant) {
    insert(Entry(time: time, sequence: nextSequence, event: event))
    nextSequence += 1
  }

  /// Takes the next event out.
  package mutating func pop() -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      siftDown()
    }
    return first
  }

  private mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var hole = heap.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !precedes(entry, heap[parent]) { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  /// Lets the first entry sink to where it belongs; those above it move up, each once.
  private mutating func siftDown() {
    let entry = heap[0]
    let count = heap.count
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count, precedes(heap[child + 1], heap[child]) { child += 1 }
      if !precedes(heap[child], entry) { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = entry
  }
}

private func precedes<Event>(
  _ a: EventQueue<Event>.Entry, _ b: EventQueue<Event>.Entry
) -> Bool {
  a.time == b.time ? a.sequence < b.sequence : a.time < b.time
}
