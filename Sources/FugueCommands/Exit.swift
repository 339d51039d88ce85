import ArgumentParser
import Foundation

/// How a command ends; the numbers are part of the interface.
package enum Exit: Int32, Sendable {
  /// Done, or: the answer is yes.
  case success = 0
  /// The answer is no: an invariant fails, drift was found, an expectation failed.
  case no = 1
  /// The user's mistake.
  case usage = 2
  /// The outside world: cloud, disk, network.
  case outside = 3
  /// Our own bug.
  case bug = 70
}

/// Why a command stops early: an exit code, and what to say on standard error.
package struct CommandFailure: Error, Sendable {
  /// The exit code.
  package let exit: Exit
  /// What to say; empty where all was said already.
  package let message: String

  /// Makes a failure.
  package init(_ exit: Exit, _ message: String = "") {
    self.exit = exit
    self.message = message
  }
}
