import Canon
import Determinism

/// When each of some reads is asked for: they are numbered from 0 in the order in which they come
/// up, and each is asked for once in that order, and again after a reply that was of no use.
struct ReadSchedule: Hashable, Sendable {
  /// A read that had no usable reply.
  struct Repetition: Hashable, Sendable {
    /// How many replies were of no use.
    var tries: Int
    /// It is not asked for before.
    var notBefore: Instant
    /// Whether it has been asked for again, and its reply is waited for.
    var isUnderWay: Bool
  }

  /// All reads of smaller numbers have been asked for.
  private(set) var asked = 0
  /// Reads that had no usable reply so far, by number.
  private(set) var repetitions: SortedMap<Int, Repetition> = [:]

  /// Whether a read may be due, of so many that there are.
  func mayHaveDue(of count: Int) -> Bool { asked < count || !repetitions.isEmpty }

  /// Takes the reads that are due, in the order of their numbers, so many at most; they count as
  /// asked for.
  mutating func takeDue(of count: Int, at now: Instant, limit: Int) -> [Int] {
    var out: [Int] = []
    for (number, repetition) in repetitions
    where out.count < limit && !repetition.isUnderWay && repetition.notBefore <= now {
      repetitions[number]?.isUnderWay = true
      out.append(number)
    }
    let next = min(count, asked + max(0, limit - out.count))
    out += asked..<next
    asked = next
    return out
  }

  /// Notes that a reply was understood.
  mutating func finish(_ number: Int) {
    if !repetitions.isEmpty { repetitions[number] = nil }
  }

  /// Notes that a reply was of no use; gives how many were not.
  mutating func fail(_ number: Int) -> Int {
    let tries = (repetitions[number]?.tries ?? 0) + 1
    repetitions[number] = Repetition(tries: tries, notBefore: .zero, isUnderWay: true)
    return tries
  }

  /// Lets a read that failed be asked for again, not before a moment.
  mutating func pause(_ number: Int, until moment: Instant) {
    repetitions[number]?.notBefore = moment
    repetitions[number]?.isUnderWay = false
  }

  /// When the next repetition is due; nil when none waits.
  var nextRepetition: Instant? {
    repetitions.values.filter { !$0.isUnderWay }.map(\.notBefore).min()
  }
}

extension ReadSchedule: CanonicalEncodable {
  func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(asked)
    encoder.write(repetitions.keys)
    encoder.write(repetitions.values) { repetition, encoder in
      encoder.write(repetition.tries)
      encoder.write(repetition.notBefore)
      encoder.write(repetition.isUnderWay)
    }
  }
}
