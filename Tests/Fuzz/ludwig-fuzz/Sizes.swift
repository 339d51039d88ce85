import Foundation
import HostileInput

/// Tries large sheets of one part over and over, each in a process of its own, and tells what each
/// cost.
struct Sizes {
  /// How large the sheets are.
  let bytes: Int
  /// CPU seconds that 10 MB may take.
  private static let secondsOfTenMegabytes = 10.0
  /// Kilobytes that a process may have.
  private static let kilobytes = 1_048_576

  /// Goes through the kinds whose names hold one of some words, all where there are none; gives
  /// how many went over a limit.
  func run(_ words: [String]) -> Int {
    var bad = 0
    for (index, kind) in HostileSizes.all.enumerated()
    where words.isEmpty || words.contains(where: { kind.name.contains($0) }) {
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = ["size", String(bytes), String(index)]
      let out = Pipe()
      process.standardOutput = out
      guard (try? process.run()) != nil else { continue }
      let told = String(
        decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let isWell = process.terminationReason == .exit && process.terminationStatus == 0
      if !isWell { bad += 1 }
      let ending = isWell ? "" : "  BAD, status \(process.terminationStatus)"
      let line = "\(kind.name): \(told.trimmingCharacters(in: .whitespacesAndNewlines))\(ending)\n"
      FileHandle.standardOutput.write(Data(line.utf8))
    }
    return bad
  }

  /// Tries one kind in this process; exits with 9 where it goes over a limit.
  func one(_ index: Int) {
    let sheet = HostileSizes.all[index].sheet(bytes: bytes)
    let allowed = Self.secondsOfTenMegabytes * max(1, Double(bytes) / 10_000_000)
    // What hangs ends by a signal.
    var limit = rlimit(rlim_cur: rlim_t(allowed * 3), rlim_max: rlim_t(allowed * 3))
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    let problems = FrontEndTrial.problems(sheet)
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    let peak = Worker.peakKilobytes
    print("\(Int(seconds * 1000)) ms, \(peak / 1024) MB  \(problems.prefix(3))")
    if !problems.isEmpty || seconds > allowed || peak > Self.kilobytes { exit(9) }
  }
}
