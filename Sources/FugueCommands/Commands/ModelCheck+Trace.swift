import Canon
import Foundation
import Histories
import Models

/// `fugue model-check --trace FILE`: whether the models admit what was recorded.
extension ModelCheck {
  /// Checks a recorded history, and names the first line that could not follow.
  func checkTrace(_ path: String, on terminal: Terminal) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(.outside, "Error: the file '\(path)' cannot be read.")
    }
    let history: History
    do throws(HistoryMistake) {
      history = try History(text: String(decoding: data, as: UTF8.self))
    } catch {
      throw CommandFailure(
        .usage, "Error: \(path), line \(error.line): \(error.message). It is no history.")
    }
    switch HistoryCheck.check(history) {
    case .admitted(let lines, let calls):
      if json {
        terminal.say(
          document(
            path, [JSON.Member("lines", .integer(lines)), JSON.Member("admitted", .bool(true))]))
        return
      }
      let world = history.start.account == nil ? "the kernel's side alone" : "kernel and cloud"
      terminal.say(
        "\(terminal.paint("✓", .good)) \(path): all \(lines) lines are admitted"
          + " (\(calls) calls; \(world))")
    case .refused(let line, let why):
      if json {
        terminal.say(
          document(
            path,
            [
              JSON.Member("admitted", .bool(false)), JSON.Member("line", .integer(line)),
              JSON.Member("why", .string(why)),
            ]))
      } else {
        terminal.say("\(terminal.paint("✗", .bad)) \(path):\(line): \(why)")
      }
      throw CommandFailure(.no)
    }
  }

  private func document(_ path: String, _ members: [JSON.Member]) -> String {
    JSON.object(
      [JSON.Member("format", .string("fugue.trace/1")), JSON.Member("history", .string(path))]
        + members
    ).text(isPretty: true)
  }
}

extension History {
  /// Writes the text to a file, whole or not at all.
  func write(to path: String) throws(CommandFailure) {
    do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
      throw CommandFailure(.outside, "Error: '\(path)' cannot be written: \(error)")
    }
  }
}
