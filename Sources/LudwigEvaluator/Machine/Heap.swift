internal import LudwigTypes
internal import Text

/// Names a cell of the heap: a value, or the promise of one, shared by all who hold the reference.
struct Ref: Hashable, Sendable {
  /// The index in the heap, from 0.
  let index: Int32
}

/// Names a frame of the heap.
struct FrameRef: Hashable, Sendable {
  /// The index of its first slot; the slot before it names the enclosing function's frame.
  let index: Int32
}

/// Names a resource: minted each time a resource's constructor is applied.
struct ResourceIdentity: Hashable, Sendable, Comparable {
  /// The number, from 0, in order of evaluation; never shown.
  let number: Int

  static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// What a cell holds.
enum Cell: Sendable {
  /// A value in weak head normal form.
  case value(RuntimeValue)
  /// An expression, the frame it stands in, and the user's place that asked for it.
  case delayed(CoreID, FrameRef, SourceRange?)
  /// An application, made by a built-in function.
  case application(Ref, [Ref], SourceRange?)
  /// A resource's payload with its outputs added.
  indirect case outputs(of: Ref, ResourceIdentity, [String])
  /// A value with a part changed.
  indirect case changed(of: Ref, Change)
  /// A part of the declared resource, at which a recorded planner has not yet looked.
  indirect case looked(LookedPart)
  /// Being evaluated: whoever forces it now depends on itself.
  case running
  /// Its evaluation failed and was reported.
  case failed
}

/// All cells and frames of one evaluation. Chains of any length are flat here, so that none can
/// overflow a stack. Nothing is released before the whole is, but for what was made since a mark.
struct Heap: Sendable {
  private var cells: [Cell] = [.failed]
  /// Frames, one behind the other: the enclosing frame, then the slots.
  private var slots: [Ref] = []
  /// Bytes of texts and lists that lie outside the cells, as far as they may grow large.
  private(set) var bytes = 0
  /// Cells made before the mark that were changed since, as they were.
  private var changed: [(ref: Ref, cell: Cell)] = []
  private var mark: Int32 = 0

  /// The content of slots that no binding has filled; forcing it is a mistake of the checker.
  static let unfilled = Ref(index: 0)
  /// No frame.
  static let outermost = FrameRef(index: -1)

  /// How many cells there are.
  var count: Int { cells.count }
  /// How many slots there are.
  var slotCount: Int { slots.count }

  /// What a cell holds.
  subscript(ref: Ref) -> Cell {
    get { cells[Int(ref.index)] }
    set {
      if ref.index < mark { changed.append((ref: ref, cell: cells[Int(ref.index)])) }
      cells[Int(ref.index)] = newValue
    }
  }

  /// A new cell.
  mutating func add(_ cell: Cell) -> Ref {
    cells.append(cell)
    return Ref(index: Int32(truncatingIfNeeded: cells.count - 1))
  }

  /// A new cell with a value.
  mutating func add(_ value: RuntimeValue) -> Ref { add(.value(value)) }

  /// Counts bytes that lie outside the cells.
  mutating func spend(_ count: Int) { bytes += count }

  /// A new frame, its slots unfilled.
  mutating func addFrame(parent: FrameRef, size: Int) -> FrameRef {
    slots.append(Ref(index: parent.index))
    let start = slots.count
    for _ in 0..<size { slots.append(Heap.unfilled) }
    return FrameRef(index: Int32(truncatingIfNeeded: start))
  }

  /// The content of a slot, `depth` frames further out.
  func slot(_ slot: Int, depth: Int, from frame: FrameRef) -> Ref {
    var here = Int(frame.index)
    for _ in 0..<depth {
      guard here > 0 else { return Heap.unfilled }
      here = Int(slots[here - 1].index)
    }
    return here + slot < slots.count && here >= 0 ? slots[here + slot] : Heap.unfilled
  }

  /// Fills a slot of a frame.
  mutating func fill(_ slot: Int, of frame: FrameRef, with ref: Ref) {
    slots[Int(frame.index) + slot] = ref
  }

  /// Marks the present end: what is made from here on can be given back.
  mutating func setMark() -> (cells: Int, slots: Int, bytes: Int) {
    mark = Int32(truncatingIfNeeded: cells.count)
    changed = []
    return (cells: cells.count, slots: slots.count, bytes: bytes)
  }

  /// Keeps all that was made since the mark.
  mutating func keep() {
    mark = 0
    changed = []
  }

  /// Gives back all that was made since the mark; older cells are as they were then.
  mutating func giveBack(to end: (cells: Int, slots: Int, bytes: Int)) {
    for (ref, cell) in changed.reversed() { cells[Int(ref.index)] = cell }
    keep()
    cells.removeSubrange(end.cells...)
    slots.removeSubrange(end.slots...)
    bytes = end.bytes
  }
}
