import Foundation

/// Where commands print: colour only on a terminal, and never with `NO_COLOR`.
package struct Terminal: Sendable {
  /// The colours in use, named for what they mean.
  package enum Ink: String, Sendable {
    case good = "32"
    case bad = "31;1"
    case caution = "33"
    case faint = "2"
    case strong = "1"
  }

  /// Whether to colour what is printed.
  package let isColored: Bool
  /// Whether somebody sits in front of it, who can be asked.
  package let isInteractive: Bool

  /// The process's standard output.
  package static var standard: Terminal {
    let environment = ProcessInfo.processInfo.environment
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return Terminal(
      isColored: isatty(STDOUT_FILENO) == 1 && !isPlain && environment["TERM"] != "dumb",
      isInteractive: isatty(STDIN_FILENO) == 1)
  }

  /// A text in a colour, or plain.
  package func paint(_ text: String, _ ink: Ink) -> String {
    isColored ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Prints a line to standard output.
  package func say(_ line: String = "") {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Prints a line to standard error.
  package func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Asks a question; anything but `y` or `yes` is a no, and so is the end of input.
  package func confirms(_ question: String) -> Bool {
    FileHandle.standardOutput.write(Data("\(question) [y/N] ".utf8))
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }
}
