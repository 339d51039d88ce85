internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

/// Evaluates core expressions: lazily, each delayed value at most once, on a stack of its own.
///
/// Every expression is evaluated for a *site*: the innermost place in the user's own text that
/// caused it. Library code inherits the site of the call that entered it; so each constructed
/// value knows the user's line that it comes from.
struct Machine {
  /// What to do next.
  enum Control: Sendable {
    /// Evaluate an expression.
    case evaluate(CoreID, FrameRef, SourceRange?)
    /// Force a cell.
    case force(Ref)
    /// Hand a value to the topmost continuation.
    case give(RuntimeValue)
  }

  /// The program.
  let program: CheckedProgram
  /// Its instructions.
  var code: Code
  /// Which sources are the user's, by index of the source.
  let userSources: [Bool]
  /// What evaluation may ask of the outside.
  let inputs: EvaluationInputs
  /// How far it may go.
  let limits: EvaluationLimits
  /// All values.
  var heap = Heap()
  /// Continuations, innermost last.
  var stack: [Continuation] = []
  /// Arguments of applications whose function is being forced, innermost last.
  var arguments: [Ref] = []
  /// Comprehensions in progress, innermost last.
  var collections: [Collection] = []
  /// Comparisons in progress, innermost last.
  var comparisons: [Comparing] = []
  /// Built-in functions whose arguments are being forced, innermost last.
  var builtins: [PendingBuiltin] = []
  /// Cells of the top-level bindings, by their index in the program; `unfilled` where a binding was
  /// not asked for.
  private var globals: [Ref]
  /// Bindings that were asked for, in that order.
  private var madeGlobals: [Int] = []
  /// Each resource that was minted, by the number of its identity.
  var resources: [ConstructedValue] = []
  /// The addresses of resources, once they are known.
  var addresses: [ResourceIdentity: ResourceAddress] = [:]
  /// The shape that the payloads of a resource's constructor had last, outputs included.
  var payloadShapes: [ConstructorID: RecordShape] = [:]
  /// Forms of calls that were asked for.
  var callForms: [GlobalName: CallForm] = [:]
  /// Other processes whose values were asked for, and where.
  var neighbours: [(process: String, site: SourceRange?)] = []
  /// Variables given out to symbolic elements.
  var nextVariable = 0
  /// How many random values were asked for, by the binding around the call.
  var randomCalls: [String: Int] = [:]
  /// What planners did so far.
  var records = PlannerRecords()
  /// The planner's application that is being recorded; nil where none is.
  var recording: Recording?
  /// Whether a limit was reached.
  var isExhausted = false
  /// Nested runs, for symbolic bodies.
  var nestedRuns = 0
  /// Parts of the value that is being turned into data; what is shared there is not shared here.
  var parts = 0
  private var steps = 0

  /// Makes a machine.
  init(
    program: CheckedProgram, userSources: Set<SourceID>, inputs: EvaluationInputs,
    limits: EvaluationLimits
  ) {
    self.program = program
    self.inputs = inputs
    self.limits = limits
    code = Code(count: program.core.nodes.count)
    globals = Array(repeating: Heap.unfilled, count: program.globals.count)
    let last = userSources.map { Int($0.index) }.max() ?? -1
    self.userSources = (0..<(last + 1)).map { userSources.contains(SourceID(index: Int32($0))) }
  }

  /// The value of a cell, in weak head normal form.
  mutating func force(_ ref: Ref) throws(EvaluationFailure) -> RuntimeValue {
    if case .value(let value) = heap[ref] { return value }
    let base = stack.count
    let sides = (arguments.count, collections.count, comparisons.count, builtins.count)
    do throws(EvaluationFailure) {
      return try run(.force(ref), base: base)
    } catch {
      while stack.count > base {
        if case .keep(let ref, _)? = stack.popLast() { heap[ref] = .failed }
      }
      arguments.removeSubrange(sides.0...)
      collections.removeSubrange(sides.1...)
      comparisons.removeSubrange(sides.2...)
      builtins.removeSubrange(sides.3...)
      throw error
    }
  }

  /// The cell of a top-level binding.
  mutating func global(_ name: GlobalName) -> Ref {
    program.globals.index(forKey: name).map { global(at: $0) } ?? Heap.unfilled
  }

  /// The cell of a top-level binding, by its index in the program.
  mutating func global(at index: Int) -> Ref {
    let known = globals[index]
    if known != Heap.unfilled { return known }
    let global = program.globals.values[index]
    let frame = heap.addFrame(parent: Heap.outermost, size: global.frameSize)
    let ref = heap.add(.delayed(global.body, frame, nil))
    globals[index] = ref
    madeGlobals.append(index)
    return ref
  }

  /// A moment to which the heap can go back.
  struct Moment {
    fileprivate let end: (cells: Int, slots: Int, bytes: Int)
    fileprivate let resources: Int
    fileprivate let constants: Int
    fileprivate let globals: Int
    fileprivate let randomCalls: [String: Int]
    fileprivate let steps: Int
  }

  /// Marks the present moment; work begins whose result holds no reference.
  mutating func beginScratch() -> Moment {
    Moment(
      end: heap.setMark(), resources: resources.count, constants: code.constants.count,
      globals: madeGlobals.count, randomCalls: randomCalls,
      steps: steps)
  }

  /// Gives back all that was made on the heap since a moment, unless a resource was minted. What
  /// was forced of older values is forgotten, too.
  mutating func endScratch(_ moment: Moment) {
    guard resources.count == moment.resources, !isExhausted else { return heap.keep() }
    // Each resource's planner has the limit of steps for itself.
    steps = moment.steps
    heap.giveBack(to: moment.end)
    code.forgetConstants(after: moment.constants)
    randomCalls = moment.randomCalls
    while madeGlobals.count > moment.globals {
      globals[madeGlobals.removeLast()] = Heap.unfilled
    }
  }

  /// Whether a source is the user's.
  func isUser(_ source: SourceID) -> Bool {
    source.index >= 0 && Int(source.index) < userSources.count && userSources[Int(source.index)]
  }

  /// The place for messages and origins: the node's own, where the user wrote it.
  func site(of node: CoreID, within outer: SourceRange?) -> SourceRange? {
    let range = program.core.range(of: node)
    return isUser(range.source) ? range : outer
  }

  private mutating func run(
    _ start: Control, base: Int
  ) throws(EvaluationFailure) -> RuntimeValue {
    var control = start
    while true {
      try takeStep()
      switch control {
      case .evaluate(let node, let frame, let site):
        control = try evaluate(node, frame, site)
      case .force(let ref): control = try forceCell(ref)
      case .give(let value):
        guard stack.count > base, let top = stack.popLast() else { return value }
        control = try resume(top, with: value)
      }
    }
  }

  /// Counts a step, and stops where the limits are reached.
  mutating func takeStep() throws(EvaluationFailure) {
    steps += 1
    if steps > limits.steps || stack.count > limits.depth || heap.count > limits.cells
      || heap.slotCount > limits.cells || heap.bytes > limits.bytes
    {
      try takeMore()
    }
  }

  /// Lets a composition of many resources go further than one that comes to nothing.
  private mutating func takeMore() throws(EvaluationFailure) {
    let cells = min(limits.cells + 100 * resources.count, max(limits.cells, limits.cellsAtMost))
    if steps > limits.steps + 1000 * resources.count || stack.count > limits.depth
      || heap.count > cells || heap.slotCount > cells || heap.bytes > limits.bytes
    {
      throw tooLong()
    }
  }

  private mutating func forceCell(_ ref: Ref) throws(EvaluationFailure) -> Control {
    switch heap[ref] {
    case .value(let value): return .give(value)
    case .delayed(let node, let frame, let site):
      heap[ref] = .running
      stack.append(.keep(ref, site ?? program.core.range(of: node)))
      return .evaluate(node, frame, site)
    case .application(let function, let arguments, let site):
      enter(ref, site)
      self.arguments += arguments
      stack.append(.apply(count: Int32(arguments.count), site, nil))
      return .force(function)
    case .outputs(let payload, let identity, let names):
      enter(ref, nil)
      stack.append(.addOutputs(identity, names))
      return .force(payload)
    case .changed(let original, let change):
      enter(ref, change.site)
      stack.append(.change([change]))
      return .force(original)
    case .looked(let part):
      enter(ref, nil)
      stack.append(.look(part))
      return .force(part.ref)
    case .running: throw endless(ref)
    case .failed: throw EvaluationFailure(nil)
    }
  }

  private mutating func enter(_ ref: Ref, _ site: SourceRange?) {
    heap[ref] = .running
    stack.append(.keep(ref, site))
  }
}
