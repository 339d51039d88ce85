import Foundation
import Testing

@Suite struct SimulateTests {
  private let drift = ProgramUnderTest.file("Scenarios/first-light/drift.lw")

  @Test func `the same seed gives the same history in another process, another seed another`()
    throws
  {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let first = try program.run(["simulate", drift, "--seed", "7", "--verbose"])
    let second = try program.run(["simulate", drift, "--seed", "7", "--verbose"])
    let other = try program.run(["simulate", drift, "--seed", "8"])
    #expect(first.status == 0, "\(first.everything.suffix(2000))")
    for (a, b) in zip(first.output.split(separator: "\n"), second.output.split(separator: "\n"))
    where a != b {
      Issue.record("the first line that differs: \(a) | \(b)")
      break
    }
    #expect(first.output == second.output)
    #expect(other.status == 0, "\(other.everything.suffix(2000))")
    #expect(digest(first.output) != digest(other.output))
    #expect(digest(first.output)?.count == 64)
  }

  @Test func `every edit is repaired, and the time line says when`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["simulate", drift, "--seed", "7"])
    for edit in ["AuthorizeSecurityGroupIngress", "DeleteRoute", "TerminateInstances"] {
      #expect(run.output.contains("repaired  \(edit)"))
    }
  }

  @Test func `a scenario whose expectation fails ends with 1; one that is none with 2`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    for name in ["main.lw", "Tiers.lw", "drift.lw"] {
      let text = try String(
        contentsOfFile: ProgramUnderTest.file("Scenarios/first-light/\(name)"), encoding: .utf8)
      try program.write(
        name, text.replacingOccurrences(of: "repaired(\"5m\")", with: "repaired(\"1s\")"))
    }
    let run = try program.run(["simulate", "drift.lw", "--seed", "7"])
    #expect(run.status == 1)
    #expect(run.output.contains("✗ each edit repaired within 1.0 s"))
    #expect(try program.run(["simulate", "main.lw"]).status == 2)
    #expect(try program.run(["simulate", "nowhere.lw"]).status == 2)
  }

  private func digest(_ output: String) -> Substring? {
    output.split(separator: "\n").last?.split(separator: " ").last
  }
}

@Suite struct ModelCheckTests {
  @Test func `two-phase commit has its published counts`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let list = try program.run(["model-check"])
    #expect(list.status == 0)
    #expect(list.output.contains("Models/kernel "))
    #expect(list.output.contains("[a planted mistake: a property must fail]"))
    let three = try program.run(["model-check", "Models/two-phase-3"])
    #expect(three.status == 0)
    #expect(three.output.contains("288 distinct states, 1146 generated, depth 11"))
    #expect(three.output.contains("✓ no two managers decide differently"))
    let early = try program.run(["model-check", "Models/two-phase-3", "--states", "20"])
    #expect(early.status == 1, "what is not known is not yes")
    #expect(early.output.contains("? no two managers decide differently: not known"))
    #expect(try program.run(["model-check", "Models/Nowhere"]).status == 2)
  }

  @Test func `a planted mistake that is found is what is expected`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let hasty = try program.run(["model-check", "Models/two-phase-hasty"])
    #expect(hasty.status == 0)
    #expect(hasty.output.contains("✗ no two managers decide differently"))
    #expect(hasty.output.contains("1. "), "with a trace")
    #expect(hasty.output.contains("As expected: this model has a mistake planted"))
    let early = try program.run(["model-check", "Models/two-phase-hasty", "--states", "3"])
    #expect(early.status == 1)
    #expect(early.output.contains("did NOT find it"))
    let help = try program.run(["model-check", "--help"])
    #expect(help.output.contains("Ends with 0 when every property holds"))
  }
}
