import ModelChecker
import Models

/// The model checker.
enum ModelMeasures {
  static var all: [Benchmark] {
    [
      .rate("two-phase", "states", "two-phase commit, 5 managers, to the end", of: 8_832) {
        () throws(BenchmarkFailure) in
        { () throws(BenchmarkFailure) in
          let report = explore(TwoPhase(managers: 5))
          try BenchmarkFailure.unless(
            report.distinct == 8_832 && report.generated == 58_146, "the counts are others")
        }
      },
      .rate("kernel-states", "states", "the kernel in a small world, 5,000 states", of: 5_000) {
        () throws(BenchmarkFailure) in
        guard let model = ModelRegistry.find("kernel") else {
          throw BenchmarkFailure("there is no model of the kernel")
        }
        return { () throws(BenchmarkFailure) in
          let report = model.run(SearchLimits(states: 5_000))
          try BenchmarkFailure.unless(report.distinct >= 5_000, "there are too few states")
        }
      },
    ]
  }
}
