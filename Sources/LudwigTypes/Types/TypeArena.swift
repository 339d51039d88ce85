/// Types under inference, as nodes in one array, so that they may be shared and cyclic mistakes
/// cannot overflow a stack on release. Trials can be undone.
struct TypeArena {
  private var nodes: [TypeNode] = []
  private var trail: [(Int32, TypeNode)] = []
  private var marks: [(count: Int, watchers: [Int32: [Int]], ready: [Int])] = []
  /// Unbound variables that someone waits for, with the waiters' numbers.
  private(set) var watchers: [Int32: [Int]] = [:]
  /// Waiters whose variable has become known.
  var ready: [Int] = []
  /// The current generalisation scope.
  var level: Int32 = 0

  /// A node, links followed.
  subscript(ref: TypeRef) -> TypeNode { nodes[Int(resolve(ref).index)] }

  /// The end of a chain of links.
  func resolve(_ ref: TypeRef) -> TypeRef {
    var current = ref
    while case .link(let next) = nodes[Int(current.index)] { current = next }
    return current
  }

  /// Adds a node.
  mutating func add(_ node: TypeNode) -> TypeRef {
    nodes.append(node)
    return TypeRef(index: Int32(nodes.count - 1))
  }

  /// A new unknown in the current scope.
  mutating func variable(_ kind: VariableKind = .any) -> TypeRef {
    add(.variable(level: level, kind))
  }

  /// Replaces an unresolved node; waiters of a variable move along or become ready.
  mutating func set(_ ref: TypeRef, _ node: TypeNode) {
    if !marks.isEmpty { trail.append((ref.index, nodes[Int(ref.index)])) }
    nodes[Int(ref.index)] = node
    guard case .link(let target) = node, let waiting = watchers.removeValue(forKey: ref.index)
    else { return }
    let end = resolve(target)
    if case .variable = nodes[Int(end.index)] {
      watchers[end.index, default: []] += waiting
    } else {
      ready += waiting
    }
  }

  /// Lets a waiter know when an unbound variable becomes known.
  mutating func watch(_ ref: TypeRef, _ waiter: Int) {
    watchers[resolve(ref).index, default: []].append(waiter)
  }

  /// Begins a trial, whose choices `endTrial` may undo; trials nest.
  mutating func beginTrial() { marks.append((trail.count, watchers, ready)) }

  /// Ends the innermost trial; undoes what it chose unless that is kept.
  mutating func endTrial(isKept: Bool) {
    guard let mark = marks.popLast() else { preconditionFailure("a trial ends that has begun") }
    if !isKept {
      while trail.count > mark.count {
        let (index, node) = trail.removeLast()
        nodes[Int(index)] = node
      }
      (watchers, ready) = (mark.watchers, mark.ready)
    }
    if marks.isEmpty { trail.removeAll(keepingCapacity: true) }
  }
}
