import Foundation

/// CPU time and memory of this process.
enum Meter {
  /// CPU seconds that the process has used.
  static var now: Double {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    return user + Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
  }

  /// Prints what a part cost.
  static func report(_ what: String, since start: Double, _ count: Int, _ unit: String) {
    let spent = now - start
    let rate = Int(Double(count) / max(spent, 1e-9))
    print("\(what): \(Int(spent * 1000)) ms CPU for \(count) \(unit), \(rate) \(unit)/s")
  }

  /// The process's peak memory, as the system tells it.
  static var peakMemory: String {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    return line.dropFirst(6).trimmingCharacters(in: .whitespaces)
  }
}
