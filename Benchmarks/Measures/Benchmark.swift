/// One thing whose speed or size is held.
struct Benchmark {
  /// What the thresholds know it by: `plan`.
  let name: String
  /// What is measured, for people, with its size.
  let what: String
  /// What the figure counts: `resources/s`, `ms`.
  let unit: String
  /// Measures it once, all repetitions included.
  let figure: () throws(BenchmarkFailure) -> Double

  /// How many things are done in a CPU second.
  static func rate(
    _ name: String, _ unit: String, _ what: String,
    of count: Int, _ prepare: @escaping () throws(BenchmarkFailure) -> Work
  ) -> Benchmark {
    Benchmark(name: name, what: what, unit: unit + "/s") { () throws(BenchmarkFailure) in
      Double(count) / (try CPUClock.median(of: try prepare()))
    }
  }

  /// How many CPU milliseconds it takes.
  static func time(
    _ name: String, _ what: String, _ prepare: @escaping () throws(BenchmarkFailure) -> Work
  ) -> Benchmark {
    Benchmark(name: name, what: what, unit: "ms") { () throws(BenchmarkFailure) in
      1000 * (try CPUClock.median(of: try prepare()))
    }
  }
}

/// What is timed; whatever it needs is made before.
typealias Work = () throws(BenchmarkFailure) -> Void

/// A benchmark did not do what it is meant to measure.
struct BenchmarkFailure: Error {
  /// What was wrong, in a sentence.
  let reason: String

  /// Makes a failure.
  init(_ reason: String) { self.reason = reason }

  /// Fails where a condition does not hold.
  static func unless(_ condition: Bool, _ reason: String) throws(BenchmarkFailure) {
    if !condition { throw BenchmarkFailure(reason) }
  }
}
