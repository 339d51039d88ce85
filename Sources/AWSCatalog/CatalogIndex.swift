/// A catalog text and where its lines begin: found in one pass over the bytes, nothing decoded.
struct CatalogIndex: Sendable {
  /// The sections of a text.
  enum Section: Int, CaseIterable {
    case head, errors, operations, waiters, shapes
  }

  private let bytes: [UInt8]
  /// Where the lines begin that belong to none above.
  private var starts: [Int32] = []
  /// The places in `starts` of each section.
  private var places: [Range<Int>]

  /// Indexes a text in the format of `CatalogText`, or one that begins with a later section and
  /// has no line that says so.
  init(_ bytes: [UInt8], from first: Section = .head) {
    self.bytes = bytes
    places = Array(repeating: 0..<0, count: Section.allCases.count)
    starts.reserveCapacity(bytes.count / 150)
    var section = first
    var first = 0
    var at = 0
    while at < bytes.count {
      let end = Self.end(of: at, bytes)
      if let next = Self.section(after: section, bytes, at..<end) {
        places[section.rawValue] = first..<starts.count
        (section, first) = (next, starts.count)
      } else if bytes[at] != 32 {
        starts.append(Int32(at))
      }
      at = end + 1
    }
    places[section.rawValue] = first..<starts.count
  }

  private static func end(of start: Int, _ bytes: [UInt8]) -> Int {
    var at = start
    while at < bytes.count, bytes[at] != 10 { at += 1 }
    return at
  }

  /// The section that a line begins; nil for any other line.
  private static func section(
    after section: Section, _ bytes: [UInt8], _ line: Range<Int>
  ) -> Section? {
    guard line.count < 12, let next = Section(rawValue: section.rawValue + 1) else { return nil }
    let name: StaticString =
      switch next {
      case .head: "head"
      case .errors: "errors"
      case .operations: "operations"
      case .waiters: "waiters"
      case .shapes: "shapes"
      }
    return name.description.utf8.elementsEqual(bytes[line]) ? next : nil
  }

  /// How many lines a section has, those below others not counted.
  func count(_ section: Section) -> Int { places[section.rawValue].count }

  /// A line of a section, by its place.
  func line(_ section: Section, _ place: Int) -> Substring {
    let start = Int(starts[places[section.rawValue].lowerBound + place])
    return text(start..<Self.end(of: start, bytes))
  }

  /// The lines below a line, without the blank they begin with.
  func lines(below place: Int, of section: Section) -> [Substring] {
    var out: [Substring] = []
    let start = Int(starts[places[section.rawValue].lowerBound + place])
    var at = Self.end(of: start, bytes) + 1
    while at < bytes.count, bytes[at] == 32 {
      let end = Self.end(of: at, bytes)
      out.append(text((at + 1)..<end))
      at = end + 1
    }
    return out
  }

  /// The second word of a line, which is its name.
  func name(_ section: Section, _ place: Int) -> String { String(text(nameRange(section, place))) }

  /// The place of the line of a name in a section that is in order of names; nil where there is
  /// none.
  func place(of name: String, in section: Section) -> Int? {
    let wanted = Array(name.utf8)
    var low = 0
    var high = count(section)
    while low < high {
      let middle = (low + high) / 2
      let here = bytes[nameRange(section, middle)]
      if here.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    guard low < count(section), bytes[nameRange(section, low)].elementsEqual(wanted) else {
      return nil
    }
    return low
  }

  private func nameRange(_ section: Section, _ place: Int) -> Range<Int> {
    var start = Int(starts[places[section.rawValue].lowerBound + place])
    while start < bytes.count, bytes[start] > 32 { start += 1 }
    start += 1
    var end = start
    while end < bytes.count, bytes[end] > 32 { end += 1 }
    return min(start, end)..<end
  }

  private func text(_ range: Range<Int>) -> Substring {
    Substring(String(decoding: bytes[range], as: UTF8.self))
  }
}
