import Canon

/// What clients of a register have asked and been told: each writes a value of its own, then reads.
///
/// A read remembers how many operations of every other client were over when it began; that is
/// all that the order in real time says.
struct RegisterHistory: Hashable, Sendable {
  /// Per client how many operations are over: 0 while it writes, 1 while it reads, 2 then.
  private(set) var completed: [UInt8]
  /// Per client, two bits a client: how many of that one's operations were over when it began to
  /// read.
  private var seen: [UInt8]
  /// Per client what it read: 0 for nothing, else one more than the number of who wrote it.
  private var read: [UInt8]

  /// All clients have begun to write.
  init(clients: Int) {
    completed = Array(repeating: 0, count: clients)
    seen = completed
    read = completed
  }

  /// A client's write is over, and it begins to read.
  mutating func finishWrite(of client: Int) {
    completed[client] = 1
    for (other, count) in completed.enumerated() where other != client {
      seen[client] |= count << UInt8(2 * other)
    }
  }

  /// A client's read is over.
  mutating func finishRead(of client: Int, value: UInt8) {
    completed[client] = 2
    read[client] = value
  }

  /// Whether all operations can be put into one order that keeps to real time, in which each read
  /// gives what was written last.
  var isLinearizable: Bool {
    if !completed.contains(2) { return true }
    return isOrderable(Array(repeating: 0, count: completed.count), value: 0)
  }

  private func isOrderable(_ done: [UInt8], value: UInt8) -> Bool {
    if zip(done, completed).allSatisfy({ $0 >= $1 }) { return true }
    for client in done.indices {
      var next = done
      next[client] += 1
      if done[client] == 0 {
        if isOrderable(next, value: UInt8(client + 1)) { return true }
      } else if done[client] == 1, completed[client] == 2, read[client] == value,
        done.indices.allSatisfy({ $0 == client || done[$0] >= seen[client] >> UInt8(2 * $0) & 3 }),
        isOrderable(next, value: value)
      {
        return true
      }
    }
    return false
  }

  /// Writes canonical bytes.
  func encode(into encoder: inout CanonicalEncoder) {
    for client in completed.indices {
      encoder.tag(completed[client])
      encoder.tag(seen[client])
      encoder.tag(read[client])
    }
  }
}

extension RegisterHistory: CustomStringConvertible {
  var description: String {
    completed.indices.map { client in
      switch completed[client] {
      case 0: "client \(client) writes"
      case 1: "client \(client) reads"
      default: "client \(client) has read \(read[client])"
      }
    }.joined(separator: ", ")
  }
}
