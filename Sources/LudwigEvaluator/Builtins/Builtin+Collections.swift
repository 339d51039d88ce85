internal import Canon
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// So many levels of parts that all of them are forced.
  private static let whole = Int.max

  /// `Ludwig.List`: functions that apply a function to each element, or compare elements.
  static let collections: [String: Builtin] = [
    "list.foldl": Builtin([nil, nil, 0]) { machine, call throws(EvaluationFailure) in
      try machine.walk(.fold, call, over: 2, from: call.arguments[1])
    },
    "list.position": Builtin([nil, 0]) { machine, call throws(EvaluationFailure) in
      try machine.walk(.position, call, over: 1, from: call.arguments[1])
    },
    "list.sortByKeys": Builtin([whole, 0]) { machine, call throws(EvaluationFailure) in
      .give(.list(try machine.sorted(call)))
    },
    "list.unique": Builtin([whole]) { machine, call throws(EvaluationFailure) in
      let elements = try machine.list(call, 0)
      return .give(.list(try machine.unique(elements, by: elements, call)))
    },
    "list.uniqueByKeys": Builtin([whole, 0]) { machine, call throws(EvaluationFailure) in
      let (keys, elements) = (try machine.list(call, 0), try machine.list(call, 1))
      return .give(.list(try machine.unique(elements, by: keys, call)))
    },
    "list.difference": Builtin([whole, whole]) { machine, call throws(EvaluationFailure) in
      .give(.list(try machine.list(call, 0, keepingThoseOf: 1, false)))
    },
    "list.intersection": Builtin([whole, whole]) { machine, call throws(EvaluationFailure) in
      .give(.list(try machine.list(call, 0, keepingThoseOf: 1, true)))
    },
    "list.groupsByKeys": Builtin([whole, 0]) { machine, call throws(EvaluationFailure) in
      .give(.list(try machine.groups(call)))
    },
    "list.insert": Builtin([0, nil, 0]) { machine, call throws(EvaluationFailure) in
      var elements = Array(try machine.list(call, 2))
      let index = max(0, min(elements.count, Int(clamping: try machine.number(call, 0))))
      elements.insert(call.arguments[1], at: index)
      return .give(.list(ArraySlice(elements)))
    },
    "list.concatAll": Builtin([1]) { machine, call throws(EvaluationFailure) in
      var pieces: [ListPiece] = []
      for ref in try machine.list(call, 0) {
        let value = try machine.known(ref)
        guard let parts = Machine.pieces(of: value) else {
          throw machine.unexpected(value, wanted: "A list", call.node, call.site)
        }
        pieces += parts
      }
      return .give(try machine.list(of: pieces))
    },
  ]
}

extension Machine {
  /// Begins a walk over a list argument; the function is the first one.
  fileprivate mutating func walk(
    _ kind: Walk.Kind, _ call: BuiltinCall, over list: Int, from state: Ref
  ) throws(EvaluationFailure) -> Control {
    try advance(
      Walk(
        kind: kind, function: call.arguments[0], rest: try self.list(call, list), state: state,
        node: call.node, site: call.site))
  }

  /// The second argument's elements in the order of the first one's, which belong to them.
  fileprivate func sorted(_ call: BuiltinCall) throws(EvaluationFailure) -> ArraySlice<Ref> {
    let (keys, elements) = (Array(try list(call, 0)), Array(try list(call, 1)))
    var problem: EvaluationFailure?
    let order = elements.indices.sorted { a, b in
      guard problem == nil else { return a < b }
      do throws(EvaluationFailure) {
        if try precedes(keys[a], keys[b], call) { return true }
        return try !precedes(keys[b], keys[a], call) && a < b
      } catch {
        problem = error
        return a < b
      }
    }
    if let problem { throw problem }
    return ArraySlice(order.map { elements[$0] })
  }

  /// Each element whose key has not been met before.
  fileprivate mutating func unique(
    _ elements: ArraySlice<Ref>, by keys: ArraySlice<Ref>, _ call: BuiltinCall
  ) throws(EvaluationFailure) -> ArraySlice<Ref> {
    var met: Set<[UInt8]> = []
    var out: [Ref] = []
    for (element, key) in zip(elements, keys) {
      if met.insert(try self.key(of: key, for: call)).inserted { out.append(element) }
    }
    return ArraySlice(out)
  }

  /// The elements of one list that are, or are not, in another.
  fileprivate mutating func list(
    _ call: BuiltinCall, _ index: Int, keepingThoseOf other: Int, _ isKept: Bool
  ) throws(EvaluationFailure) -> ArraySlice<Ref> {
    var known: Set<[UInt8]> = []
    for element in try list(call, other) { known.insert(try key(of: element, for: call)) }
    var out: [Ref] = []
    for element in try list(call, index) {
      if known.contains(try key(of: element, for: call)) == isKept { out.append(element) }
    }
    return ArraySlice(out)
  }

  /// Pairs of a key and the elements that have it, in the order in which keys are first met.
  fileprivate mutating func groups(_ call: BuiltinCall) throws(EvaluationFailure) -> ArraySlice<Ref>
  {
    var places: [[UInt8]: Int] = [:]
    var groups: [(key: Ref, elements: [Ref])] = []
    for (key, element) in zip(try list(call, 0), try list(call, 1)) {
      let bytes = try self.key(of: key, for: call)
      if let place = places[bytes] {
        groups[place].elements.append(element)
      } else {
        places[bytes] = groups.count
        groups.append((key: key, elements: [element]))
      }
    }
    return ArraySlice(
      groups.map { group in
        heap.add(.tuple([group.key, heap.add(.list(ArraySlice(group.elements)))]))
      })
  }
}
