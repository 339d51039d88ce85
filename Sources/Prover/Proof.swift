package import Certificates
package import CloudModel
package import Plans

/// What the prover says of a plan.
package struct Proof: Hashable, Codable, Sendable {
  /// One for each invariant, in their order.
  package var verdicts: [InvariantVerdict]
  /// The certificate; nil unless every invariant is proved.
  package var certificate: Certificate?

  /// Makes a proof.
  package init(verdicts: [InvariantVerdict], certificate: Certificate?) {
    self.verdicts = verdicts
    self.certificate = certificate
  }
}

/// An invariant and what came of it.
package struct InvariantVerdict: Hashable, Codable, Sendable {
  /// What was to be shown.
  package var invariant: Invariant
  /// What came of it.
  package var verdict: Verdict

  /// Makes a verdict on an invariant.
  package init(invariant: Invariant, verdict: Verdict) {
    self.invariant = invariant
    self.verdict = verdict
  }
}

/// Three-valued: unknown is never safe.
package enum Verdict: Hashable, Codable, Sendable {
  /// It holds at every moment. The sentences, mostly none, are worth an alert: a flow that was
  /// open before and that the plan closes.
  case proved([String])
  /// It does not hold.
  case refuted(Counterexample)
  /// It could not be decided; a sentence why.
  case unknown(String)
}

/// How an invariant fails, in a form that people can follow and the packet walker can replay.
package struct Counterexample: Hashable, Codable, Sendable {
  /// One sentence.
  package var summary: String
  /// The packet, for claims about the network; the least one in order of source, destination,
  /// protocol, source port, destination port.
  package var packet: PacketHeader?
  /// Hop by hop (for a policy: statement by statement).
  package var path: [Hop]
  /// The smallest set of steps that have to be in force; empty where it fails before the plan.
  package var inForce: [StepID]
  /// The step after which it fails when the plan is carried out in list order; nil where it fails
  /// before the plan, or only in another order.
  package var openAfter: StepID?
  /// Whether it also fails when the whole plan has been carried out.
  package var failsInTheEnd: Bool
  /// Steps of which one would have kept it from failing at that moment, had it been in force.
  package var closedBy: [StepID]
  /// Edges that, added to the plan, would make every moment safe; empty where none would.
  package var wayOut: [PlanEdge]

  /// Makes a counterexample.
  package init(
    summary: String, packet: PacketHeader?, path: [Hop], inForce: [StepID], openAfter: StepID?,
    failsInTheEnd: Bool, closedBy: [StepID], wayOut: [PlanEdge]
  ) {
    self.summary = summary
    self.packet = packet
    self.path = path
    self.inForce = inForce
    self.openAfter = openAfter
    self.failsInTheEnd = failsInTheEnd
    self.closedBy = closedBy
    self.wayOut = wayOut
  }
}

/// One station of a counterexample.
package struct Hop: Hashable, Codable, Sendable {
  /// What stands there and what it does, in a few words.
  package var text: String
  /// Where it was written; nil for what AWS has by itself and for what is not in the plan.
  package var origin: Origin?
  /// The step that brings it; nil where it was there before.
  package var step: StepID?
  /// Whether it is this hop that opens the way (or, for `always`, that closes it).
  package var isDecisive: Bool

  /// Makes a hop.
  package init(text: String, origin: Origin?, step: StepID?, isDecisive: Bool) {
    self.text = text
    self.origin = origin
    self.step = step
    self.isDecisive = isDecisive
  }
}

/// A packet's header as it leaves its sender.
package struct PacketHeader: Hashable, Codable, Sendable {
  /// The sender's address.
  package var source: IPv4Address
  /// The receiver's address; for an instance seen from the internet its public one.
  package var destination: IPv4Address
  /// The protocol's number.
  package var transport: UInt8
  /// 0 for protocols without ports.
  package var sourcePort: UInt16
  /// 0 for protocols without ports; for ICMP type · 256 + code.
  package var destinationPort: UInt16
  /// The instance that sends it; nil for the internet.
  package var sender: String?
  /// The instance that is to get it; nil for the internet.
  package var receiver: String?

  /// Makes a header.
  package init(
    source: IPv4Address, destination: IPv4Address, transport: UInt8, sourcePort: UInt16,
    destinationPort: UInt16, sender: String?, receiver: String?
  ) {
    self.source = source
    self.destination = destination
    self.transport = transport
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sender = sender
    self.receiver = receiver
  }
}
