/// Fingerprints with the numbers of their states: open addressing with linear probing, at most half
/// full, so that a look-up touches one or two places.
struct FingerprintTable {
  private var keys: [Fingerprint]
  /// State numbers; -1 marks an empty place.
  private var numbers: [Int32]
  private(set) var count = 0

  /// An empty table.
  init() {
    keys = Array(repeating: Fingerprint(of: []), count: 1024)
    numbers = Array(repeating: -1, count: 1024)
  }

  /// The number of a fingerprint's state; a new fingerprint gets the next number.
  mutating func number(of key: Fingerprint) -> (number: Int32, isNew: Bool) {
    let place = self.place(of: key)
    if numbers[place] >= 0 { return (numbers[place], false) }
    let number = Int32(count)
    keys[place] = key
    numbers[place] = number
    count += 1
    if count * 2 > keys.count { grow() }
    return (number, true)
  }

  private func place(of key: Fingerprint) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key.low) & mask
    while numbers[place] >= 0, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = Array(repeating: Fingerprint(of: []), count: oldKeys.count * 2)
    numbers = Array(repeating: -1, count: oldKeys.count * 2)
    for (key, number) in zip(oldKeys, oldNumbers) where number >= 0 {
      let place = self.place(of: key)
      keys[place] = key
      numbers[place] = number
    }
  }
}
