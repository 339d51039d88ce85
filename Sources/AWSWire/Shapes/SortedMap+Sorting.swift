internal import Canon

extension SortedMap {
  /// A map of pairs in any order; a later pair replaces an earlier one of the same key. Unlike
  /// inserting one by one this stays fast where hostile bytes have many keys.
  init(sorting pairs: [(Key, Value)]) {
    if pairs.count < 16 {
      self.init(pairs)
      return
    }
    let order = pairs.indices.sorted {
      pairs[$0].0 == pairs[$1].0 ? $0 < $1 : pairs[$0].0 < pairs[$1].0
    }
    var keys: [Key] = []
    var values: [Value] = []
    for place in order {
      if keys.last == pairs[place].0 {
        values[values.count - 1] = pairs[place].1
      } else {
        keys.append(pairs[place].0)
        values.append(pairs[place].1)
      }
    }
    self.init(ascending: keys, values)
  }
}
