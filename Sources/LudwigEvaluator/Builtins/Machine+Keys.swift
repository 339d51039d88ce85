internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

/// Two values have equal keys just when they are equal; so lists can be compared with sets.
extension Machine {
  /// The key of a value all parts of which are forced, down to resources.
  mutating func key(
    of ref: Ref, for call: BuiltinCall
  ) throws(EvaluationFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(ref, into: &bytes, call, 0)
    return bytes
  }

  private mutating func write(
    _ ref: Ref, into bytes: inout [UInt8], _ call: BuiltinCall, _ depth: Int
  ) throws(EvaluationFailure) {
    guard depth < limits.nesting else { throw tooLong() }
    guard bytes.count < limits.size else { throw tooLarge("value") }
    let value = try known(ref)
    switch value {
    case .int(let number): Self.write(1, number, into: &bytes)
    case .float(let number):
      // The two zeros are equal.
      let pattern = number == 0 ? 0 : number.bitPattern
      Self.write(2, Int64(bitPattern: pattern), into: &bytes)
    case .string(let text): Self.write(3, text, into: &bytes)
    case .bool(let truth): bytes += [4, truth ? 1 : 0]
    case .none: bytes.append(5)
    case .some(let inner):
      bytes.append(6)
      try write(inner, into: &bytes, call, depth + 1)
    case .list(let parts): try write(7, parts, into: &bytes, call, depth)
    case .tuple(let parts): try write(8, parts[...], into: &bytes, call, depth)
    case .record(let record): try write(9, record.fields, into: &bytes, call, depth)
    case .dictionary(let entries): try write(10, entries, into: &bytes, call, depth)
    case .construct(let made) where made.identity.flatMap { Hole.place(of: $0) } != nil:
      throw branching("A comparison", by: value, at: call.node, call.site)
    case .construct(let value):
      Self.write(11, Int64(value.constructor.index), into: &bytes)
      if let identity = value.identity {
        Self.write(12, Int64(identity.number), into: &bytes)
      } else if let payload = value.payload {
        try write(payload, into: &bytes, call, depth + 1)
      }
    case .secret(let commitment): Self.write(13, commitment.digest.description, into: &bytes)
    case .residual, .pieces, .hole:
      throw branching("A comparison", by: value, at: call.node, call.site)
    case .closure, .external, .call:
      throw failure("FG0304", "Functions cannot be compared", at: call.site)
    }
  }

  private mutating func write(
    _ tag: UInt8, _ parts: ArraySlice<Ref>, into bytes: inout [UInt8], _ call: BuiltinCall,
    _ depth: Int
  ) throws(EvaluationFailure) {
    Self.write(tag, Int64(parts.count), into: &bytes)
    for part in parts { try write(part, into: &bytes, call, depth + 1) }
  }

  private mutating func write(
    _ tag: UInt8, _ fields: SortedMap<String, Ref>, into bytes: inout [UInt8],
    _ call: BuiltinCall, _ depth: Int
  ) throws(EvaluationFailure) {
    Self.write(tag, Int64(fields.count), into: &bytes)
    for (name, field) in fields {
      Self.write(0, name, into: &bytes)
      try write(field, into: &bytes, call, depth + 1)
    }
  }

  private static func write(_ tag: UInt8, _ number: Int64, into bytes: inout [UInt8]) {
    bytes.append(tag)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
    }
  }

  private static func write(_ tag: UInt8, _ text: String, into bytes: inout [UInt8]) {
    write(tag, Int64(text.utf8.count), into: &bytes)
    bytes += Array(text.utf8)
  }

  /// Whether the first of two values stands before the second: numbers by size, texts by bytes,
  /// False before True, None before the others, lists and tuples by their first difference.
  func precedes(_ a: Ref, _ b: Ref, _ call: BuiltinCall) throws(EvaluationFailure) -> Bool {
    try order(a, b, call, 0) < 0
  }

  private func order(
    _ a: Ref, _ b: Ref, _ call: BuiltinCall, _ depth: Int
  ) throws(EvaluationFailure) -> Int {
    guard depth < limits.nesting else { throw EvaluationFailure(nil) }
    switch (try known(a), try known(b)) {
    case (.int(let x), .int(let y)): return Self.order(x, y)
    case (.float(let x), .float(let y)): return Self.order(x, y)
    case (.string(let x), .string(let y)):
      if x.utf8.lexicographicallyPrecedes(y.utf8) { return -1 }
      return y.utf8.lexicographicallyPrecedes(x.utf8) ? 1 : 0
    case (.bool(let x), .bool(let y)): return Self.order(x ? 1 : 0, y ? 1 : 0)
    case (.none, .none): return 0
    case (.none, .some): return -1
    case (.some, .none): return 1
    case (.some(let x), .some(let y)): return try order(x, y, call, depth + 1)
    case (.list(let x), .list(let y)): return try order(x, y, call, depth)
    case (.tuple(let x), .tuple(let y)): return try order(x[...], y[...], call, depth)
    case (let x, _):
      throw unexpected(x, wanted: "A number or text to sort by", call.node, call.site)
    }
  }

  private func order(
    _ a: ArraySlice<Ref>, _ b: ArraySlice<Ref>, _ call: BuiltinCall, _ depth: Int
  ) throws(EvaluationFailure) -> Int {
    for (x, y) in zip(a, b) {
      let order = try order(x, y, call, depth + 1)
      if order != 0 { return order }
    }
    return Self.order(a.count, b.count)
  }

  private static func order<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : y < x ? 1 : 0 }
}
