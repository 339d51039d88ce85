import Foundation
import HostileInput

/// Tries sheets in this process; the one at hand lies in the folder, so that it can be kept when
/// the process ends badly.
struct Worker {
  /// Where the sheet at hand and what was found lie.
  let folder: String
  /// Files to mutate.
  let corpus: [String]

  /// The file of the sheet at hand.
  static func current(in folder: String) -> String { "\(folder)/current.lw" }

  /// Tries the sheets of some seeds.
  func run(from first: UInt64, count: UInt64) {
    let source = InputSource(
      corpus: corpus.compactMap { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } })
    for seed in first..<(first + count) {
      self.try(source.sheet(seed), name: "seed \(seed)")
      write(Array("\(seed)".utf8), to: "\(folder)/done")
    }
  }

  /// Tries one sheet and says what does not hold, what took long and what took much memory.
  func `try`(_ bytes: [UInt8], name: String) {
    let path = Self.current(in: folder)
    write(bytes, to: path)
    let clock = ContinuousClock()
    let start = clock.now
    var problems = FrontEndTrial.problems(bytes)
    let seconds = (clock.now - start).components.seconds
    if seconds >= 10 { problems.append("took \(seconds) s") }
    if Self.peakKilobytes > 1_048_576 { problems.append("memory of \(Self.peakKilobytes) kB") }
    guard !problems.isEmpty else { return }
    print("\(name): \(problems.prefix(3).joined(separator: "; "))")
    write(bytes, to: "\(folder)/problem-\(name.replacing(" ", with: "-")).lw")
    if Self.peakKilobytes > 1_048_576 { exit(9) }
  }

  private func write(_ bytes: [UInt8], to path: String) {
    if !FileManager.default.createFile(atPath: path, contents: Data(bytes)) {
      print("\(path) cannot be written")
    }
  }

  /// The process's peak memory in kilobytes, as the system tells it.
  static var peakKilobytes: Int {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}
