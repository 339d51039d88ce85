internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// Begins a comprehension over a list.
  mutating func iterate(
    over list: RuntimeValue, _ function: Ref, _ node: CoreID, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Control {
    guard let pieces = Self.pieces(of: list) else {
      throw unexpected(list, wanted: "A list", node, site)
    }
    collections.append(
      Collection(function: function, pieces: pieces, node: node, site: site))
    return try advanceCollection()
  }

  /// Goes on after the function has given a list for one element.
  mutating func collect(_ value: RuntimeValue) throws(EvaluationFailure) -> Control {
    let top = collections.count - 1
    if case .list(let elements) = value {
      collections[top].gathered += elements
      guard collections[top].gathered.count <= limits.size else { throw tooLarge("list") }
      return try advanceCollection()
    }
    guard let pieces = Self.pieces(of: value) else {
      throw unexpected(
        value, wanted: "A list", collections[top].node, collections[top].site)
    }
    closeElements(top)
    collections[top].before += pieces
    return try advanceCollection()
  }

  /// Takes the next element of the topmost comprehension.
  private mutating func advanceCollection() throws(EvaluationFailure) -> Control {
    let top = collections.count - 1
    while collections[top].piece < collections[top].pieces.count {
      switch collections[top].pieces[collections[top].piece] {
      case .elements(let elements):
        let index = collections[top].element
        guard index < elements.count else {
          collections[top].element = 0
          collections[top].piece += 1
          continue
        }
        collections[top].element += 1
        arguments.append(elements[elements.startIndex + index])
        stack.append(.collect)
        stack.append(.apply(count: 1, collections[top].site, nil))
        return .force(collections[top].function)
      case .residual(let source):
        collections[top].piece += 1
        let (function, site) = (collections[top].function, collections[top].site)
        let each = try symbolicEach(source, function, site)
        closeElements(top)
        collections[top].before.append(.residual(each))
      }
    }
    let done = collections.removeLast()
    heap.spend(4 * done.gathered.count)
    if done.before.isEmpty { return .give(.list(done.gathered[...])) }
    let last: [ListPiece] = done.gathered.isEmpty ? [] : [.elements(done.gathered[...])]
    return .give(try list(of: done.before + last))
  }

  private mutating func closeElements(_ top: Int) {
    guard !collections[top].gathered.isEmpty else { return }
    collections[top].before.append(.elements(collections[top].gathered[...]))
    collections[top].gathered = []
  }

  /// Applies a function to a symbolic element and closes the result over it.
  private mutating func symbolicEach(
    _ source: Residual, _ function: Ref, _ site: SourceRange?
  ) throws(EvaluationFailure) -> Residual {
    nestedRuns += 1
    defer { nestedRuns -= 1 }
    guard nestedRuns < 16, Self.depth(of: source) < limits.nesting else { throw tooLong() }
    let variable = nextVariable
    nextVariable += 1
    let element = heap.add(.residual(.path(.bound(variable), [])))
    let result = heap.add(.application(function, [element], site))
    return .each(source: source, variable: variable, body: try awsData(result))
  }

  /// A list as its parts; nil for what is no list.
  static func pieces(of value: RuntimeValue) -> [ListPiece]? {
    switch value {
    case .list(let elements): elements.isEmpty ? [] : [.elements(elements)]
    case .pieces(let pieces): pieces
    case .residual(let residual): [.residual(residual)]
    case .int, .float, .string, .bool, .tuple, .record, .dictionary, .closure, .external, .call,
      .construct, .none, .some, .secret, .hole:
      nil
    }
  }

  /// How many sources a value that is known only later is made of, one within the other.
  static func depth(of residual: Residual) -> Int {
    var here = residual
    var depth = 0
    while true {
      switch here {
      case .each(let source, _, _), .find(let source, _, _, _): here = source
      case .output, .path, .concat: return depth
      }
      depth += 1
    }
  }

  /// The list that parts make together.
  mutating func list(of pieces: [ListPiece]) throws(EvaluationFailure) -> RuntimeValue {
    if pieces.count == 1, let only = pieces.first {
      switch only {
      case .elements(let elements): return .list(elements)
      case .residual(let residual): return .residual(residual)
      }
    }
    var count = 0
    for case .elements(let slice) in pieces {
      count += slice.count
      guard count <= limits.size else { throw tooLarge("list") }
    }
    var elements: [Ref] = []
    for piece in pieces {
      guard case .elements(let slice) = piece else { return .pieces(pieces) }
      elements += slice
    }
    heap.spend(4 * elements.count)
    return .list(elements[...])
  }
}
