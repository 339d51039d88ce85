internal import CloudModel

/// Paths of bindings and fields from the composition, each as a step behind a shorter one, so that
/// paths with a common beginning share it.
struct AddressPaths {
  /// One step of a path.
  enum Segment: Hashable, Comparable, Sendable {
    /// An element of a list or tuple, from 0.
    case index(Int)
    /// A field.
    case field(String)
    /// An entry of a dictionary.
    case key(String)
  }

  private var steps: [(parent: Int32, segment: Segment)] = []
  /// How many steps comparisons of paths have looked at.
  private(set) var work = 0

  /// A path with a step more; nil stands for the empty path.
  mutating func append(_ segment: Segment, to path: Int32?) -> Int32 {
    steps.append((parent: path ?? -1, segment: segment))
    return Int32(truncatingIfNeeded: steps.count - 1)
  }

  /// Whether one path comes before another of the same length: the lexicographic order.
  mutating func isLess(_ first: Int32, _ second: Int32) -> Bool {
    var (a, b) = (first, second)
    var isLess = false
    while a != b, a >= 0, b >= 0 {
      let (x, y) = (steps[Int(a)], steps[Int(b)])
      work += 1
      if x.segment != y.segment { isLess = x.segment < y.segment }
      (a, b) = (x.parent, y.parent)
    }
    return isLess
  }

  /// The path as an address: `network.privateSubnets[0]`.
  func address(_ path: Int32) -> ResourceAddress {
    var segments: [Segment] = []
    var here = path
    while here >= 0 {
      segments.append(steps[Int(here)].segment)
      here = steps[Int(here)].parent
    }
    var text = ""
    for segment in segments.reversed() {
      switch segment {
      case .index(let index): text += "[\(index)]"
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .key(let key): text += "[\"\(key)\"]"
      }
    }
    return ResourceAddress(text)
  }
}

/// A set of cells, a bit for each cell of the heap.
struct RefSet {
  private var words: [UInt64] = []

  /// Adds a cell; false where it was in the set.
  mutating func insert(_ ref: Ref) -> Bool {
    let (word, bit) = (Int(ref.index) / 64, UInt64(1) << UInt64(ref.index % 64))
    if word >= words.count {
      words += Array(repeating: 0, count: word - words.count + 1 + words.count / 2)
    }
    if words[word] & bit != 0 { return false }
    words[word] |= bit
    return true
  }
}

/// What decides first which of two paths is the better one.
struct PathRank: Hashable, Comparable, Sendable {
  /// How many statements (connections, invariants) the path leads through.
  var statements = 0
  /// How many other resources it leads through.
  var resources = 0
  /// How many steps it has.
  var length = 0

  /// Paths of bindings and records come before paths through other resources, and these before
  /// paths through statements; so a name does not change when somebody refers to the resource
  /// from elsewhere. Then the shortest path is the first, then the lexicographically least.
  static func < (a: Self, b: Self) -> Bool {
    (a.statements, a.resources, a.length) < (b.statements, b.resources, b.length)
  }
}
