/// A part of the states that have been seen: their fingerprints, and from which state each was
/// reached first.
///
/// Twenty bytes an entry, in chunks, and beside them an open-addressing table of entry numbers, at
/// most 7/10 full: never more than 31.5 bytes a state, chunks not yet full aside. A place of the
/// table holds five bits of the fingerprint, too, so that most collisions are seen without looking
/// at the entry.
struct FingerprintShard: Sendable {
  /// A state that was seen. Lanes are cut in halves, so that an entry needs no padding.
  private struct Entry {
    let high: (UInt32, UInt32)
    let low: (UInt32, UInt32)
    /// The predecessor's number over all shards; for an initial state -1 - its place.
    let predecessor: Int32

    init(_ print: Fingerprint, _ predecessor: Int32) {
      high = (UInt32(truncatingIfNeeded: print.high >> 32), UInt32(truncatingIfNeeded: print.high))
      low = (UInt32(truncatingIfNeeded: print.low >> 32), UInt32(truncatingIfNeeded: print.low))
      self.predecessor = predecessor
    }

    var print: Fingerprint {
      Fingerprint(
        high: UInt64(high.0) << 32 | UInt64(high.1), low: UInt64(low.0) << 32 | UInt64(low.1))
    }
  }

  /// Entries a chunk.
  private static let chunk = 4096
  /// Bits of a place that hold the entry's number, plus one; 0 is an empty place.
  private static let numberBits: UInt32 = 27
  /// The most states that a shard has room for.
  static let capacity = Int(1 << numberBits) - 2

  private var entries: [[Entry]] = []
  private var places: [UInt32]
  private(set) var count = 0

  /// An empty shard.
  init() { places = Array(repeating: 0, count: 512) }

  /// Bytes that are kept.
  var bytesKept: Int {
    entries.count * Self.chunk * MemoryLayout<Entry>.stride + places.count * 4
  }

  /// The fingerprint of an entry.
  func fingerprint(_ number: Int) -> Fingerprint { entry(number).print }

  /// From which state it was reached first.
  func predecessor(_ number: Int) -> Int32 { entry(number).predecessor }

  /// The number of a fingerprint's entry; a new fingerprint gets the next number.
  mutating func number(of print: Fingerprint, from predecessor: Int32) -> (number: Int, isNew: Bool)
  {
    let mask = places.count &- 1
    let tag = UInt32(truncatingIfNeeded: print.high) & ~(1 << Self.numberBits &- 1)
    var place = Int(truncatingIfNeeded: print.low) & mask
    while places[place] != 0 {
      let held = places[place]
      if held & ~(1 << Self.numberBits &- 1) == tag {
        let number = Int(held & (1 << Self.numberBits &- 1)) &- 1
        if entry(number).print == print { return (number, false) }
      }
      place = (place &+ 1) & mask
    }
    precondition(count < Self.capacity, "a search has room for a thousand million states")
    let number = count
    places[place] = tag | UInt32(truncatingIfNeeded: number &+ 1)
    append(Entry(print, predecessor))
    if count &* 10 > places.count &* 7 { grow() }
    return (number, true)
  }

  /// The number of a fingerprint that was seen; nil for another.
  func find(_ print: Fingerprint) -> Int? {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: print.low) & mask
    while places[place] != 0 {
      let number = Int(places[place] & (1 << Self.numberBits - 1)) - 1
      if entry(number).print == print { return number }
      place = (place + 1) & mask
    }
    return nil
  }

  private func entry(_ number: Int) -> Entry {
    entries[number / Self.chunk][number % Self.chunk]
  }

  private mutating func append(_ entry: Entry) {
    if count % Self.chunk == 0 {
      entries.append([])
      entries[entries.count - 1].reserveCapacity(Self.chunk)
    }
    entries[count / Self.chunk].append(entry)
    count &+= 1
  }

  private mutating func grow() {
    let size = places.count * 2
    places = []
    places = Array(repeating: 0, count: size)
    let mask = size - 1
    for number in 0..<count {
      let print = entry(number).print
      var place = Int(truncatingIfNeeded: print.low) & mask
      while places[place] != 0 { place = (place &+ 1) & mask }
      let tag = UInt32(truncatingIfNeeded: print.high) & ~(1 << Self.numberBits &- 1)
      places[place] = tag | UInt32(truncatingIfNeeded: number &+ 1)
    }
  }
}
