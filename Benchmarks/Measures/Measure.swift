import Foundation

/// `measure [--thresholds FILE] [--list] [NAME…]`: measures what is named, or everything, beside
/// the committed thresholds. Exit code 1 where a figure has regressed, 2 for a wrong argument, 70
/// where a benchmark did not do what it measures.
@main
enum Measure {
  static func main() {
    do throws(BenchmarkFailure) {
      exit(try run(Array(CommandLine.arguments.dropFirst())))
    } catch {
      print("Error: \(error.reason)")
      exit(70)
    }
  }

  private static func run(_ arguments: [String]) throws(BenchmarkFailure) -> Int32 {
    var names = arguments
    var path = "Benchmarks/thresholds.txt"
    if let at = names.firstIndex(of: "--thresholds"), at + 1 < names.count {
      path = names[at + 1]
      names.removeSubrange(at...at + 1)
    }
    if names == ["--list"] {
      for benchmark in Suite.all { print(column(benchmark.name, 24) + benchmark.what) }
      return 0
    }
    let known = Set(Suite.all.map(\.name))
    if let wrong = names.first(where: { !known.contains($0) }) {
      print("Error: there is no benchmark '\(wrong)'; --list shows them all.")
      return 2
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      print("Error: the thresholds cannot be read from '\(path)'.")
      return 2
    }
    let thresholds = try Thresholds(text: text)
    var regressions = 0
    for benchmark in Suite.all where names.isEmpty || names.contains(benchmark.name) {
      guard let line = thresholds.lines[benchmark.name], line.unit == benchmark.unit else {
        throw BenchmarkFailure("thresholds: no line for \(benchmark.name) in \(benchmark.unit)")
      }
      let figure = try benchmark.figure()
      if !line.holds(figure, line.keep) { regressions += 1 }
      print(row(benchmark, figure, line))
    }
    if regressions > 0 { print("\(regressions) figures have regressed.") }
    return regressions > 0 ? 1 : 0
  }

  private static func row(
    _ benchmark: Benchmark, _ figure: Double, _ line: Thresholds.Line
  ) -> String {
    var text = column(benchmark.name, 24) + column("\(short(figure)) \(benchmark.unit)", 26)
    let kept = line.holds(figure, line.keep) ? "kept" : "REGRESSED"
    text += column("\(kept) (\(line.isFloor ? "≥" : "≤") \(short(line.keep)))", 24)
    guard let bar = line.bar else { return text }
    let verdict = line.holds(figure, bar) ? "met" : "not met"
    return text + "bar \(short(bar)): \(verdict), \(short(line.ratio(figure, bar))) times"
  }

  /// Three figures, without a power of ten.
  private static func short(_ figure: Double) -> String {
    if figure >= 100 { return String(Int(figure.rounded())) }
    return String(format: figure >= 10 ? "%.1f" : "%.3g", figure)
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
