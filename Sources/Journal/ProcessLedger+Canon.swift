package import Canon
import CloudModel
import Determinism
import Plans

extension ProcessLedger: CanonicalEncodable {
  /// Everything but the text of what is declared, which counts by its composition's digest.
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(alias)
    encoder.write(blueprint.composition)
    encoder.write(generation)
    encoder.write(isKilling)
    encoder.write(retired.keys.sorted())
    encoder.write(protected.sorted())
    encoder.write(approvals.coversData)
    encoder.write(approvals.addresses)
    encoder.write("\(standing)")
    encoder.write(runCount)
    encoder.write(rounds)
    encoder.write(known.keys.sorted()) { address, encoder in
      encoder.write(address)
      encoder.write(known[address] ?? [:])
    }
    encoder.write(present.sorted())
    encoder.write(changedAt.sorted { $0.key < $1.key }) { entry, encoder in
      encoder.write(entry.key.address)
      encoder.write(entry.key.verb.rawValue)
      encoder.write(entry.key.name)
      encoder.write(entry.value)
    }
    encoder.write(contests.sorted { $0.key < $1.key }) { entry, encoder in
      encoder.write(entry.key.address)
      encoder.write(entry.key.verb.rawValue)
      encoder.write(entry.key.name)
      encoder.write(entry.value.times)
      encoder.write(entry.value.latest)
    }
    encoder.write(quietAfter)
    encoder.write(accountID)
    encoder.write(region)
    encoder.write(run?.digest)
    encoder.write(run?.steps ?? []) { step, encoder in
      encoder.write("\(step.state)")
      encoder.write(step.tries)
      encoder.write(step.quietAfter)
    }
  }
}

extension ProcessLedger.Part: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    (a.address, a.verb.rawValue, a.name) < (b.address, b.verb.rawValue, b.name)
  }
}
