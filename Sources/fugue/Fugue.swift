import Foundation
import FugueCommands

/// The `fugue` program.
@main
enum Fugue {
  static func main() {
    exit(Program.run(Array(CommandLine.arguments.dropFirst())))
  }
}
