internal import Canon
internal import CloudModel

/// Says which members of a structure the fields of a record are. Records of one shape mostly have
/// the same fields, or one of a few sets, so the last answers of each shape are kept.
struct FieldFinder {
  private struct Answer {
    let names: [String]
    let places: [Int]
  }

  /// How many answers of a shape are kept.
  private static let few = 8

  /// The answers of each shape, the one that was given last in front.
  private var answers: [[Answer]]
  private let isComplete: Bool

  /// A finder for the shapes of one message; one that `isComplete` asks for all members that are
  /// required.
  init(count: Int, isComplete: Bool) {
    answers = Array(repeating: [], count: count)
    self.isComplete = isComplete
  }

  /// The members' places, in the order of the fields.
  ///
  /// - Throws: `parameter` for a value that is no record, a field that is no member, and a required
  ///   member that is not there.
  mutating func places(
    _ value: Value, _ shape: Int, _ node: WireNode
  ) throws(WireError) -> (fields: SortedMap<String, Value>, places: [Int]) {
    guard case .record(let fields) = value else {
      throw WireError(.parameter, "a record is needed for \(node.name)")
    }
    if let known = known(fields.keys, shape) { return (fields, known) }
    var places: [Int] = []
    places.reserveCapacity(fields.count)
    var at = 0
    for name in fields.keys {
      while at < node.order.count, node.members[node.order[at]].name != name {
        try require(node.members[node.order[at]])
        at += 1
      }
      guard at < node.order.count else {
        throw WireError(.parameter, at: name, "\(node.name) has no such member")
      }
      places.append(node.order[at])
      at += 1
    }
    while at < node.order.count {
      try require(node.members[node.order[at]])
      at += 1
    }
    if answers[shape].count == Self.few { answers[shape].removeLast() }
    answers[shape].append(Answer(names: fields.keys, places: places))
    answers[shape].swapAt(0, answers[shape].count - 1)
    return (fields, places)
  }

  private mutating func known(_ names: [String], _ shape: Int) -> [Int]? {
    var at = 0
    while at < answers[shape].count {
      if answers[shape][at].names == names {
        if at > 0 { answers[shape].swapAt(0, at) }
        return answers[shape][0].places
      }
      at += 1
    }
    return nil
  }

  /// Whether a field counts: null does not, and must not be where something is required.
  func counts(_ field: Value, _ member: WireMember) throws(WireError) -> Bool {
    guard case .null = field else { return true }
    try require(member)
    return false
  }

  private func require(_ member: WireMember) throws(WireError) {
    if isComplete, member.isRequired {
      throw WireError(.parameter, at: member.name, "it is required")
    }
  }
}
