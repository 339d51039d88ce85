internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

/// A text that is put together from many parts, some of which may be known only later.
struct TextBuilder {
  private var later: [Value] = []
  private var text = ""

  /// How many bytes are known so far.
  var count: Int { text.utf8.count }

  /// Adds a known text.
  mutating func add(_ part: String) { text += part }

  /// Adds parts of a text that is known only later.
  mutating func add(_ parts: [Value]) {
    for part in parts {
      if case .string(let known) = part {
        text += known
      } else {
        if !text.isEmpty { later.append(.string(text)) }
        text = ""
        later.append(part)
      }
    }
  }

  /// The whole.
  var value: RuntimeValue {
    if later.isEmpty { return .string(text) }
    return .residual(.concat(text.isEmpty ? later : later + [.string(text)]))
  }
}

extension Machine {
  /// Adds a value's text; a value that is known only later as what it will be.
  func add(
    _ value: RuntimeValue, to builder: inout TextBuilder, _ call: BuiltinCall
  ) throws(EvaluationFailure) {
    if case .string(let text) = value {
      guard builder.count + text.utf8.count <= limits.size else { throw tooLargeText() }
      builder.add(text)
    } else if let parts = Self.textParts(value) {
      builder.add(parts)
    } else {
      throw unexpected(value, wanted: "A text", call.node, call.site)
    }
  }

  private func tooLargeText() -> EvaluationFailure {
    failure(
      "FG0302", "This text grows beyond \(limits.size) parts", at: trace().first,
      "the evaluation was here")
  }
}
