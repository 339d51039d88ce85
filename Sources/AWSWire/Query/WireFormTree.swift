/// A form's names, taken apart at their dots, as a tree: what stands below each place, in the
/// order in which it came.
///
/// A field mostly stands beside the one before it, so the last place below another is looked at
/// first; only where that is another, and there are many, a table is asked.
struct WireFormTree {
  private struct Place {
    let name: Range<Int>
    let parent: Int
    var value: Range<Int>?
    var first = -1
    var last = -1
    var next = -1
    var count = 0
  }

  private struct Key: Hashable {
    let parent: Int
    let name: ArraySlice<UInt8>
  }

  /// The decoded names and values, one after the other.
  let bytes: [UInt8]
  private var places = [Place(name: 0..<0, parent: -1)]
  private var table: [Key: Int] = [:]
  private let limits: WireLimits

  /// Builds the tree of a form.
  init(_ form: WireForm, _ limits: WireLimits) throws(WireError) {
    bytes = form.bytes
    self.limits = limits
    for field in form.places {
      var place = 0
      var depth = 0
      var start = field.name.lowerBound
      while start < field.name.upperBound {
        var end = start
        while end < field.name.upperBound, bytes[end] != UInt8(ascii: ".") { end += 1 }
        if end > start {
          depth += 1
          guard depth <= limits.depth, places.count < limits.values else {
            throw WireError(.limit, "names are at most \(limits.depth) deep")
          }
          place = child(start..<end, below: place)
        }
        start = end + 1
      }
      places[place].value = field.value ?? 0..<0
    }
  }

  private mutating func child(_ name: Range<Int>, below parent: Int) -> Int {
    let last = places[parent].last
    if last >= 0, isSame(places[last].name, name) { return last }
    let count = places[parent].count
    if count > Self.few {
      if let known = table[Key(parent: parent, name: bytes[name])] { return known }
    } else {
      var child = places[parent].first
      while child >= 0 {
        if isSame(places[child].name, name) { return child }
        child = places[child].next
      }
    }
    let made = places.count
    places.append(Place(name: name, parent: parent))
    if last < 0 { places[parent].first = made } else { places[last].next = made }
    places[parent].last = made
    places[parent].count = count + 1
    if count == Self.few {
      forEachChild(of: parent) { table[Key(parent: parent, name: bytes[places[$0].name])] = $0 }
    } else if count > Self.few {
      table[Key(parent: parent, name: bytes[name])] = made
    }
    return made
  }

  private static let few = 8

  private func isSame(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    guard a.count == b.count else { return false }
    var (left, right) = (a.lowerBound, b.lowerBound)
    while left < a.upperBound {
      if bytes[left] != bytes[right] { return false }
      (left, right) = (left + 1, right + 1)
    }
    return true
  }

  private func forEachChild(of parent: Int, _ body: (Int) -> Void) {
    var child = places[parent].first
    while child >= 0 {
      body(child)
      child = places[child].next
    }
  }

  /// The first place below another; nil where nothing stands there.
  func first(below place: Int) -> Int? { places[place].first < 0 ? nil : places[place].first }

  /// The place after another, below the same.
  func next(after place: Int) -> Int? { places[place].next < 0 ? nil : places[place].next }

  /// The last part of a place's name.
  func name(_ place: Int) -> Range<Int> { places[place].name }

  /// Where a place's own value stands; nil where it has none.
  func value(_ place: Int) -> Range<Int>? { places[place].value }

  /// The place of a name below another; nil where there is none.
  func find(_ name: [UInt8], below place: Int) -> Int? {
    if places[place].count > Self.few {
      return table[Key(parent: place, name: name[...])]
    }
    var child = places[place].first
    while child >= 0 {
      if WireText.equals(name, places[child].name, in: bytes) { return child }
      child = places[child].next
    }
    return nil
  }

  /// The places below another whose names are numbers, in order of the numbers.
  func numbered(below place: Int) -> [(number: Int64, place: Int)] {
    var out: [(number: Int64, place: Int)] = []
    out.reserveCapacity(places[place].count)
    var isSorted = true
    var child = places[place].first
    while child >= 0 {
      if let number = WireText.integer(bytes, places[child].name) {
        if let last = out.last, last.number >= number { isSorted = false }
        out.append((number, child))
      }
      child = places[child].next
    }
    return isSorted ? out : out.sorted { $0 < $1 }
  }
}
