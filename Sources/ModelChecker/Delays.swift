/// Which states were expanded by some of their actions alone, and where these lead.
///
/// What is put off in a state stays possible in those that it leads to, and is taken in the first
/// one that is expanded in full. So nothing is put off for ever if from each state of which only
/// some actions were taken such a one can be reached; where it cannot, one state of each part that
/// is never left is expanded in full after all.
///
/// Source: A. Valmari, "Stubborn sets for reduced state space generation", LNCS 483 (1991).
struct Delays {
  /// By a state's number: whether only some of its actions were taken.
  private var isDelayed: [Bool] = []
  /// Steps from these states.
  private var edges: [Edge] = []

  /// Whether nothing was put off.
  private(set) var isEmpty = true

  /// Takes in what came of states of which only some actions may have been taken.
  mutating func note(_ mail: Mail, of numbers: [Int32]) {
    if mail.reduced.isEmpty { return }
    isEmpty = false
    for place in mail.reduced {
      let number = Int(numbers[Int(place)])
      while isDelayed.count <= number { isDelayed.append(false) }
      isDelayed[number] = true
    }
    for (source, outcome) in zip(mail.sources, mail.outcomes) {
      let from = numbers[Int(source)]
      guard isDelayed(from) else { continue }
      edges.append(Edge(from: from, to: outcome < 0 ? -1 - outcome : outcome, taken: 0))
    }
  }

  private func isDelayed(_ number: Int32) -> Bool {
    Int(number) < isDelayed.count && isDelayed[Int(number)]
  }

  /// Whether states wait a second time, to be expanded in full.
  func areOver(for numbers: [Int32]) -> Bool {
    !over.isEmpty && numbers.contains(where: over.contains)
  }

  /// States that were chosen to be expanded in full.
  private var over: Set<Int32> = []

  /// When nothing waits any more: states that are to be expanded in full, so that nothing is put
  /// off for ever; none if nothing is.
  mutating func choose() -> [Int32] {
    let bound = edges.reduce(isDelayed.count) { max($0, Int($1.to) + 1) }
    let back = Neighbours(edges.map { ($0.to, $0.from, 0) }, bound: bound)
    var reaches = (0..<bound).map { !isDelayed(Int32($0)) }
    var open = reaches.indices.filter { reaches[$0] }.map { Int32($0) }
    while let state = open.popLast() {
      for index in back.range(of: state) where !reaches[Int(back.states[index])] {
        reaches[Int(back.states[index])] = true
        open.append(back.states[index])
      }
    }
    let stuck = reaches.indices.filter { !reaches[$0] }.map { Int32($0) }
    if stuck.isEmpty { return [] }
    let forward = Neighbours(edges.map { ($0.from, $0.to, 0) }, bound: bound)
    var finder = Components(forward, bound: bound)
    var chosen: [Int32] = []
    for part in finder.components(of: stuck) {
      let members = Set(part)
      let isLeft = part.contains { state in
        forward.range(of: state).contains { !members.contains(forward.states[$0]) }
      }
      if !isLeft, let first = part.min() { chosen.append(first) }
    }
    chosen.sort()
    for state in chosen { isDelayed[Int(state)] = false }
    over.formUnion(chosen)
    return chosen
  }

  /// As numbers, for a checkpoint.
  var numbers: [Int] {
    let delayed = isDelayed.indices.filter { isDelayed[$0] }
    return [delayed.count] + delayed + [edges.count] + edges.flatMap { [Int($0.from), Int($0.to)] }
  }

  /// What a checkpoint holds; nil if its numbers are none of states.
  init?(reading next: () -> Int?, isSeen: (Int) -> Bool) {
    guard let count = next(), count >= 0 else { return nil }
    for _ in 0..<count {
      guard let number = next(), isSeen(number) else { return nil }
      while isDelayed.count <= number { isDelayed.append(false) }
      isDelayed[number] = true
    }
    guard let steps = next(), steps >= 0 else { return nil }
    for _ in 0..<steps {
      guard let from = next(), let to = next(), isSeen(from), isSeen(to) else { return nil }
      edges.append(Edge(from: Int32(from), to: Int32(to), taken: 0))
    }
    isEmpty = count == 0
  }

  /// Nothing was put off.
  init() {}
}

extension Search {
  /// Lets states wait again that are to be expanded in full; false if nothing is put off for ever.
  mutating func resumeDelayed() -> Bool {
    if delays.isEmpty { return false }
    let chosen = delays.choose()
    if chosen.isEmpty { return false }
    if !regenerate(chosen) { counts.refusal = fickleness }
    return counts.refusal == nil
  }
}
