import ModelChecker
import Models
import Testing

/// Counts that others have published, reproduced. `Benchmarks/model-counts` has the large ones.
@Suite struct PublishedTests {
  private func expect(
    _ report: ModelReport, _ distinct: Int, _ generated: Int, _ depth: Int,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      [report.distinct, report.generated, report.depth] == [distinct, generated, depth],
      sourceLocation: location)
    #expect(report.isExhausted && report.holds, "\(report)", sourceLocation: location)
    #expect(report.neverTaken.isEmpty, "\(report)", sourceLocation: location)
  }

  @Test func `Paxos as a register has as many states as stateright counts`() {
    expect(explore(PaxosRegister(clients: 1)), 265, 482, 14)
    expect(explore(PaxosRegister(clients: 2)), 16_668, 32_971, 21)
  }

  @Test func `a single-copy register has as many states as stateright counts`() {
    expect(explore(SingleCopyRegister(clients: 3)), 4_243, 6_778, 13)
    #expect(explore(SingleCopyRegister(clients: 2)).distinct == 93)
  }

  @Test func `with two copies a client misses its own write, in four steps`() throws {
    let report = explore(SingleCopyRegister(clients: 2, servers: 2))
    guard case .violated(let trace, _) = try #require(report.violation).verdict else { return }
    #expect(trace.steps.count == 4)
  }

  @Test func `a Paxos leader that forgets is found out`() throws {
    let report = explore(PaxosRegister(clients: 2, isForgetful: true))
    #expect(try #require(report.violation).property == "the history is linearizable")
  }

  @Test func `hygienic philosophers have as many states as TLC counts, and nobody starves`() {
    expect(explore(HygienicPhilosophers(count: 5)), 67, 336, 29)
  }

  @Test func `when eating leaves forks clean, somebody starves, and a lasso shows it`() throws {
    let report = explore(HygienicPhilosophers(count: 3, isGreedy: true))
    guard case .violated(let trace, _) = try #require(report.violation).verdict else { return }
    let returnsTo = try #require(trace.returnsTo)
    #expect(returnsTo < trace.steps.count)
    let states = [trace.start] + trace.steps.map(\.state)
    #expect(states[returnsTo] == states.last)
  }

  /// The published depth of 10 is of a run with several workers, of which TLC's figure depends on
  /// chance (tlaplus/tlaplus, issue 883); with one worker TLC tells 9, and with 16 it told 9, 10
  /// and 12.
  @Test func `the ring of EWD 840 has as many states as TLC counts, and its end is detected`() {
    expect(explore(TerminationRing(count: 3)), 302, 2_001, 9)
  }

  @Test func `counted level by level by hand, the ring of EWD 840 has nine levels`() {
    /// The specification's variables as they stand there: `active`, `color`, `tpos`, `tcolor`.
    struct Ring: Hashable {
      var active: [Bool]
      var isBlack: [Bool]
      var place: Int
      var tokenIsBlack: Bool
    }
    let bits = (0..<8).map { number in (0..<3).map { number >> $0 & 1 == 1 } }
    var level: Set<Ring> = []
    for active in bits {
      for isBlack in bits {
        for place in 0..<3 {
          level.insert(Ring(active: active, isBlack: isBlack, place: place, tokenIsBlack: true))
        }
      }
    }
    func successors(_ ring: Ring) -> [Ring] {
      var out: [Ring] = []
      let node = ring.place
      if ring.tokenIsBlack || ring.isBlack[node] || (node > 0 && !ring.active[node]) {
        var next = ring
        next.place = node == 0 ? 2 : node - 1
        next.tokenIsBlack = node > 0 && (ring.isBlack[node] || ring.tokenIsBlack)
        next.isBlack[node] = false
        out.append(next)
      }
      for node in 0..<3 where ring.active[node] {
        for other in 0..<3 where other != node {
          var next = ring
          next.active[other] = true
          if other > node { next.isBlack[node] = true }
          out.append(next)
        }
        var next = ring
        next.active[node] = false
        out.append(next)
      }
      return out
    }
    var seen = level
    var levels = 0
    while !level.isEmpty {
      levels += 1
      level = Set(level.flatMap(successors)).subtracting(seen)
      seen.formUnion(level)
    }
    #expect(seen.count == 302)
    #expect(levels == 9)
  }

  @Test func `a ring whose nodes forget to turn black detects an end that is none`() throws {
    let report = explore(TerminationRing(count: 3, isForgetful: true))
    #expect(
      try #require(report.violation).property
        == "when the end is detected, everybody has stopped")
  }

  @Test func `the philosophers' net has 3 to the n markings`() {
    for count in 2...7 {
      let expected = (0..<count).reduce(1) { power, _ in power * 3 }
      #expect(explore(PhilosophersNet(count: count)).distinct == expected)
    }
  }
}
