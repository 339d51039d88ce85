import Foundation

/// CPU time of this process: on a shared machine the honest clock.
enum CPUClock {
  /// CPU seconds since the process began.
  static var now: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// The median of repetitions: at least three, and on until half a second has been measured or
  /// fifteen are done. The first is a warm-up where it took less than a second.
  static func median(of work: Work) throws(BenchmarkFailure) -> Double {
    let first = try time(work)
    var times = first < 1 ? [] : [first]
    var sum = 0.0
    while times.count < 3 || sum < 0.5 && times.count < 15 {
      let time = try time(work)
      times.append(time)
      sum += time
    }
    return times.sorted()[times.count / 2]
  }

  /// CPU seconds of one run.
  static func time(_ work: Work) throws(BenchmarkFailure) -> Double {
    let start = now
    try work()
    return max(now - start, 1e-6)
  }
}
