import ModelChecker
import Models
import Testing

@Suite struct TwoPhaseTests {
  @Test(arguments: [(3, 288, 1_146, 11), (5, 8_832, 58_146, 17)])
  func `two-phase commit has as many states as others count`(
    managers: Int, distinct: Int, generated: Int, depth: Int
  ) {
    let report = explore(TwoPhase(managers: managers))
    #expect(report.distinct == distinct)
    #expect(report.generated == generated)
    #expect(report.depth == depth)
    #expect(report.isExhausted)
    #expect(report.holds, "\(report)")
    #expect(report.neverTaken.isEmpty)
  }

  @Test func `a transaction manager that does not wait is found out, by a shortest trace`() throws {
    let report = explore(TwoPhase(managers: 3, isHasty: true))
    let violation = try #require(report.violation)
    #expect(violation.property == "no two managers decide differently")
    guard case .violated(let trace, _) = violation.verdict else { return }
    #expect(trace.steps.count == 3)
    #expect("\(trace)".contains("transaction manager commits"))
  }

  @Test func `models are found by name or path`() {
    #expect(ModelRegistry.find("Models/two-phase-3")?.name == "two-phase-3")
    #expect(ModelRegistry.find("two-phase-5")?.name == "two-phase-5")
    #expect(ModelRegistry.find("three-phase") == nil)
    #expect(Set(ModelRegistry.all.map(\.name)).count == ModelRegistry.all.count)
  }
}
