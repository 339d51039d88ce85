internal import Canon
internal import CloudModel

/// Puts records together from members as they come.
///
/// Records of one shape mostly have the same members in the same order, or one of a few orders.
/// What is found out of one, which names it has and how its values are put in order, is kept, and
/// the next of the kind costs a comparison; the names are shared.
struct RecordMaker {
  /// What was found out of a record.
  private final class Form {
    let arrival: [UInt16]
    let names: [String]
    let swaps: [(Int, Int)]
    let kept: Int

    /// What is to be done with values that came like this: the last of a member counts, and null
    /// takes it away.
    init(_ arrival: [UInt16], _ node: WireNode) {
      self.arrival = arrival
      var sorted = arrival.indices.sorted { a, b in
        let (left, right) = (rank(a), rank(b))
        return left == right ? a < b : left < right
      }
      func place(_ index: Int) -> Int { Int(arrival[index] & ~RecordMaker.isNull) }
      func rank(_ index: Int) -> Int { node.ranks[place(index)] }
      var kept: [Int] = []
      for (at, index) in sorted.enumerated() {
        let isLast = at + 1 == sorted.count || place(sorted[at + 1]) != place(index)
        if isLast, arrival[index] & RecordMaker.isNull == 0 { kept.append(index) }
      }
      names = kept.map { node.members[place($0)].name }
      self.kept = kept.count
      sorted = kept
      // Where the values stand, and who stands at a place, while they change places.
      var standing = Array(arrival.indices)
      var places = standing
      var swaps: [(Int, Int)] = []
      for (target, wanted) in sorted.enumerated() where places[wanted] != target {
        let from = places[wanted]
        swaps.append((target, from))
        standing.swapAt(target, from)
        places[standing[target]] = target
        places[standing[from]] = from
      }
      self.swaps = swaps
    }
  }

  fileprivate static let isNull: UInt16 = 0x8000

  /// How many forms of a shape are kept.
  private static let few = 8

  /// The forms of each shape, the one that was seen last in front.
  private var forms: [[Form]]
  private var arrivals: [UInt16] = []

  /// A maker for the shapes of one message.
  init(count: Int) { forms = Array(repeating: [], count: count) }

  /// Begins a record; what it gives goes to the other functions.
  func begin() -> Int { arrivals.count }

  /// How many values the last record of a shape had.
  func expected(_ shape: Int) -> Int {
    guard let form = forms[shape].first else { return 0 }
    return min(form.arrival.count, 1000)
  }

  /// The member that comes next if this record is like the last of its shape; nil where it knows
  /// of none.
  mutating func guess(_ shape: Int, since start: Int) -> Int? {
    let index = arrivals.count - start
    if index == 1 { bringForward(shape, arrivals[start]) }
    guard let form = forms[shape].first else { return nil }
    return index < form.arrival.count ? Int(form.arrival[index] & ~Self.isNull) : nil
  }

  /// Puts a form in front that begins with a member.
  private mutating func bringForward(_ shape: Int, _ first: UInt16) {
    var at = 0
    while at < forms[shape].count {
      if forms[shape][at].arrival.first == first {
        if at > 0 { forms[shape].swapAt(0, at) }
        return
      }
      at += 1
    }
  }

  /// Whether a member of the record has come.
  func has(_ place: Int, since start: Int) -> Bool {
    var at = start
    while at < arrivals.count {
      if Int(arrivals[at]) == place { return true }
      at += 1
    }
    return false
  }

  /// A member comes.
  @inline(__always)
  mutating func add(_ place: Int, isNull: Bool = false) {
    arrivals.append(UInt16(truncatingIfNeeded: place) | (isNull ? Self.isNull : 0))
  }

  /// Ends a record, whose values stand in the order in which they came.
  mutating func end(
    _ shape: Int, _ node: WireNode, since start: Int, _ values: consuming [Value]
  ) -> Value {
    let form = form(shape, node, since: start)
    arrivals.removeLast(arrivals.count - start)
    for (a, b) in form.swaps { values.swapAt(a, b) }
    if values.count > form.kept { values.removeLast(values.count - form.kept) }
    if values.capacity > 8, values.capacity > values.count * 2 { values = Self.fitting(values) }
    return .record(SortedMap(ascending: form.names, values))
  }

  /// The values without the room for more, so that short records after a long one stay short.
  private static func fitting(_ values: [Value]) -> [Value] {
    var out: [Value] = []
    out.reserveCapacity(values.count)
    out.append(contentsOf: values)
    return out
  }

  private mutating func form(_ shape: Int, _ node: WireNode, since start: Int) -> Form {
    var at = 0
    while at < forms[shape].count {
      let known = forms[shape][at]
      if hasCome(known.arrival, since: start) {
        if at > 0 { forms[shape].swapAt(0, at) }
        return known
      }
      at += 1
    }
    let made = Form(Array(arrivals[start...]), node)
    if forms[shape].count < Self.few {
      forms[shape].append(made)
      forms[shape].swapAt(0, forms[shape].count - 1)
    } else {
      forms[shape][Self.few - 1] = made
      forms[shape].swapAt(0, Self.few - 1)
    }
    return made
  }

  @inline(__always)
  private func hasCome(_ wanted: [UInt16], since start: Int) -> Bool {
    guard wanted.count == arrivals.count - start else { return false }
    var at = start
    for place in wanted {
      if arrivals[at] != place { return false }
      at += 1
    }
    return true
  }
}
