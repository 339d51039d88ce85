import Canon
import CloudModel
import Determinism

/// Chance, and the record of what came of it.
extension SimulatedCloud {
  /// What becomes of a request on its way; nil where all goes well.
  mutating func drawFate(_ call: Call) -> FaultKind? {
    for kind in [FaultKind.lostRequest, .lostReply, .lateReply, .duplicate] {
      let rate = faults.rate(of: kind, at: now, service: call.service)
      if streams.faults.chance(partsPerMillion: rate) {
        count(kind)
        return kind
      }
    }
    return nil
  }

  /// Whether a fault strikes a call.
  mutating func fires(_ kind: FaultKind, _ call: Call) -> Bool {
    let rate = faults.rate(of: kind, at: now, service: call.service)
    guard streams.faults.chance(partsPerMillion: rate) else { return false }
    count(kind)
    return true
  }

  /// Counts a fault that has fired.
  mutating func count(_ kind: FaultKind) { fired[kind, default: 0] += 1 }

  /// The time of half a way.
  mutating func drawLatency() -> TimeSpan {
    let span = streams.latency.span(from: faults.leastLatency, to: faults.mostLatency)
    return streams.latency.below(50) == 0 ? span * Int64(2 + streams.latency.below(9)) : span
  }

  /// Puts something before the account that is going to happen.
  mutating func push(_ happening: Happening, at time: Instant) {
    delta?.pushed.append(
      Delta.Pending(time: time, sequence: queue.nextSequence, happening: happening))
    queue.push(happening, at: time)
  }

  /// Adds to the history's digest.
  mutating func fold(_ tag: UInt8, _ id: CallID, _ body: (inout CanonicalEncoder) -> Void) {
    var encoder = CanonicalEncoder()
    encoder.write(history)
    encoder.tag(tag)
    encoder.write(now)
    encoder.write(id.text)
    body(&encoder)
    history = Digest(of: encoder.bytes)
  }
}
