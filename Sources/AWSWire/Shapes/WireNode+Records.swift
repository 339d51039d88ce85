internal import Canon
internal import CloudModel

extension WireNode {
  /// Goes through the fields of a record beside the members of a structure.
  ///
  /// - Throws: `parameter` for a value that is no record, a field that is no member, and, where
  ///   `isComplete`, for a required member that is not there.
  func forEachField(
    of value: Value, isComplete: Bool,
    _ body: (WireMember, Value) throws(WireError) -> Void
  ) throws(WireError) {
    guard case .record(let fields) = value else {
      throw WireError(.parameter, "a record is needed for \(name)")
    }
    var at = 0
    for (name, field) in fields {
      let before = at
      while at < order.count, members[order[at]].name != name {
        try require(members[order[at]], isComplete)
        at += 1
      }
      guard at < order.count else {
        throw WireError(.parameter, at: name, unknown(name, after: before))
      }
      let member = members[order[at]]
      at += 1
      if case .null = field {
        try require(member, isComplete)
        continue
      }
      do throws(WireError) { try body(member, field) } catch { throw error.inside(name) }
    }
    while at < order.count {
      try require(members[order[at]], isComplete)
      at += 1
    }
  }

  private func require(_ member: WireMember, _ isComplete: Bool) throws(WireError) {
    if isComplete, member.isRequired {
      throw WireError(.parameter, at: member.name, "it is required")
    }
  }

  private func unknown(_ name: String, after place: Int) -> String {
    "\(self.name) has no such member"
  }

  /// The record of what stands in a structure's members, by their places.
  func record(_ slots: [Value?]) -> Value {
    var keys: [String] = []
    var values: [Value] = []
    for place in order {
      guard let value = slots[place] else { continue }
      keys.append(members[place].name)
      values.append(value)
    }
    return .record(SortedMap(ascending: keys, values))
  }

  /// The place of the member of a name on the wire, looked for from a place on, since members come
  /// mostly in the model's order; nil where there is none.
  func place(ofWireName name: ArraySlice<UInt8>, from start: Int) -> Int? {
    let count = members.count
    var place = start < count ? start : 0
    for _ in 0..<count {
      if members[place].bytes.count == name.count, members[place].bytes.elementsEqual(name) {
        return place
      }
      place = place + 1 == count ? 0 : place + 1
    }
    return nil
  }
}

extension WireError {
  /// The error seen from outside of a field or an element.
  func inside(_ name: String) -> WireError {
    let rest = path.isEmpty || path.hasPrefix("[") ? path : "." + path
    return WireError(kind, at: name + rest, message)
  }

  /// The error seen from outside of a list.
  func inside(_ index: Int) -> WireError { inside("[\(index)]") }
}
