extension EventQueue: Codable where Event: Codable {
  private enum CodingKeys: CodingKey { case times, sequences, events, nextSequence }

  /// Reads a queue; lists of unequal length are an error.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let times = try container.decode([Instant].self, forKey: .times)
    let sequences = try container.decode([UInt64].self, forKey: .sequences)
    let events = try container.decode([Event].self, forKey: .events)
    guard times.count == sequences.count, times.count == events.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .events, in: container, debugDescription: "the lists differ in length")
    }
    let entries = times.indices.map { (times[$0], sequences[$0], events[$0]) }
    self.init(
      entries: entries.map { (time: $0.0, sequence: $0.1, event: $0.2) },
      nextSequence: try container.decode(UInt64.self, forKey: .nextSequence))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let entries = entries
    try container.encode(entries.map(\.time), forKey: .times)
    try container.encode(entries.map(\.sequence), forKey: .sequences)
    try container.encode(entries.map(\.event), forKey: .events)
    try container.encode(nextSequence, forKey: .nextSequence)
  }
}
