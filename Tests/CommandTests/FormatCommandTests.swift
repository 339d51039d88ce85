import Foundation
import Testing

@Suite struct FormatCommandTests {
  private static let plain = "x:   1\n"

  @Test func `fmt rewrites files and folders in place, and says which`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("a.lw", Self.plain)
    try program.write("lib/B.lw", "y:[1,2]\n")
    try program.write("lib/Done.lw", "z: 1\n")
    let run = try program.run(["fmt", "a.lw", "lib"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output == "a.lw\nlib/B.lw\n")
    let b = try String(contentsOf: program.folder.appending(path: "lib/B.lw"), encoding: .utf8)
    #expect(b == "y: [1, 2]\n")
    #expect(try program.run(["fmt", "--check", "a.lw", "lib"]).status == 0)
  }

  @Test func `each sheet of the repository is in the one layout`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let folders = ["Library", "Scenarios", "Tests/Sheets"].map {
      ProgramUnderTest.file($0)
    }
    let run = try program.run(["fmt", "--check"] + folders)
    #expect(run.status == 0, "\(run.everything)")
  }

  @Test func `fmt --check changes nothing, shows what would change, and ends with 1`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("a.lw", Self.plain)
    let run = try program.run(["fmt", "--check", "a.lw"])
    #expect(run.status == 1)
    #expect(run.output == "a.lw would change\n@@ line 1 @@\n-x:   1\n+x: 1\n")
    let after = try String(contentsOf: program.folder.appending(path: "a.lw"), encoding: .utf8)
    #expect(after == Self.plain)
    let json = try program.run(["fmt", "--check", "--json", "a.lw"])
    #expect(json.status == 1)
    #expect(json.output.contains("\"fugue.fmt/1\""))
    #expect(json.output.contains("\"changed\""))
  }

  @Test func `fmt formats standard input`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(["fmt", "-"], input: "# why\nx:   1 # one\n")
    #expect(run.status == 0)
    #expect(run.output == "# why\nx: 1  # one\n")
    let wrong = try program.run(["fmt", "-", "--stdin-name", "net.lw"], input: "x: [1\n")
    #expect(wrong.status == 2)
    #expect(wrong.output.isEmpty)
    #expect(wrong.errors.contains("net.lw:1:4"))
  }

  @Test func `a file with mistakes is left alone, others are formatted`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("bad.lw", "x: [1\n")
    try program.write("good.lw", Self.plain)
    let run = try program.run(["fmt", "bad.lw", "good.lw"])
    #expect(run.status == 2)
    #expect(run.errors.contains("FG0111"))
    #expect(run.errors.contains("bad.lw is left as it is"))
    #expect(run.output == "good.lw\n")
    let bad = try String(contentsOf: program.folder.appending(path: "bad.lw"), encoding: .utf8)
    #expect(bad == "x: [1\n")
  }

  @Test func `what is no sheet gets a plain word`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try Data([0x78, 0x3A, 0x20, 0xFF, 0xFE, 0x00]).write(
      to: program.folder.appending(path: "binary.lw"))
    try FileManager.default.createDirectory(
      at: program.folder.appending(path: "empty"), withIntermediateDirectories: true)
    let expected = [
      ("missing.lw", "there is no file or folder 'missing.lw'"),
      ("empty", "has no file that ends in .lw"),
      ("binary.lw", "not UTF-8"),
    ]
    for (path, words) in expected {
      let run = try program.run(["fmt", path])
      #expect(run.status == 2, "\(path)")
      #expect(run.errors.contains(words), "\(path): \(run.errors)")
    }
    let none = try program.run(["fmt"])
    #expect(none.status == 2)
  }
}
