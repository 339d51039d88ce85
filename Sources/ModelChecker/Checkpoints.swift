/// When a search writes down how far it is, and where it goes on.
package struct Checkpoints {
  /// A checkpoint is written after the first level that ends with so many more states.
  package let every: Int
  /// Takes the bytes of a checkpoint; only the latest is needed.
  package let write: ([UInt8]) -> Void
  /// The bytes of the checkpoint at which to go on; nil to begin at the beginning.
  package let resume: [UInt8]?

  /// Makes a plan.
  package init(
    every: Int, resume: [UInt8]? = nil, write: @escaping ([UInt8]) -> Void = { _ in }
  ) {
    self.every = every
    self.resume = resume
    self.write = write
  }
}

/// Numbers as eight bytes each.
private struct NumberWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }
}

/// Reads what `NumberWriter` wrote; after the end, and for ever after, nothing.
private struct NumberReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func word() -> UInt64? {
    guard offset + 8 <= bytes.count else { return nil }
    defer { offset += 8 }
    return (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  mutating func number() -> Int? { word().map { Int(Int64(bitPattern: $0)) } }

  /// How many words are left.
  var rest: Int { (bytes.count - offset) / 8 }
}

extension Search {
  /// What tells checkpoints of one system from those of another: its initial states, claims and
  /// kinds of actions.
  private var identity: [UInt64] {
    var sum = Fingerprint(of: Array(system.reduction.rawValue.utf8))
    let texts = properties.map(\.name) + System.Action.kinds
    for print in texts.map({ Fingerprint(of: Array($0.utf8)) })
      + system.initialStates.map({ Fingerprint(of: $0) })
    {
      sum = Fingerprint(
        high: (sum.high &* 31) ^ print.high, low: (sum.low &* 31) &+ print.low)
    }
    return [0x6675_6775_6563_6B31, sum.high, sum.low]
  }

  /// How far the search is, between two levels: the fingerprints of all states seen, from where
  /// each was reached, which of them wait, and the counts. Waiting states themselves are not in it.
  var checkpoint: [UInt8] {
    var out = NumberWriter()
    for word in identity { out.write(word) }
    for count in [distinct, counts.generated, counts.depth, counts.terminal, asymmetric] + taken {
      out.write(count)
    }
    for decision in decided { out.write(decision.map { Int($0.state) } ?? -1) }
    for shard in shards {
      shard.use { shard in
        out.write(shard.count)
        for place in 0..<shard.count {
          let print = shard.fingerprint(place)
          out.write(print.high)
          out.write(print.low)
          out.write(Int(shard.predecessor(place)))
        }
      }
    }
    if system.reduction == .partialOrder {
      for number in delays.numbers { out.write(number) }
    }
    let numbers = waiting.flatMap(\.numbers)
    out.write(numbers.count)
    for number in numbers { out.write(Int(number)) }
    return out.bytes
  }

  /// Goes on where a checkpoint was written; false if it is none of this system.
  mutating func restore(from bytes: [UInt8]) -> Bool {
    var reader = NumberReader(bytes)
    for word in identity where reader.word() != word { return false }
    guard let distinct = reader.number(), let generated = reader.number(),
      let depth = reader.number(), let terminal = reader.number(),
      let asymmetric = reader.number()
    else { return false }
    self.asymmetric = asymmetric
    counts.generated = generated
    counts.depth = depth
    counts.terminal = terminal
    for kind in taken.indices { taken[kind] = reader.number() ?? 0 }
    for index in decided.indices {
      guard let state = reader.number() else { return false }
      if state < 0 { continue }
      let why = properties[index].kind == .sometimes ? "it happens here" : "it does not hold here"
      decided[index] = (Int32(clamping: state), why)
      isOpen &= ~(1 << UInt64(index))
    }
    guard restoreShards(&reader), shards.reduce(0, { $0 + $1.use(\.count) }) == distinct else {
      return false
    }
    if system.reduction == .partialOrder {
      guard let delays = Delays(reading: { reader.number() }, isSeen: isSeen) else { return false }
      self.delays = delays
    }
    guard let count = reader.number(), count >= 0, count == reader.rest
    else { return false }
    self.distinct = distinct
    var numbers: [Int32] = []
    for _ in 0..<count {
      guard let number = reader.number(), isSeen(number) else { return false }
      numbers.append(Int32(number))
    }
    return regenerate(numbers)
  }

  private func isSeen(_ number: Int) -> Bool {
    number >= 0
      && shards[number % Mail.shards].use { number / Mail.shards < $0.count }
  }

  private func restoreShards(_ reader: inout NumberReader) -> Bool {
    for index in shards.indices {
      guard let count = reader.number(), count >= 0, count <= reader.rest / 3 else { return false }
      var entries = FingerprintShard()
      for _ in 0..<count {
        guard let high = reader.word(), let low = reader.word(), let from = reader.number()
        else { return false }
        let print = Fingerprint(high: high, low: low)
        guard Int(truncatingIfNeeded: high) & (Mail.shards - 1) == index,
          entries.number(of: print, from: Int32(clamping: from)).isNew
        else { return false }
      }
      shards[index].use { $0 = entries }
    }
    return true
  }

  /// Makes the waiting states again, by taking again the steps that led to them.
  mutating func regenerate(_ waiting: [Int32]) -> Bool {
    var isWanted: Set<Int32> = []
    for number in waiting {
      var at = number
      while at >= 0, isSeen(Int(at)), isWanted.insert(at).inserted { at = predecessor(at) }
    }
    let goals = Set(waiting)
    var states: [Int32: System.State] = [:]
    var open: [(number: Int32, state: System.State)] = []
    for (place, state) in system.initialStates.enumerated() {
      let print = Fingerprint(of: system.representative(of: state))
      if let number = number(of: print), isWanted.contains(number),
        predecessor(number) == -1 - Int32(place)
      {
        open.append((number, state))
      }
    }
    while let (number, state) = open.popLast() {
      if goals.contains(number) {
        states[number] = state
        continue
      }
      for action in system.actions(in: state) {
        guard let next = system.next(state, action), system.isInScope(next),
          let to = self.number(of: Fingerprint(of: system.representative(of: next))),
          predecessor(to) == number, isWanted.remove(to) != nil
        else { continue }
        open.append((to, next))
      }
    }
    for number in waiting {
      guard let state = states[number] else { return false }
      var piece = Piece<System.State>()
      piece.append(state, fingerprint(number), number)
      queue(&piece)
    }
    return true
  }
}
