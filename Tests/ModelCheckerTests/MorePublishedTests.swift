import ModelChecker
import Models
import Testing

/// Systems written from the guide alone, held against what others have published of them.
@Suite struct MorePublishedTests {
  private func counts(_ report: ModelReport) -> [Int] {
    [report.distinct, report.generated, report.depth]
  }

  private func steps(_ report: ModelReport) -> Int? {
    guard case .violated(let trace, _)? = report.violation?.verdict else { return nil }
    return trace.steps.count
  }

  @Test func `systems of the TLA+ collection have as many states as TLC counts, and hold`() {
    let reports: [(ModelReport, [Int])] = [
      (explore(ReadersWriters()), [21_527, 59_674, 13]),
      (explore(AlternatingBit()), [240, 1_392, 10]),
      (explore(SimpleAllocator()), [400, 1_633, 6]),
      (explore(Steps.teaching(5)), [723, 1_842, 11]),
      (explore(Steps.election), [137, 227, 10]),
    ]
    for (report, expected) in reports {
      #expect(counts(report) == expected)
      #expect(report.holds && report.isExhausted, "\(report)")
    }
  }

  @Test func `of the lax allocator those claims fail of which it is said`() {
    let report = explore(
      SimpleAllocator(isLax: true), limits: SearchLimits(stopsAtViolation: false))
    for entry in report.verdicts {
      let mustFail = !entry.property.contains("gives back") && !entry.property.contains("held")
      #expect((entry.verdict != .holds) == mustFail, "\(entry)")
    }
  }

  @Test func `at one place somebody is left waiting if threads are more than twice the capacity`() {
    for producers in 1...3 {
      for consumers in 1...3 {
        for capacity in 1...3 {
          let one = explore(
            BlockingQueue(producers: producers, consumers: consumers, capacity: capacity))
          let two = explore(
            BlockingQueue(
              producers: producers, consumers: consumers, capacity: capacity, hasTwoPlaces: true))
          #expect(one.holds == (2 * capacity >= producers + consumers))
          #expect(two.holds, "\(two)")
        }
      }
    }
  }

  @Test func `Lowe's attack is found in four steps, and his repair keeps it out`() throws {
    let report = explore(NeedhamSchroeder())
    #expect(report.violation?.property == "if Bob has met Alice, she called him")
    #expect(steps(report) == 4)
    #expect("\(report)".contains("1. Alice calls intruder"))
    let repaired = explore(NeedhamSchroeder(isRepaired: true))
    #expect(repaired.holds && repaired.isExhausted, "\(repaired)")
  }

  @Test func `puzzles are solved in as few steps as can be`() {
    #expect(steps(explore(Steps.jugs)) == 6)
    #expect(steps(explore(Steps.river)) == 11)
    for disks in 1...6 { #expect(steps(explore(Steps.hanoi(disks))) == 1 << disks - 1) }
  }

  @Test func `each wrong lock fails in its own way, by a shortest trace`() {
    let all = SearchLimits(stopsAtViolation: false)
    let expected: [WrongLock: (claim: String?, steps: Int?)] = [
      .looksFirst: ("at most one is inside", 6), .hasNoTurn: ("somebody can go on", 4),
      .givesWayFirst: ("at most one is inside", 6), .none: (nil, nil),
    ]
    for lock in WrongLock.allCases {
      let report = explore(lock.system, limits: all)
      #expect(report.violation?.property == expected[lock]?.claim, "\(report)")
      #expect(steps(report) == expected[lock]?.steps, "\(report)")
    }
  }
}
