internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Ludwig.Int`, `Ludwig.Float`.
  static let numbers: [String: Builtin] = [
    "int.toFloat": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.float(Double(try machine.number(call, 0))))
    },
    "int.toRadix": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let radix = try machine.number(call, 0)
      guard (2...36).contains(radix) else {
        throw machine.failure("FG0303", "A radix is between 2 and 36", at: call.site)
      }
      return .give(.string(String(try machine.number(call, 1), radix: Int(radix))))
    },
    "int.fromRadix": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (radix, text) = (try machine.number(call, 0), try machine.text(call, 1))
      guard (2...36).contains(radix) else {
        throw machine.failure("FG0303", "A radix is between 2 and 36", at: call.site)
      }
      let isSigned = text.utf8.first == UInt8(ascii: "+")
      let number = isSigned ? nil : Int64(text, radix: Int(radix))
      return .give(machine.optional(number.map { .int($0) }))
    },
    "float.round": rounding(.toNearestOrAwayFromZero),
    "float.floor": rounding(.down),
    "float.ceiling": rounding(.up),
    "float.truncate": rounding(.towardZero),
    "float.squareRoot": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let number = try machine.float(call, 0)
      return .give(number < 0 ? .none : machine.optional(.float(number.squareRoot())))
    },
    "float.toFixed": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let digits = Int(clamping: try machine.number(call, 0))
      return .give(.string(FloatText.fixed(try machine.float(call, 1), digits: digits)))
    },
  ]

  private static func rounding(_ rule: FloatingPointRoundingRule) -> Builtin {
    Builtin([0]) { machine, call throws(EvaluationFailure) in
      let number = try machine.float(call, 0).rounded(rule)
      guard let whole = Int64(exactly: number) else {
        throw machine.failure(
          "FG0306", "This calculation has no result: too large a number", at: call.site,
          hint: "calculate it with other numbers")
      }
      return .give(.int(whole))
    }
  }
}

/// Numbers with fractions as texts.
enum FloatText {
  /// Digits with an optional sign, point and exponent; nil for anything else.
  static func read(_ text: String) -> Double? {
    let allowed = Array("0123456789+-.eE".utf8)
    guard let first = text.utf8.first, first != UInt8(ascii: "+"),
      text.utf8.allSatisfy({ allowed.contains($0) })
    else { return nil }
    return Double(text)
  }

  /// With so many digits after the point, at most 15; the last one rounded.
  static func fixed(_ number: Double, digits: Int) -> String {
    let digits = max(0, min(15, digits))
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let scaled = (number * scale).rounded()
    guard number.isFinite, let whole = Int64(exactly: scaled) else { return "\(number)" }
    let text = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = whole < 0 ? "-" : ""
    if digits == 0 { return sign + padded }
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }
}
