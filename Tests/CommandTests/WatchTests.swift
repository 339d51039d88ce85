import Foundation
import Testing

@Suite struct WatchTests {
  @Test func `compile --watch compiles again after an edit, and goes on after a mistake`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("lib/Names.lw", "first: \"one\"\n")
    try program.write("main.lw", "import Names\nx: Names.first ++ \"!\"\n")
    let watch = try Watch(program, ["compile", "main.lw", "-i", "lib", "--watch"])
    defer { watch.stop() }
    #expect(watch.waits(for: "one!"))
    try program.write("main.lw", "import Names\nx: Names.first ++ \"?\"\n")
    #expect(watch.waits(for: "one?"))
    try program.write("main.lw", "import Names\nx: Names.frist ++ \"?\"\n")
    #expect(watch.waits(for: "There is no value Names.frist here"))
    try program.write("main.lw", "import Names\nx: Names.first ++ \"...\"\n")
    #expect(watch.waits(for: "one..."))
    // What it imports is watched, too.
    try program.write("lib/Names.lw", "first: \"two\"\n")
    #expect(watch.waits(for: "two..."))
    program.remove("lib/Names.lw")
    try program.write("lib/Names.lw", "first: \"three\"\n")
    #expect(watch.waits(for: "three..."))
    #expect(watch.isRunning)
  }

  /// A running program, and what it has said so far.
  private final class Watch {
    private let process = Process()
    private let file: URL

    init(_ program: ProgramUnderTest, _ arguments: [String]) throws {
      file = program.folder.appending(path: ".watched")
      try Data().write(to: file)
      process.executableURL = ProgramUnderTest.executable
      process.arguments = arguments
      process.currentDirectoryURL = program.folder
      let output = try FileHandle(forWritingTo: file)
      process.standardOutput = output
      process.standardError = output
      try process.run()
    }

    var isRunning: Bool { process.isRunning }

    var text: String { String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self) }

    /// Whether it says something within half a minute.
    func waits(for words: String) -> Bool {
      for _ in 0..<1500 where !text.contains(words) { Thread.sleep(forTimeInterval: 0.02) }
      return text.contains(words)
    }

    func stop() {
      // Not terminated: a child started from a worker thread has inherited that signal blocked.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }
}
