internal import CloudModel

/// The scalars of `Value` and their texts on the wire.
enum WireScalar {
  /// The text of a value.
  static func string(_ value: Value) throws(WireError) -> String {
    if case .string(let text) = value { return text }
    throw unfit(value, "a text")
  }

  /// A whole number.
  static func integer(_ value: Value) throws(WireError) -> Int64 {
    if case .int(let number) = value { return number }
    throw unfit(value, "a whole number")
  }

  /// A truth value.
  static func boolean(_ value: Value) throws(WireError) -> Bool {
    if case .bool(let truth) = value { return truth }
    throw unfit(value, "a truth value")
  }

  /// A number with a fraction.
  static func float(_ value: Value) throws(WireError) -> Double {
    switch value {
    case .int(let number): return Double(number)
    case .string(let text):
      if let number = float(text) { return number }
      throw WireError(.parameter, "'\(text)' is no number")
    case .null, .bool, .list, .record, .secret, .residual: throw unfit(value, "a number")
    }
  }

  /// The number of a text; `NaN`, `Infinity` and `-Infinity` are some.
  static func float(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The text of a number.
  static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return number.description
  }

  /// A blob, in base64.
  static func blob(_ value: Value) throws(WireError) -> String {
    let text = try string(value)
    guard let normal = Base64.normalised(text) else {
      throw WireError(.parameter, "a blob stands in base64")
    }
    return normal
  }

  /// A blob's bytes.
  static func bytes(_ value: Value) throws(WireError) -> [UInt8] {
    guard let bytes = Base64.decode(try string(value).utf8) else {
      throw WireError(.parameter, "a blob stands in base64")
    }
    return bytes
  }

  /// A moment.
  static func moment(_ value: Value) throws(WireError) -> WireMoment {
    let moment: WireMoment?
    switch value {
    case .int(let seconds): moment = WireMoment(seconds: seconds)
    case .string(let text): moment = WireMoment(text)
    case .null, .bool, .list, .record, .secret, .residual: throw unfit(value, "a moment")
    }
    guard let moment else {
      throw WireError(.parameter, "a moment stands as 2026-01-31T23:59:59Z")
    }
    return moment
  }

  /// A value from the text of a scalar, as forms, XML and headers have it.
  static func value(
    _ text: String, _ kind: WireNode.Kind
  ) throws(WireError) -> Value {
    switch kind {
    case .string: return .string(text)
    case .integer:
      guard let number = Int64(trimmed(text)) else { throw malformed(text, "a whole number") }
      return .int(number)
    case .float:
      guard let number = float(trimmed(text)) else { throw malformed(text, "a number") }
      return .string(Self.text(number))
    case .boolean:
      switch trimmed(text).lowercased() {
      case "true", "1": return .bool(true)
      case "false", "0", "": return .bool(false)
      default: throw malformed(text, "a truth value")
      }
    case .blob:
      guard let normal = Base64.normalised(text) else { throw malformed(text, "base64") }
      return .string(normal)
    case .timestamp:
      guard let moment = WireMoment(trimmed(text)) else { throw malformed(text, "a moment") }
      return .string(moment.iso8601)
    case .structure, .list, .map, .document: throw malformed(text, "more than a text")
    }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
    guard let first = text.first, let last = text.last, isBlank(first) || isBlank(last) else {
      return text
    }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }

  private static func malformed(_ text: String, _ wanted: String) -> WireError {
    WireError(.malformed, "\(wanted) is needed, not '\(text.prefix(40))'")
  }

  /// The error for a value of another type.
  static func unfit(_ value: Value, _ wanted: String) -> WireError {
    let found =
      switch value {
      case .null: "nothing"
      case .bool: "a truth value"
      case .int: "a whole number"
      case .string: "a text"
      case .list: "a list"
      case .record: "a record"
      case .secret: "a secret"
      case .residual: "something that is not known yet"
      }
    return WireError(.parameter, "\(wanted) is needed, not \(found)")
  }
}
