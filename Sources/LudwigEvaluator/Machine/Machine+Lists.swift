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
    return try advance(
      Collection(
        function: function, rest: pieces[...], gathered: [], node: node, site: site))
  }

  /// Goes on after the function has given a list for one element.
  mutating func collect(
    _ collection: Collection, _ value: RuntimeValue
  ) throws(EvaluationFailure) -> Control {
    guard let pieces = Self.pieces(of: value) else {
      throw unexpected(value, wanted: "A list", collection.node, collection.site)
    }
    var collection = collection
    collection.gathered += pieces
    return try advance(collection)
  }

  private mutating func advance(
    _ collection: Collection
  ) throws(EvaluationFailure) -> Control {
    var collection = collection
    while let piece = collection.rest.first {
      switch piece {
      case .elements(let elements):
        guard let element = elements.first else {
          collection.rest = collection.rest.dropFirst()
          continue
        }
        collection.rest[collection.rest.startIndex] = .elements(elements.dropFirst())
        let (function, site) = (collection.function, collection.site)
        stack.append(.collect(collection))
        stack.append(.apply([element], site, nil))
        return .force(function)
      case .residual(let source):
        collection.rest = collection.rest.dropFirst()
        collection.gathered.append(
          .residual(try symbolicEach(source, collection.function, collection.site)))
      }
    }
    return .give(try list(of: collection.gathered))
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
      .construct, .none, .some, .secret:
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
    return .list(elements[...])
  }
}
