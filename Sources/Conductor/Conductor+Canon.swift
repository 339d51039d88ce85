package import Canon
import Certificates
import CloudModel
import CloudSemantics
import Determinism
import Journal
import Planners
import Plans

extension Conductor: CanonicalEncodable {
  /// The whole state but its settings, which never change: what the model checker tells states
  /// apart by. Blueprints count by their composition's digest.
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(now)
    encoder.write(ledger.incarnation)
    encoder.write(nextAttempt)
    encoder.write(nextRequest)
    encoder.write(turns)
    encoder.write(leasedUntil)
    encoder.write(isAskingForLease)
    encoder.write(isDeposed)
    encoder.write(ledger.processes) { $0.encode(into: &$1) }
    encoder.write(ledger.open.keys.sorted()) { attempt, encoder in
      encoder.write(attempt)
      encoder.write(ledger.open[attempt]?.process ?? 0)
      encoder.write(ledger.open[attempt]?.run ?? 0)
      encoder.write(ledger.open[attempt]?.step ?? 0)
    }
    encoder.write(waiting.keys.sorted()) { attempt, encoder in
      encoder.write(attempt)
      encoder.write(waiting[attempt].map { "\($0)" } ?? "")
    }
    encoder.write(activities) { $0.encode(into: &$1) }
  }
}

extension Activity {
  fileprivate func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(phase.rawValue)
    encoder.write(resumeAt)
    encoder.write(cause)
    encoder.write(look?.fingerprint)
    encoder.write(inventory.map { Digest(of: Array(jsonText($0).utf8)) })
    encoder.write(seenAt)
    encoder.write(request.map { $0.serial })
    encoder.write(plan.map(\.digest))
    encoder.write(certificate.map(\.digest))
    encoder.write(premises != nil)
    encoder.write(freshUntil)
    encoder.write(isSuspicious)
    encoder.write(stopping)
    encoder.write(pollAt)
    encoder.write(pollPause)
    encoder.write(troubles)
    encoder.write(complaints)
    encoder.write(armed)
    encoder.write(queue != nil)
    queue?.encode(into: &encoder)
  }
}

extension Look {
  fileprivate var fingerprint: String {
    let open = underWay.map(\.name).sorted()
    let again = retries.map { "\($0.key.name) \($0.value)" }.sorted()
    let parts = [
      "\(purpose) \(serial) \(startedAt.milliseconds) \(failures)", jsonText(survey),
      account.map { jsonText($0) } ?? "",
    ]
    return (parts + open + again).joined(separator: "\n")
  }
}

/// A value as JSON; empty for one without a JSON form, which none of the kernel's is.
func jsonText(_ value: some Encodable) -> String {
  do { return try JSON(encoding: value).text() } catch { return "" }
}
