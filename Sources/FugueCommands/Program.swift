import ArgumentParser

/// The program: arguments in, an exit code out.
package enum Program {
  /// Runs the command that the arguments (without the program's name) ask for.
  ///
  /// ArgumentParser ends with 64 on a wrong use; here that is 2, as `Exit` says.
  package static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try FugueCommand.parseAsRoot(arguments)
      try command.run()
      return Exit.success.rawValue
    } catch let failure as CommandFailure {
      if !failure.message.isEmpty { Terminal.standard.complain(failure.message) }
      return failure.exit.rawValue
    } catch {
      let isHelp = FugueCommand.exitCode(for: error) == .success
      let message = FugueCommand.fullMessage(for: error)
      if isHelp { Terminal.standard.say(message) } else { Terminal.standard.complain(message) }
      return isHelp ? Exit.success.rawValue : Exit.usage.rawValue
    }
  }
}

/// `fugue`: the root of all commands.
struct FugueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fugue",
    abstract:
      "An operating system for a cloud account: proves a change, applies it, keeps it true.",
    version: "0.1.0",
    subcommands: [
      Verify.self, PlanCommand.self, Apply.self, Status.self, Enforce.self, Kill.self,
      Simulate.self, ModelCheck.self, CheckPlanner.self, CertificateCommand.self, CloudCommand.self,
      AWSCommand.self,
      Bench.self,
      Compile.self, Format.self, TestCommand.self, Explain.self,
    ])
}
