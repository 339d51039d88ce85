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
    var finder = FieldFinder(count: 1, isComplete: isComplete)
    let found = try finder.places(value, 0, self)
    for (index, place) in found.places.enumerated() {
      let (member, field) = (members[place], found.fields.values[index])
      guard try finder.counts(field, member) else { continue }
      do throws(WireError) { try body(member, field) } catch { throw error.inside(member.name) }
    }
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
