import ModelChecker
import Models

/// Searches with a limit of time, and tells on standard error how far it is.
struct TimedSearch {
  /// Bounds beside time.
  var limits = SearchLimits()
  /// The most seconds; nil for no limit.
  var seconds: Double?
  /// Begins each line of progress; empty for none.
  var label = ""

  /// Whether to go on; told after each round of a search.
  func watch(since start: ContinuousClock.Instant) -> (SearchProgress) -> Bool {
    let clock = ContinuousClock()
    var told = start
    return { progress in
      let now = clock.now
      if now - told > .seconds(5) {
        told = now
        let rate = Int(Double(progress.distinct) / ((now - start) / .seconds(1)))
        Terminal.standard.complain(
          label
            + "\(progress.distinct) distinct, \(progress.generated) generated, depth "
            + "\(progress.depth), \(progress.waiting) waiting, \(rate) states/s")
      }
      return seconds.map { now - start < .seconds($0) } ?? true
    }
  }

  /// Searches a kernel model.
  func search(_ system: KernelSystem) -> (report: ModelReport, took: Duration) {
    let start = ContinuousClock().now
    let report = explore(system, limits: limits, watch: watch(since: start))
    return (report, ContinuousClock().now - start)
  }
}
