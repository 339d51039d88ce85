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
  /// Which sources are the user's, by index of the source.
  let userSources: Set<SourceID>
  /// What evaluation may ask of the outside.
  let inputs: EvaluationInputs
  /// How far it may go.
  let limits: EvaluationLimits
  /// All values.
  var heap = Heap()
  /// Continuations, innermost last.
  var stack: [Continuation] = []
  /// Arguments of built-in functions, and parts of them, that must be forced before the functions
  /// run, innermost last; with the levels of parts to force below.
  var pendingParts: [(ref: Ref, levels: Int)] = []
  /// Cells of the top-level bindings that were asked for.
  var globals: [GlobalName: Ref] = [:]
  /// Each resource that was minted, by the number of its identity.
  var resources: [ConstructedValue] = []
  /// The addresses of resources, once they are known.
  var addresses: [ResourceIdentity: ResourceAddress] = [:]
  /// Variables given out to symbolic elements.
  var nextVariable = 0
  /// How many random values were asked for, by the binding around the call.
  var randomCalls: [String: Int] = [:]
  /// Whether a limit was reached.
  var isExhausted = false
  /// Nested runs, for symbolic bodies.
  var nestedRuns = 0
  private var steps = 0

  /// Makes a machine.
  init(
    program: CheckedProgram, userSources: Set<SourceID>, inputs: EvaluationInputs,
    limits: EvaluationLimits
  ) {
    self.program = program
    self.userSources = userSources
    self.inputs = inputs
    self.limits = limits
  }

  /// The value of a cell, in weak head normal form.
  mutating func force(_ ref: Ref) throws(EvaluationFailure) -> RuntimeValue {
    if case .value(let value) = heap[ref] { return value }
    let (base, waiting) = (stack.count, pendingParts.count)
    do throws(EvaluationFailure) {
      return try run(.force(ref), base: base)
    } catch {
      abandon(base: base)
      pendingParts.removeLast(pendingParts.count - waiting)
      throw error
    }
  }

  /// The cell of a top-level binding.
  mutating func global(_ name: GlobalName) -> Ref {
    if let known = globals[name] { return known }
    guard let global = program.globals[name] else { return Heap.unfilled }
    let frame = heap.addFrame(parent: nil, arguments: [], size: global.frameSize)
    let ref = heap.add(.delayed(global.body, frame, nil))
    globals[name] = ref
    return ref
  }

  /// The place for messages and origins: the node's own, where the user wrote it.
  func site(of node: CoreID, within outer: SourceRange?) -> SourceRange? {
    let range = program.core.range(of: node)
    return userSources.contains(range.source) ? range : outer
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
    if steps > limits.steps || stack.count > limits.depth || heap.count > limits.cells {
      throw tooLong()
    }
  }

  private mutating func forceCell(_ ref: Ref) throws(EvaluationFailure) -> Control {
    switch heap[ref] {
    case .value(let value): return .give(value)
    case .delayed(let node, let frame, let site):
      enter(ref, site ?? program.core.range(of: node))
      return .evaluate(node, frame, site)
    case .application(let function, let arguments, let site):
      enter(ref, site)
      stack.append(.apply(arguments, site, nil))
      return .force(function)
    case .outputs(let payload, let identity, let names):
      enter(ref, nil)
      stack.append(.addOutputs(identity, names))
      return .force(payload)
    case .changed(let original, let change):
      enter(ref, change.site)
      stack.append(.change([change]))
      return .force(original)
    case .running: throw endless(ref)
    case .failed: throw EvaluationFailure(nil)
    }
  }

  private mutating func enter(_ ref: Ref, _ site: SourceRange?) {
    heap[ref] = .running
    stack.append(.keep(ref, site))
  }

  private mutating func abandon(base: Int) {
    while stack.count > base {
      if case .keep(let ref, _)? = stack.popLast() { heap[ref] = .failed }
    }
  }
}
