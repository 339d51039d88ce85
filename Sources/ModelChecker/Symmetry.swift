import Canon

/// A system some of whose things differ by name alone: exchange two of them everywhere in a state,
/// and what can happen is the same with these names exchanged.
package protocol SymmetricSystem: TransitionSystem {
  /// How many interchangeable things there are, numbered from 0.
  var interchangeable: Int { get }
  /// The state in which thing i is called `names[i]`.
  func renamed(_ state: State, by names: [Int]) -> State
  /// A number that tells things of a state apart, so that fewer exchanges need be tried; it must
  /// not depend on names: thing `names[i]` of `renamed(state, by: names)` has the number that
  /// thing i of `state` has. All are alike, unless said otherwise.
  func signature(of thing: Int, in state: State) -> UInt64
}

extension SymmetricSystem {
  /// All things are alike.
  package func signature(of thing: Int, in state: State) -> UInt64 { 0 }
}

/// A system searched up to symmetry: of all states that are one another with names exchanged, one.
///
/// The one that stands for all is a true canonical form: things in order of their signatures, and
/// of all orders among those of equal signature that with the smallest canonical bytes.
package struct UpToSymmetry<Base: SymmetricSystem>: TransitionSystem {
  /// The system itself.
  package let base: Base

  /// Makes a system up to symmetry.
  package init(_ base: Base) { self.base = base }

  /// The system's own.
  package var initialStates: [Base.State] { base.initialStates }
  /// The system's own.
  package var properties: [Property<Base.State>] { base.properties }
  /// The system's own.
  package var fairness: [Fairness<Base.State, Base.Action>] { base.fairness }
  /// States stand for others.
  package var reduction: Reduction { .symmetry }
  /// A number of things below 0 is none.
  package var refusal: String? { base.refusal ?? base.countRefusal }

  /// The system's own.
  package func actions(in state: Base.State) -> [Base.Action] { base.actions(in: state) }
  /// The system's own.
  package func next(_ state: Base.State, _ action: Base.Action) -> Base.State? {
    base.next(state, action)
  }
  /// The system's own.
  package func isInScope(_ state: Base.State) -> Bool { base.isInScope(state) }
  /// The system's own.
  package func describe(_ state: Base.State) -> String { base.describe(state) }
  /// The system's own.
  package func describe(_ action: Base.Action, in state: Base.State) -> String {
    base.describe(action, in: state)
  }

  /// What the system itself breaks, or its renaming.
  package func breach(states limit: Int) -> String? {
    base.breach(states: limit) ?? base.symmetryBreach(states: limit)
  }

  /// The canonical form.
  package func representative(of state: Base.State) -> Base.State {
    let signatures = (0..<base.interchangeable).map { base.signature(of: $0, in: state) }
    let order = signatures.indices.sorted { (signatures[$0], $0) < (signatures[$1], $1) }
    let sorted = base.renamed(state, by: inverse(order))
    var classes: [Range<Int>] = []
    for place in order.indices {
      if let last = classes.last, signatures[order[place]] == signatures[order[last.lowerBound]] {
        classes[classes.count - 1] = last.lowerBound..<place + 1
      } else {
        classes.append(place..<place + 1)
      }
    }
    let open = classes.filter { $0.count > 1 && !isUnchanged(sorted, in: $0) }
    if open.isEmpty { return sorted }
    var best = (state: sorted, bytes: sorted.canonicalBytes)
    tryOrders(of: open[...], names: Array(order.indices), sorted, &best)
    return best.state
  }

  /// All ways to exchange names where there are at most 24; otherwise all exchanges of two, and the
  /// canonical form. A claim about one particular thing tells one of these from the state itself.
  package func renamings(of state: Base.State) -> [Base.State] {
    let names = Array(0..<base.interchangeable)
    var out = [representative(of: state)]
    if names.count <= 4 {
      forEachOrder(of: 0..<names.count, from: 0, names) { out.append(base.renamed(state, by: $0)) }
      return out
    }
    for first in names {
      for second in names[..<first] {
        var names = names
        names.swapAt(first, second)
        out.append(base.renamed(state, by: names))
      }
    }
    return out
  }

  /// Whether no exchange among some things makes any difference: exchanges of neighbours generate
  /// all.
  private func isUnchanged(_ state: Base.State, in things: Range<Int>) -> Bool {
    let bytes = state.canonicalBytes
    return things.dropLast().allSatisfy { thing in
      var names = Array(0..<base.interchangeable)
      names.swapAt(thing, thing + 1)
      return base.renamed(state, by: names).canonicalBytes == bytes
    }
  }

  private func tryOrders(
    of classes: ArraySlice<Range<Int>>, names: [Int], _ state: Base.State,
    _ best: inout (state: Base.State, bytes: [UInt8])
  ) {
    guard let first = classes.first else {
      let renamed = base.renamed(state, by: names)
      let bytes = renamed.canonicalBytes
      if bytes.lexicographicallyPrecedes(best.bytes) { best = (renamed, bytes) }
      return
    }
    forEachOrder(of: first, from: first.lowerBound, names) { names in
      tryOrders(of: classes.dropFirst(), names: names, state, &best)
    }
  }

  private func forEachOrder(
    of range: Range<Int>, from place: Int, _ names: [Int], _ body: ([Int]) -> Void
  ) {
    if place + 1 >= range.upperBound {
      body(names)
      return
    }
    for other in place..<range.upperBound {
      var names = names
      names.swapAt(place, other)
      forEachOrder(of: range, from: place + 1, names, body)
    }
  }

  private func inverse(_ order: [Int]) -> [Int] {
    var names = order
    for (place, thing) in order.enumerated() { names[thing] = place }
    return names
  }
}

extension UpToSymmetry: Sendable where Base: Sendable {}
