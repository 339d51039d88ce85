internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

/// Random values that are the same at each compilation: functions of the compilation's seed and of
/// where they stand.
///
/// A call with a key depends on seed and key alone. One without is named by the top-level binding
/// of the user's sheet in whose text it stands, and by its place among the calls there; so other
/// bindings may change, come and go.
extension Machine {
  /// So many characters of an alphabet.
  mutating func randomText(
    _ count: Int64, of alphabet: String, key: String, _ call: BuiltinCall
  ) throws(EvaluationFailure) -> String {
    let letters = Array(alphabet.unicodeScalars)
    guard (0...4096).contains(count), !letters.isEmpty else {
      throw failure(
        "FG0303", "A random text has between 0 and 4096 characters of an alphabet",
        at: call.site)
    }
    var stream = try stream(key, call)
    var out = String.UnicodeScalarView()
    for _ in 0..<count { out.append(letters[stream.below(letters.count)]) }
    return String(out)
  }

  /// A whole number between two, both included.
  mutating func randomNumber(
    from low: Int64, to high: Int64, key: String, _ call: BuiltinCall
  ) throws(EvaluationFailure) -> Int64 {
    let (span, overflow) = high.subtractingReportingOverflow(low)
    guard low <= high, !overflow, span < Int64(Int32.max) else {
      throw failure(
        "FG0303", "A random number lies between two others, the lower one first", at: call.site)
    }
    var stream = try stream(key, call)
    return low + Int64(stream.below(Int(span) + 1))
  }

  private mutating func stream(
    _ key: String, _ call: BuiltinCall
  ) throws(EvaluationFailure) -> KeyedStream {
    if !key.isEmpty { return KeyedStream(seed: inputs.seed, name: "key \(key)") }
    if recording != nil { throw EvaluationFailure(nil) }
    let place = binding(around: call.site)
    let ordinal = randomCalls[place, default: 0]
    randomCalls[place] = ordinal + 1
    return KeyedStream(seed: inputs.seed, name: "at \(place) \(ordinal)")
  }

  /// The last top-level binding of a sheet that begins before a place in it.
  private func binding(around site: SourceRange?) -> String {
    guard let site else { return "" }
    for (name, module) in program.modules where module.source == site.source {
      let before = module.globals.filter { global in
        program.globals[global].map { $0.nameRange.lower <= site.lower } ?? false
      }
      return before.last?.description ?? name.text
    }
    return ""
  }
}

/// Numbers that a seed and a name determine, by a keyed digest of a counter.
struct KeyedStream {
  private let seed: [UInt8]
  private let name: [UInt8]
  private var counter: UInt64 = 0
  private var pool: [UInt8] = []

  /// The stream of a name.
  init(seed: [UInt8], name: String) {
    self.seed = seed
    self.name = Array(name.utf8)
  }

  /// A number from 0 up to, not including, a bound; each equally likely.
  mutating func below(_ bound: Int) -> Int {
    let bound = UInt32(bound)
    let limit = UInt32.max - UInt32.max % bound
    while true {
      let number = next()
      if number < limit { return Int(number % bound) }
    }
  }

  private mutating func next() -> UInt32 {
    if pool.count < 4 {
      let count = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(8 * $0)) }
      counter += 1
      pool += keyedDigest(of: count + name, key: seed).bytes
    }
    defer { pool.removeLast(4) }
    return pool.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
