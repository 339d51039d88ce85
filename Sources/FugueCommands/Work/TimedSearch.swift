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
    let isTime = self.isTime(since: start)
    return { progress in
      isTime { seconds in
        "\(progress.distinct) distinct, \(progress.generated) generated, depth "
          + "\(progress.depth), \(progress.waiting) waiting, "
          + "\(Int(Double(progress.distinct) / seconds)) states/s"
      }
    }
  }

  /// The same for a depth-first search.
  func watchDepthFirst(since start: ContinuousClock.Instant) -> (DepthFirstProgress) -> Bool {
    let isTime = self.isTime(since: start)
    return { progress in
      isTime { seconds in
        "\(progress.entered) entered, \(progress.forgotten) forgotten for want of room, depth "
          + "\(progress.depth), \(Int(Double(progress.entered) / seconds)) states/s"
      }
    }
  }

  /// Tells every five seconds what it is given, which knows how many seconds have passed; says
  /// whether there is time left.
  private func isTime(since start: ContinuousClock.Instant) -> ((Double) -> String) -> Bool {
    let clock = ContinuousClock()
    var told = start
    return { text in
      let now = clock.now
      if now - told > .seconds(5) {
        told = now
        Terminal.standard.complain(label + text((now - start) / .seconds(1)))
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
