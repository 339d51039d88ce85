internal import LudwigTypes
internal import Text

/// Names a cell of the heap: a value, or the promise of one, shared by all who hold the reference.
struct Ref: Hashable, Sendable {
  /// The index in the heap, from 0.
  let index: Int32
}

/// Names a frame of the heap.
struct FrameRef: Hashable, Sendable {
  /// The index in the heap, from 0.
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
  case outputs(of: Ref, ResourceIdentity, [String])
  /// A value with a part changed.
  case changed(of: Ref, Change)
  /// Being evaluated: whoever forces it now depends on itself.
  case running
  /// Its evaluation failed and was reported.
  case failed
}

/// Slots for the parameters and the let-bound values of one application.
struct Frame: Sendable {
  /// The frame of the enclosing function.
  let parent: FrameRef?
  /// The slots; unfilled ones hold `Heap.unfilled`.
  var slots: [Ref]
}

/// All cells and frames of one evaluation. Nothing is released before the whole is: chains of any
/// length are flat here, so that none can overflow a stack.
struct Heap: Sendable {
  private var cells: [Cell] = [.failed]
  private var frames: [Frame] = []

  /// The content of slots that no binding has filled; forcing it is a mistake of the checker.
  static let unfilled = Ref(index: 0)

  /// How many cells there are.
  var count: Int { cells.count }

  /// What a cell holds.
  subscript(ref: Ref) -> Cell {
    get { cells[Int(ref.index)] }
    set { cells[Int(ref.index)] = newValue }
  }

  /// A new cell.
  mutating func add(_ cell: Cell) -> Ref {
    cells.append(cell)
    return Ref(index: Int32(cells.count - 1))
  }

  /// A new cell with a value.
  mutating func add(_ value: RuntimeValue) -> Ref { add(.value(value)) }

  /// A new frame.
  mutating func addFrame(parent: FrameRef?, arguments: [Ref], size: Int) -> FrameRef {
    let missing = max(0, size - arguments.count)
    frames.append(
      Frame(
        parent: parent, slots: arguments + Array(repeating: Heap.unfilled, count: missing)))
    return FrameRef(index: Int32(frames.count - 1))
  }

  /// The content of a slot, `depth` frames further out.
  func slot(_ slot: Int, depth: Int, from frame: FrameRef) -> Ref {
    var here = frame
    for _ in 0..<depth {
      guard let parent = frames[Int(here.index)].parent else { return Heap.unfilled }
      here = parent
    }
    let slots = frames[Int(here.index)].slots
    return slots.indices.contains(slot) ? slots[slot] : Heap.unfilled
  }

  /// Fills a slot of a frame.
  mutating func fill(_ slot: Int, of frame: FrameRef, with ref: Ref) {
    frames[Int(frame.index)].slots[slot] = ref
  }
}
