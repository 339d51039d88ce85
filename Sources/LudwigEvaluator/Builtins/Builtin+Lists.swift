internal import Canon
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Ludwig.List`.
  static let lists: [String: Builtin] = [
    "list.length": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.int(Int64(try machine.list(call, 0).count)))
    },
    "list.elementAt": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      try machine.elementAt(call)
    },
    "list.take": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let count = Int(clamping: try machine.number(call, 0))
      return .give(.list(try machine.list(call, 1).prefix(max(0, count))))
    },
    "list.drop": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let count = Int(clamping: try machine.number(call, 0))
      return .give(.list(try machine.list(call, 1).dropFirst(max(0, count))))
    },
    "list.reverse": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.list(ArraySlice(try machine.list(call, 0).reversed())))
    },
    "list.range": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (low, high) = (try machine.number(call, 0), try machine.number(call, 1))
      guard low < high else { return .give(.list([])) }
      guard high.subtractingReportingOverflow(low).overflow == false, high - low <= 1_000_000
      else {
        throw machine.failure(
          "FG0302", "A list of more than a million numbers is too long", at: call.site)
      }
      return .give(.list(ArraySlice((low..<high).map { machine.heap.add(.int($0)) })))
    },
    "list.zip": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let pairs = zip(try machine.list(call, 0), try machine.list(call, 1))
      return .give(.list(ArraySlice(pairs.map { machine.heap.add(.tuple([$0, $1])) })))
    },
  ]

  /// `Ludwig.Dictionary`.
  static let dictionaries: [String: Builtin] = [
    "dictionary.lookup": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let found = try machine.entries(call, 1)[try machine.text(call, 0)]
      return .give(found.map { .some($0) } ?? .none)
    },
    "dictionary.insert": Builtin([0, nil, 0]) { machine, call throws(EvaluationFailure) in
      var entries = try machine.entries(call, 2)
      entries[try machine.text(call, 0)] = call.arguments[1]
      return .give(.dictionary(entries))
    },
    "dictionary.toList": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let pairs = try machine.entries(call, 0).map { key, value in
        machine.heap.add(.tuple([machine.heap.add(.string(key)), value]))
      }
      return .give(.list(pairs[...]))
    },
    "dictionary.fromKeys": Builtin([1, 1]) { machine, call throws(EvaluationFailure) in
      var pairs: [(key: String, value: Ref)] = []
      for (key, pair) in zip(try machine.list(call, 0), try machine.list(call, 1)) {
        let name = try machine.known(key)
        guard case .tuple(let parts) = try machine.known(pair), parts.count == 2,
          case .string(let text) = name
        else { throw machine.branching("A key", by: name, at: call.node, call.site) }
        pairs.append((key: text, value: parts[1]))
      }
      return .give(.dictionary(Machine.entries(pairs)))
    },
    "dictionary.remove": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      var entries = try machine.entries(call, 1)
      entries[try machine.text(call, 0)] = nil
      return .give(.dictionary(entries))
    },
    "dictionary.size": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.int(Int64(try machine.entries(call, 0).count)))
    },
    "dictionary.keys": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let keys = try machine.entries(call, 0).keys
      return .give(.list(ArraySlice(keys.map { machine.heap.add(.string($0)) })))
    },
    "dictionary.values": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.list(ArraySlice(try machine.entries(call, 0).values)))
    },
    "dictionary.union": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (first, second) = (try machine.entries(call, 0), try machine.entries(call, 1))
      let keys = second.keys + first.keys
      let pairs = zip(keys, second.values + first.values).map { (key: $0, value: $1) }
      return .give(.dictionary(Machine.entries(pairs)))
    },
  ]
}

extension Machine {
  /// A map of pairs, a later one replacing an earlier one of the same key; sorted first, so that
  /// each insertion is at the end.
  static func entries(_ pairs: [(key: String, value: Ref)]) -> SortedMap<String, Ref> {
    let ordered = pairs.enumerated().sorted { a, b in
      (a.element.key, a.offset) < (b.element.key, b.offset)
    }
    return SortedMap(ordered.map { ($0.element.key, $0.element.value) })
  }

  /// The element at an index from 0, as an Optional; of a list that is known only later, a path.
  mutating func elementAt(_ call: BuiltinCall) throws(EvaluationFailure) -> Control {
    let index = try number(call, 0)
    let value = try known(call.arguments[1])
    if case .residual(let residual) = value {
      return .give(
        optional(.residual(try path(residual, extendedBy: String(index), call.node))))
    }
    let elements = try list(call, 1)
    guard index >= 0, index < elements.count else { return .give(.none) }
    return .give(.some(elements[elements.startIndex + Int(index)]))
  }
}
