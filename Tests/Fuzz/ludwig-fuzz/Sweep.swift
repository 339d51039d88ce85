import Foundation

/// Runs workers one after the other until the time is up.
struct Sweep {
  /// Where findings are kept.
  let folder: String
  /// Files to mutate.
  let corpus: [String]

  /// Goes through seeds from one on.
  func run(from first: UInt64, seconds: Int) {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let end = Date().addingTimeInterval(Double(seconds))
    var (seed, bad) = (first, 0)
    while Date() < end {
      let next = work(from: seed, count: 500)
      if let crashed = next.crashed {
        bad += 1
        print("seed \(crashed): the worker ended with \(next.reason)")
        try? FileManager.default.copyItem(
          atPath: Worker.current(in: folder), toPath: "\(folder)/crash-\(crashed).lw")
        seed = crashed + 1
      } else {
        seed += 500
      }
    }
    print("seeds \(first)..<\(seed) in \(seconds) s; \(bad) bad ends")
  }

  private func work(from seed: UInt64, count: UInt64) -> (crashed: UInt64?, reason: String) {
    let done = "\(folder)/done"
    try? FileManager.default.removeItem(atPath: done)
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["work", String(seed), String(count), folder] + corpus
    guard (try? process.run()) != nil else { return (crashed: nil, reason: "") }
    var (last, since) = ("", Date())
    while process.isRunning {
      Thread.sleep(forTimeInterval: 0.2)
      let written = FileManager.default.contents(atPath: done) ?? Data()
      let now = String(decoding: written, as: UTF8.self)
      if now != last { (last, since) = (now, Date()) }
      if Date().timeIntervalSince(since) > 60 { process.terminate() }
    }
    process.waitUntilExit()
    let isWell = process.terminationReason == .exit && process.terminationStatus == 0
    guard !isWell else { return (crashed: nil, reason: "") }
    return (
      crashed: UInt64(last).map { $0 + 1 } ?? seed, reason: "status \(process.terminationStatus)"
    )
  }
}
