package import Canon
import Certificates
import CloudModel
import Determinism
import Plans

extension ProcessLedger: CanonicalEncodable {
  /// Everything but the text of what is declared, which counts by its composition's digest; what
  /// was declared before counts by the digest of its JSON.
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(alias)
    encoder.write(blueprint.composition)
    encoder.write(generation)
    encoder.write(isKilling)
    encoder.write(retired.sorted { $0.key < $1.key }) { resource, encoder in
      encoder.write(resource.key)
      encoder.write(resource.value) { $1.write(Digest(ofJSON: $0)) }
    }
    encoder.write(protected.sorted())
    encoder.write(approvals.coversData)
    encoder.write(approvals.addresses)
    encoder.write(standing)
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
      encoder.write(entry.value)
    }
    encoder.write(quietAfter)
    encoder.write(accountID)
    encoder.write(region)
    encoder.write(run?.digest)
    encoder.write(run?.certificate.digest)
    encoder.write(run?.beganAt)
    encoder.write(run?.steps ?? []) { step, encoder in
      encoder.write(step.state)
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

extension Standing: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .working: encoder.tag(0)
    case .steady(let at):
      encoder.tag(1)
      encoder.write(at)
    case .killed(let at):
      encoder.tag(2)
      encoder.write(at)
    case .blocked(let reason):
      encoder.tag(3)
      encoder.write(reason)
    }
  }
}

extension BlockReason: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    let (tag, texts): (UInt8, [String]) =
      switch self {
      case .approvalNeeded(let addresses): (0, addresses.map(\.text))
      case .refuted(let titles): (1, titles)
      case .notProved(let titles): (2, titles)
      case .notPlannable(let problems): (3, problems)
      case .identityChanged(let change): (4, [change])
      case .massVanishing(let addresses): (5, addresses.map(\.text))
      case .contested(let addresses): (6, addresses.map(\.text))
      case .failing(let failures): (7, failures)
      }
    encoder.tag(tag)
    encoder.write(texts)
  }
}

extension StepState: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .pending(let notBefore):
      encoder.tag(0)
      encoder.write(notBefore)
    case .intended(let attempt, let at):
      encoder.tag(1)
      encoder.write(attempt)
      encoder.write(at)
    case .inFlight(let attempt, let at):
      encoder.tag(2)
      encoder.write(attempt)
      encoder.write(at)
    case .acknowledged(let at):
      encoder.tag(3)
      encoder.write(at)
    case .settled(let at):
      encoder.tag(4)
      encoder.write(at)
    case .unknown(let attempt, let since, let deadline):
      encoder.tag(5)
      encoder.write(attempt)
      encoder.write(since)
      encoder.write(deadline)
    case .failed(let error):
      encoder.tag(6)
      encoder.write(error.code)
      encoder.write(error.message)
    }
  }
}
