import CloudModel
import Models

/// A model as closed data: what a value of `Fugue.Model.Model` comes to.
struct ModelSheet {
  /// Files of compositions, relative to the model's.
  let compositions: [String]
  /// The resources of the one slice; none to look at all slices.
  let making: [String]
  /// Whether everything is made at once.
  let isWhole: Bool
  /// Whether it is killed in the end.
  let kills: Bool
  /// The faults.
  let scope: KernelScope
  /// The claims that count, in the words of the checker; none for all.
  let claims: [String]
  /// How many states there must be, over all slices.
  let expectedStates: Int?

  /// Reads a value; nil for one that is no model.
  init?(_ value: Value) {
    guard value["$"].text == "Model" else { return nil }
    compositions = value["compositions"].elements.compactMap(\.text)
    making = value["making"].elements.compactMap(\.text)
    isWhole = value["whole"].truth ?? false
    kills = value["kill"].truth ?? false
    claims = value["properties"].elements.compactMap { $0["text"].text }
    expectedStates = value["expectStates"].number.map { Int(clamping: $0) }
    func count(_ name: String) -> Int {
      min(max(0, Int(clamping: value["budget"][name].number ?? 0)), 9)
    }
    var scope = KernelScope(
      crashes: count("crashes"), lostReplies: count("lostReplies"), edits: count("drift"))
    scope.repetitions = count("duplicates")
    scope.refusals = count("refusals")
    scope.staleReads = value["cloud"].elements.reduce(0) {
      max($0, min(max(0, Int(clamping: $1["count"].number ?? 0)), 9))
    }
    scope.looksAtOnce = true
    scope.callsAtOnce = max(1, Int(clamping: value["callsAtOnce"].number ?? 2))
    self.scope = scope
  }

  /// Whether a sheet is a composition: its first word says so.
  static func isComposition(_ bytes: [UInt8]) -> Bool {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let first = lines.map { $0.drop(while: \.isWhitespace) }
      .first { !$0.isEmpty && $0.first != "#" }
    return first?.hasPrefix("composition") ?? false
  }
}
