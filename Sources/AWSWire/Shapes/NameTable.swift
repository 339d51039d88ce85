/// Finds a member by the bytes of its name: a table with open places, made once a shape. Where two
/// have one name, the first is found.
struct NameTable: Sendable {
  /// Places of names, one more than they are; 0 where nothing stands.
  private let slots: [UInt16]
  private let names: [[UInt8]]
  private let places: [Int]

  /// A table of names and what they stand for.
  init(_ entries: [(name: [UInt8], place: Int)]) {
    names = entries.map(\.name)
    places = entries.map(\.place)
    guard !entries.isEmpty else {
      slots = []
      return
    }
    var size = 4
    while size < entries.count * 2 { size *= 2 }
    var slots = [UInt16](repeating: 0, count: size)
    for (index, name) in names.enumerated() {
      var slot = Self.hash(name, 0..<name.count) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt16(truncatingIfNeeded: index + 1)
    }
    self.slots = slots
  }

  private static func hash(_ bytes: [UInt8], _ name: Range<Int>) -> Int {
    guard !name.isEmpty else { return 0 }
    let first = Int(bytes[name.lowerBound])
    let last = Int(bytes[name.upperBound - 1])
    let middle = Int(bytes[name.lowerBound + name.count / 2])
    let quarter = Int(bytes[name.lowerBound + name.count / 4])
    return name.count &* 7 &+ first &* 31 &+ middle &* 131 &+ last &* 517 &+ quarter &* 1031
  }

  /// What the name at some place of bytes stands for; nil where it is none of the table's.
  func place(of name: Range<Int>, in bytes: [UInt8]) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.hash(bytes, name) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if WireText.equals(names[index], name, in: bytes) { return places[index] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
