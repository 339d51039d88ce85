internal import Canon
internal import CloudModel
internal import LudwigTypes

extension Builtin {
  /// `Ludwig.String`, `Fugue.NetAddr`.
  static let texts: [String: Builtin] = [
    "string.length": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.int(Int64(try machine.text(call, 0).unicodeScalars.count)))
    },
    "string.lower": mapping { $0.lowercased() },
    "string.upper": mapping { $0.uppercased() },
    "string.trim": mapping { text in
      let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
      let tail = text.unicodeScalars.drop(while: isBlank)
      return String(String.UnicodeScalarView(tail.reversed().drop(while: isBlank).reversed()))
    },
    "string.take": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let count = max(0, Int(clamping: try machine.number(call, 0)))
      let scalars = try machine.text(call, 1).unicodeScalars.prefix(count)
      return .give(.string(String(String.UnicodeScalarView(scalars))))
    },
    "string.drop": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let count = max(0, Int(clamping: try machine.number(call, 0)))
      let scalars = try machine.text(call, 1).unicodeScalars.dropFirst(count)
      return .give(.string(String(String.UnicodeScalarView(scalars))))
    },
    "string.split": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let parts = TextSearch.split(try machine.text(call, 1), at: try machine.text(call, 0))
      return .give(.list(ArraySlice(parts.map { machine.heap.add(.string($0)) })))
    },
    "string.join": Builtin([0, 1]) { machine, call throws(EvaluationFailure) in
      .give(try machine.joined(call))
    },
    "string.replace": Builtin([0, 0, 0]) { machine, call throws(EvaluationFailure) in
      let parts = TextSearch.split(try machine.text(call, 2), at: try machine.text(call, 0))
      let replacement = try machine.text(call, 1)
      let added = parts.count.multipliedReportingOverflow(by: replacement.utf8.count)
      guard !added.overflow, added.partialValue <= machine.limits.size else {
        throw machine.tooLarge("text")
      }
      return .give(.string(parts.joined(separator: replacement)))
    },
    "string.contains": testing { whole, part in TextSearch.contains(whole, part) },
    "string.occurrences": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let parts = TextSearch.split(try machine.text(call, 1), at: try machine.text(call, 0))
      return .give(.int(Int64(parts.count - 1)))
    },
    "string.characters": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let scalars = try machine.text(call, 0).unicodeScalars
      return .give(
        .list(ArraySlice(scalars.map { machine.heap.add(.string(String($0))) })))
    },
    "string.reverse": mapping { text in
      String(String.UnicodeScalarView(text.unicodeScalars.reversed()))
    },
    "string.words": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let words = try machine.text(call, 0).unicodeScalars.split { $0.properties.isWhitespace }
      return .give(.list(ArraySlice(words.map { machine.heap.add(.string(String($0))) })))
    },
    "string.repeat": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (count, text) = (max(0, try machine.number(call, 0)), try machine.text(call, 1))
      let (size, overflow) = Int(clamping: count).multipliedReportingOverflow(by: text.utf8.count)
      guard !overflow, size <= machine.limits.size else { throw machine.tooLarge("text") }
      return .give(.string(String(repeating: text, count: text.isEmpty ? 0 : Int(count))))
    },
    "string.fromFloat": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string("\(try machine.float(call, 0))"))
    },
    "string.toFloat": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let number = FloatText.read(try machine.text(call, 0))
      return .give(machine.optional(number.map { .float($0) }))
    },
    "string.codes": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let scalars = try machine.text(call, 0).unicodeScalars
      return .give(.list(ArraySlice(scalars.map { machine.heap.add(.int(Int64($0.value))) })))
    },
    "string.fromCodes": Builtin([1]) { machine, call throws(EvaluationFailure) in
      var out = String.UnicodeScalarView()
      for ref in try machine.list(call, 0) {
        guard case .int(let number) = try machine.known(ref),
          let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init)
        else { return .give(.none) }
        out.append(scalar)
      }
      return .give(machine.optional(.string(String(out))))
    },
    "string.startsWith": testing { whole, part in whole.utf8.starts(with: part.utf8) },
    "string.endsWith": testing { whole, part in
      whole.utf8.reversed().starts(with: part.utf8.reversed())
    },
    "string.fromInt": Builtin([0]) { machine, call throws(EvaluationFailure) in
      if case .hole(let hole) = try machine.known(call.arguments[0]), hole.change == .none {
        return .give(.hole(Hole(place: hole.place, change: .digits)))
      }
      return .give(.string(String(try machine.number(call, 0))))
    },
    "string.toInt": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let text = try machine.text(call, 0)
      let number = text.utf8.first == UInt8(ascii: "+") ? nil : Int64(text)
      return .give(machine.optional(number.map { .int($0) }))
    },
    "cidr.isValid": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.bool(CIDR(try machine.text(call, 0)) != nil))
    },
    "cidr.normal": Builtin([0]) { machine, call throws(EvaluationFailure) in
      if case .hole(let hole) = try machine.known(call.arguments[0]), hole.change == .none {
        return .give(.hole(Hole(place: hole.place, change: .block)))
      }
      let text = try machine.text(call, 0)
      return .give(.string(CIDR(text)?.description ?? text))
    },
    "cidr.length": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let block = CIDR(try machine.text(call, 0))
      return .give(machine.optional(block.map { .int(Int64($0.length)) }))
    },
    "cidr.contains": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      guard let outer = CIDR(try machine.text(call, 0)),
        let inner = CIDR(try machine.text(call, 1))
      else { return .give(.bool(false)) }
      return .give(.bool(outer.contains(inner)))
    },
  ]

  private static func mapping(_ transform: @escaping @Sendable (String) -> String) -> Builtin {
    Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(transform(try machine.text(call, 0))))
    }
  }

  /// A test of the second argument, the whole, by the first.
  private static func testing(
    _ test: @escaping @Sendable (_ whole: String, _ part: String) -> Bool
  ) -> Builtin {
    Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      .give(.bool(test(try machine.text(call, 1), try machine.text(call, 0))))
    }
  }
}

extension Machine {
  /// Texts with a separator between them; parts may be known only later.
  mutating func joined(_ call: BuiltinCall) throws(EvaluationFailure) -> RuntimeValue {
    let separator = try text(call, 0)
    var builder = TextBuilder()
    for (index, ref) in try list(call, 1).enumerated() {
      if index > 0 { builder.add(separator) }
      try add(try known(ref), to: &builder, call)
    }
    return builder.value
  }
}

/// Finding texts in texts, byte by byte.
enum TextSearch {
  /// The parts between occurrences of a separator; the whole where it does not occur or is empty.
  static func split(_ whole: String, at separator: String) -> [String] {
    let (bytes, mark) = (Array(whole.utf8), Array(separator.utf8))
    guard !mark.isEmpty, bytes.count >= mark.count else { return [whole] }
    var parts: [String] = []
    var (start, index) = (0, 0)
    while index + mark.count <= bytes.count {
      if bytes[index..<(index + mark.count)].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// Whether a text stands in another; the empty one stands in each.
  static func contains(_ whole: String, _ part: String) -> Bool {
    part.isEmpty || split(whole, at: part).count > 1
  }
}
