package import Canon

/// The seed of a run: the only thing that two equal histories need to share.
package struct Seed: Hashable, Sendable {
  /// The number a user gives with `--seed`.
  package let number: UInt64

  /// Makes a seed.
  package init(_ number: UInt64) { self.number = number }

  /// An independent seed for a part of the system, by its name. Drawing from one part never moves
  /// another's numbers.
  package func split(_ name: String) -> Seed {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ number
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Seed(mixed(hash))
  }
}

/// A stream of random numbers: SplitMix64, the same on any machine.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct RandomSource: RandomNumberGenerator, Hashable, Codable, Sendable {
  /// The generator's whole state, so that a stream can be stored and taken up again.
  package private(set) var state: UInt64

  /// Starts a stream.
  package init(_ seed: Seed) { state = seed.number }

  /// Takes a stored stream up again.
  package init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }

  /// A number from 0 up to, not including, `bound`, which must be positive.
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound is positive")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Whether an event of this probability, in parts per million, happens.
  package mutating func chance(partsPerMillion: Int) -> Bool {
    below(1_000_000) < partsPerMillion
  }

  /// A span from `low` to `high`, both included.
  package mutating func span(from low: TimeSpan, to high: TimeSpan) -> TimeSpan {
    let width = Int(high.milliseconds - low.milliseconds) + 1
    return TimeSpan(milliseconds: low.milliseconds + Int64(below(max(1, width))))
  }
}

extension RandomSource: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(unsigned: state) }
}

private func mixed(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
