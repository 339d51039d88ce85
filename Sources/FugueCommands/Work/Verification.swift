import Canon
import Certificates
import CloudModel
import Foundation
import PacketWalker
import Plans
import Prover

/// The proof of a draft, with the time that each invariant took.
struct Verification {
  /// What was proved, or not.
  let draft: Draft
  /// One for each invariant, in order of statement.
  private(set) var results: [Result] = []
  /// The certificate; nil unless everything is proved.
  let certificate: Certificate?

  /// A verdict and how it came.
  struct Result {
    /// The verdict.
    let verdict: InvariantVerdict
    /// How long deciding took.
    let milliseconds: Double
    /// What the packet walker said of the counterexample; nil where there is no packet.
    let replay: String?

    /// Whether it is proved.
    var isProved: Bool { if case .proved = verdict.verdict { true } else { false } }
  }

  /// Proves a draft's invariants at every moment of its plan.
  init(_ draft: Draft) {
    self.draft = draft
    var session = ProofSession(
      plan: draft.plan, baseline: draft.account, resources: draft.blueprint.resources)
    let clock = ContinuousClock()
    for invariant in draft.blueprint.invariants {
      let start = clock.now
      let verdict = session.decide(invariant)
      let (seconds, attoseconds) = (clock.now - start).components
      let milliseconds = Double(seconds) * 1e3 + Double(attoseconds) / 1e15
      results.append(
        Result(
          verdict: verdict, milliseconds: milliseconds, replay: Self.replay(verdict, session)))
    }
    certificate = session.proof.certificate
  }

  /// Whether every invariant is proved.
  var isProved: Bool { certificate != nil }

  /// How long deciding took in all.
  var milliseconds: Double { results.reduce(0) { $0 + $1.milliseconds } }

  /// What `--certificate` writes.
  var file: CertificateFile? {
    certificate.map {
      CertificateFile(
        plan: draft.plan, invariants: draft.blueprint.invariants, baseline: draft.account,
        certificate: $0)
    }
  }

  private static func replay(_ verdict: InvariantVerdict, _ session: ProofSession) -> String? {
    guard case .refuted(let counterexample) = verdict.verdict,
      let header = counterexample.packet, let account = session.account(at: counterexample)
    else { return nil }
    let sender = header.sender.map { Station.instance($0) } ?? .internet
    let receiver = header.receiver.map { Station.instance($0) } ?? .internet
    let trip = walkBothWays(Packet(header), from: sender, in: account)
    switch verdict.invariant.claim {
    case .always:
      return trip.isComplete && trip.forward.receiver == receiver
        ? "Replayed on the packet walker: it gets through there; this is a bug of ours."
        : "Replayed on the packet walker: lost as shown."
    case .never, .only, .forall, .nobodyOutside:
      return trip.forward.receiver == receiver
        ? "Replayed on the packet walker: reaches its target as shown."
        : "Replayed on the packet walker: does not reach its target; this is a bug of ours."
    }
  }
}

extension Packet {
  /// The packet of a counterexample.
  fileprivate init(_ header: PacketHeader) {
    let payload: Payload =
      switch header.transport {
      case 6: .tcp(source: header.sourcePort, destination: header.destinationPort)
      case 17: .udp(source: header.sourcePort, destination: header.destinationPort)
      case 1:
        .icmp(
          type: UInt8(header.destinationPort >> 8),
          code: UInt8(header.destinationPort & 255))
      case let number: .other(number)
      }
    self.init(source: header.source, destination: header.destination, payload: payload)
  }
}
