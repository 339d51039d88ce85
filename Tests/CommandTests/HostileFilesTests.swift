import Foundation
import Glibc
import Testing

/// What a file system may hold in place of a sheet: the program answers, and waits for nothing.
@Suite struct HostileFilesTests {
  private static let sheet = "composition\nimport Parts\nx: Parts.size\n"

  /// Compiles a sheet that imports `Parts`, with something of that name in the folder.
  private func compiling(
    environment: [String: String] = [:], _ prepare: (ProgramUnderTest) throws -> Void
  ) throws -> ProgramUnderTest.Run {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", Self.sheet)
    try prepare(program)
    return try program.run(["compile", "main.lw"], environment: environment)
  }

  private func path(_ name: String, _ program: ProgramUnderTest) -> String {
    program.folder.appending(path: name).path()
  }

  @Test func `a pipe is no module, and nobody waits for it`() throws {
    let run = try compiling { #expect(unsafe mkfifo(path("Parts.lw", $0), 0o600) == 0) }
    #expect(run.status == 2)
    #expect(run.errors.contains("There is no module Parts"))
  }

  @Test func `a pipe is no composition`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    #expect(unsafe mkfifo(path("main.lw", program), 0o600) == 0)
    let run = try program.run(["compile", "main.lw"])
    #expect(run.status == 2)
    #expect(run.errors.contains("is a pipe or a device"))
  }

  @Test(arguments: ["/dev/zero", "/dev/tty", "Parts.lw", "."])
  func `a link to a device, to itself or to a folder is no module`(target: String) throws {
    let run = try compiling {
      try FileManager.default.createSymbolicLink(
        atPath: path("Parts.lw", $0), withDestinationPath: target)
    }
    #expect(run.status == 2)
    #expect(run.errors.contains("There is no module Parts"))
  }

  @Test func `a folder named like a module is none, and does not hide one further on`() throws {
    let run = try compiling(environment: ["LUDWIG_PATH": "further"]) {
      try $0.write("Parts.lw/Inner.lw", "x: 1\n")
      try $0.write("further/Parts.lw", "export size\nsize: 1\n")
    }
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `links between folders that lead in a circle are not followed for ever`() throws {
    let run = try compiling(environment: ["LUDWIG_PATH": "a:a/b:a/b/b/b"]) {
      try $0.write("a/Other.lw", "x: 1\n")
      try FileManager.default.createSymbolicLink(
        atPath: path("a/b", $0), withDestinationPath: "../a")
    }
    #expect(run.status == 2)
  }

  @Test func `a search path as long as the system takes is searched`() throws {
    let long = (0..<12_000).map { "f\($0)" }.joined(separator: ":") + ":further"
    let run = try compiling(environment: ["LUDWIG_PATH": long]) {
      try $0.write("further/Parts.lw", "export size\nsize: 1\n")
    }
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `a sheet that is larger than sheets may be is refused`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    try program.write("main.lw", "")
    #expect(unsafe truncate(path("main.lw", program), 100_000_000_000) == 0)
    let run = try program.run(["compile", "main.lw"])
    #expect(run.status == 2)
    #expect(run.errors.contains("larger than a sheet may be"))
  }

  @Test func `names that are no UTF-8 are names of nothing`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    // The shell hands the byte on as it is.
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = program.folder
    shell.arguments = [
      "-c",
      "name=$(printf 'a\\377.lw'); printf 'x: 1\\n' > \"$name\"; exec \"$0\" compile \"$name\"",
      ProgramUnderTest.executable.path(),
    ]
    let errors = Pipe()
    shell.standardError = errors
    try shell.run()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationReason == .exit)
    #expect([2, 3].contains(shell.terminationStatus), "\(told)")
  }
}
