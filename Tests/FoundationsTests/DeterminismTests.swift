import Determinism
import Testing

@Suite struct DeterminismTests {
  @Test func `a seed's stream is SplitMix64's published one`() {
    var random = RandomSource(Seed(1_234_567))
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    #expect((0..<3).map { _ in random.next() } == expected)
  }

  @Test func `drawing from one part moves no other part's numbers`() {
    let seed = Seed(42)
    var latency = RandomSource(seed.split("latency"))
    let before = RandomSource(seed.split("faults"))
    _ = latency.next()
    #expect(before == RandomSource(seed.split("faults")))
    #expect(seed.split("latency") != seed.split("faults"))
    #expect(seed.split("latency") != Seed(43).split("latency"))
  }

  @Test func `numbers below a bound are spread evenly`() {
    var random = RandomSource(Seed(3))
    var counts = Array(repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[random.below(10)] += 1 }
    #expect(counts.allSatisfy { (9_600...10_400).contains($0) })
  }

  @Test func `the queue gives events by time, and in order of insertion at equal times`() {
    var random = RandomSource(Seed(5))
    for size in 0..<60 {
      var queue = EventQueue<Int>()
      var model: [(time: Int64, order: Int)] = []
      for order in 0..<size {
        let time = Int64(random.below(7))
        queue.push(order, at: Instant(milliseconds: time))
        model.append((time, order))
      }
      model.sort { ($0.time, $0.order) < ($1.time, $1.order) }
      #expect(queue.entries.map(\.event) == model.map(\.order))
      #expect(queue.nextTime?.milliseconds == model.first?.time)
      var popped: [Int] = []
      while let entry = queue.pop() { popped.append(entry.event) }
      #expect(popped == model.map(\.order))
    }
  }

  @Test func `a stored queue goes on where it was`() {
    var queue = EventQueue<Int>()
    for number in 0..<20 { queue.push(number, at: Instant(milliseconds: Int64(number % 3))) }
    _ = queue.pop()
    var taken = EventQueue(
      entries: queue.entries.map { ($0.time, $0.sequence, $0.event) },
      nextSequence: queue.nextSequence)
    queue.push(99, at: .zero)
    taken.push(99, at: .zero)
    while let a = queue.pop() { #expect(taken.pop()?.event == a.event) }
    #expect(taken.count == 0)
  }
}
