package import Canon
import Certificates
import CloudModel
import CloudSemantics
import Determinism
import Journal
import Planners
import Plans

extension Conductor: CanonicalEncodable {
  /// The whole state but its settings, which never change. Kernels that differ have different
  /// bytes: every field is written but those that follow from others (indices, what a run's queue
  /// has of its plan, premises of plan and baseline), and what is large stands by its SHA-256.
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(now)
    encoder.write(ledger.incarnation)
    encoder.write(nextAttempt)
    encoder.write(nextRequest)
    encoder.write(turns)
    encoder.write(leasedUntil)
    encoder.write(isAskingForLease)
    encoder.write(isDeposed)
    encoder.write(ledger.processes)
    encoder.write(ledger.open.sorted { $0.key < $1.key }) { call, encoder in
      encoder.write(call.key)
      encoder.write(call.value.process)
      encoder.write(call.value.run)
      encoder.write(call.value.step)
    }
    encoder.write(waiting.sorted { $0.key < $1.key }) { call, encoder in
      encoder.write(call.key)
      call.value.encode(into: &encoder)
    }
    encoder.write(activities) { $0.encode(into: &$1) }
  }
}

extension Conductor.Waiting {
  fileprivate func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .step(let process, let run, let step):
      encoder.tag(0)
      encoder.write([process, run, step])
    case .read(let process, let look, .survey(let number)):
      encoder.tag(1)
      encoder.write([process, look, number])
    case .read(let process, let look, .account(let number)):
      encoder.tag(2)
      encoder.write([process, look, number])
    }
  }
}

extension Activity {
  fileprivate func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(phase.rawValue)
    encoder.write(resumeAt)
    encoder.write(cause)
    encoder.write(isLooking)
    look?.encode(into: &encoder)
    encoder.write(inventory.map { Digest(ofJSON: $0) })
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
    encoder.write(isRunning)
    queue?.encode(into: &encoder)
  }
}

extension Look {
  fileprivate func encode(into encoder: inout CanonicalEncoder) {
    switch purpose {
    case .whole: encoder.tag(0)
    case .recheck: encoder.tag(1)
    case .poll: encoder.tag(2)
    case .premises: encoder.tag(3)
    }
    encoder.write(serial)
    encoder.write(startedAt)
    encoder.write(Digest(ofJSON: survey))
    encoder.write(account.map { Digest(ofJSON: $0) })
    encoder.write(surveyReads)
    encoder.write(accountReads)
    encoder.write(underWay)
    encoder.write(failures)
  }
}
