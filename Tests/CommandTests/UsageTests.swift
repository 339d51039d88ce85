import Foundation
import Testing

@Suite struct UsageTests {
  @Test func `help is a success and names the commands`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["--help"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    for command in [
      "verify", "plan", "apply", "status", "enforce", "kill", "simulate", "model-check",
      "certificate", "cloud", "bench", "compile", "fmt", "test", "explain",
    ] {
      #expect(run.output.contains("\n  \(command) "), "\(command) is not listed")
    }
  }

  @Test(arguments: [["--nix"], ["nix"], ["verify"], ["simulate", "a.lw", "--seed", "x"]])
  func `a wrong use ends with 2 and says what is wrong`(arguments: [String]) throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Error: "))
  }
}
