package import Plans

/// Moments at which some steps are in force and some are not: a conjunction of literals.
package struct Guard: Hashable, Sendable {
  /// Steps that are in force, ascending, each once.
  package let inForce: [StepID]
  /// Steps that are not, ascending, each once.
  package let notInForce: [StepID]

  /// Makes a guard; the lists may stand in any order.
  package init(inForce: [StepID] = [], notInForce: [StepID] = []) {
    self.inForce = Guard.normal(inForce)
    self.notInForce = Guard.normal(notInForce)
  }

  /// Every moment.
  package static let always = Guard()

  /// Whether it is every moment.
  package var isAlways: Bool { inForce.isEmpty && notInForce.isEmpty }

  /// Moments that are in both; whether there are any is for `Moments` to say.
  package func and(_ other: Guard) -> Guard {
    if isAlways { return other }
    if other.isAlways { return self }
    return Guard(
      inForce: inForce + other.inForce, notInForce: notInForce + other.notInForce)
  }

  /// Whether it holds when exactly these steps are in force.
  package func holds(at moment: StepSet) -> Bool {
    inForce.allSatisfy(moment.contains) && !notInForce.contains(where: moment.contains)
  }

  private static func normal(_ steps: [StepID]) -> [StepID] {
    if steps.count < 2 { return steps }
    var out: [StepID] = []
    for step in steps.sorted() where out.last != step { out.append(step) }
    return out
  }
}

/// A set of steps of one plan.
package struct StepSet: Hashable, Sendable {
  private var words: [UInt64]

  /// The empty set, for plans of so many steps.
  package init(capacity: Int) { words = Array(repeating: 0, count: (capacity + 63) / 64) }

  /// The set of the first `count` steps.
  package init(first count: Int, capacity: Int) {
    self.init(capacity: capacity)
    for index in 0..<count { insert(StepID(index)) }
  }

  /// Whether a step is in it; a step that the plan does not have is not.
  package func contains(_ step: StepID) -> Bool {
    let word = step.index >> 6
    return words.indices.contains(word) && words[word] >> UInt64(step.index & 63) & 1 == 1
  }

  /// Puts a step in.
  package mutating func insert(_ step: StepID) {
    words[step.index >> 6] |= 1 << UInt64(step.index & 63)
  }

  /// Puts another set of the same plan in.
  package mutating func formUnion(_ other: StepSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Its steps in ascending order.
  package var steps: [StepID] {
    words.indices.flatMap { word in
      (0..<64).compactMap { bit in
        words[word] >> UInt64(bit) & 1 == 1 ? StepID(word * 64 + bit) : nil
      }
    }
  }
}
