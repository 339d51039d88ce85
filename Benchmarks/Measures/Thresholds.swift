import Foundation

/// What is committed of each benchmark: the figure that a run must keep, and the bar that is aimed
/// at. One line each: name, unit, `>=` or `<=`, the figure to keep, the bar (`-` for none).
struct Thresholds {
  /// One benchmark's line.
  struct Line {
    /// What the figure counts; must be the benchmark's own.
    let unit: String
    /// Whether more is better.
    let isFloor: Bool
    /// A run that is worse than this has regressed.
    let keep: Double
    /// Where it is to come to; nil where nobody has set a bar.
    let bar: Double?

    /// Whether a figure is on the right side of a limit.
    func holds(_ figure: Double, _ limit: Double) -> Bool {
      isFloor ? figure >= limit : figure <= limit
    }

    /// How many times the limit a figure is better; below 1: worse.
    func ratio(_ figure: Double, _ limit: Double) -> Double {
      isFloor ? figure / limit : limit / figure
    }
  }

  /// Lines by the benchmark's name.
  let lines: [String: Line]

  /// Reads a file's text.
  init(text: String) throws(BenchmarkFailure) {
    var lines: [String: Line] = [:]
    for row in text.split(separator: "\n") where !row.hasPrefix("#") {
      let words = row.split(separator: " ").map(String.init)
      guard words.count == 5, [">=", "<="].contains(words[2]), let keep = Double(words[3]) else {
        throw BenchmarkFailure("thresholds: not a line: \(row)")
      }
      lines[words[0]] = Line(
        unit: words[1], isFloor: words[2] == ">=", keep: keep, bar: Double(words[4]))
    }
    self.lines = lines
  }
}
