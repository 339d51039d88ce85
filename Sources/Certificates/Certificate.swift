package import Canon
package import CloudModel
package import Plans

/// What carries a proof: that a plan keeps its invariants at every moment, from one baseline. It
/// is believed only as far as `CertificateChecker` re-checks it.
package struct Certificate: Hashable, Codable, Sendable {
  /// The form's version; 1.
  package var version: Int
  /// Digest of the plan it is for.
  package var plan: Digest
  /// Digest of the invariants it is for, in their order.
  package var invariants: Digest
  /// Digest of what it assumes of the account before the plan (`AccountState.proofDigest`).
  package var baseline: Digest
  /// What convinces the checker, one for each invariant in their order.
  package var arguments: [Argument]

  /// Makes a certificate.
  package init(plan: Digest, invariants: Digest, baseline: Digest, arguments: [Argument]) {
    self.version = 1
    self.plan = plan
    self.invariants = invariants
    self.baseline = baseline
    self.arguments = arguments
  }

  /// Names the certificate.
  package var digest: Digest { Digest(of: self) }

  /// Names a list of invariants; where they are stated has no part in it.
  package static func digest(of invariants: [Invariant]) -> Digest {
    var encoder = CanonicalEncoder()
    encoder.write("fugue.invariants.1")
    encoder.write(invariants)
    return Digest(of: encoder.bytes)
  }
}

/// Why one invariant holds.
package enum Argument: Hashable, Codable, Sendable {
  /// For what must not flow: a separator for each flow that the claim forbids and that gets past
  /// its first filter, in order of the flow's name. A flow that is not named is stopped by its
  /// first filter.
  case separators([Separator])
  /// The checker evaluates the claim by itself: at the end and, where it held, meanwhile.
  case evaluated
}

/// For one flow, what may stand behind each of its filters at any moment. It is inductive: the
/// flow's packets are in the first, and what a filter lets through of one is in the next.
package struct Separator: Hashable, Codable, Sendable {
  /// The flow's name: sender, receiver and way.
  package var flow: String
  /// Packets behind each filter, in the flow's order, as far as there are any. Those behind the
  /// last filter, if it comes to that, must have been open in the baseline already.
  package var behind: [[GuardedBox]]

  /// Makes a separator.
  package init(flow: String, behind: [[GuardedBox]]) {
    self.flow = flow
    self.behind = behind
  }
}

/// Packet headers that are possible at some moments.
package struct GuardedBox: Hashable, Codable, Sendable {
  /// Steps that are in force at those moments.
  package var inForce: [StepID]
  /// Steps that are not.
  package var notInForce: [StepID]
  /// The headers.
  package var box: PacketBox

  /// Makes a guarded box.
  package init(inForce: [StepID], notInForce: [StepID], box: PacketBox) {
    self.inForce = inForce
    self.notInForce = notInForce
    self.box = box
  }
}

/// A set of packet headers: an interval in each field, both ends included. Of protocols without
/// ports, the ports are 0; of ICMP the destination port is type · 256 + code.
package struct PacketBox: Hashable, Codable, Sendable {
  /// Source addresses.
  package var source: ClosedRange<UInt32>
  /// Destination addresses.
  package var destination: ClosedRange<UInt32>
  /// Protocol numbers.
  package var transport: ClosedRange<UInt8>
  /// Source ports.
  package var sourcePorts: ClosedRange<UInt16>
  /// Destination ports.
  package var destinationPorts: ClosedRange<UInt16>

  /// Makes a box.
  package init(
    source: ClosedRange<UInt32>, destination: ClosedRange<UInt32>,
    transport: ClosedRange<UInt8>, sourcePorts: ClosedRange<UInt16>,
    destinationPorts: ClosedRange<UInt16>
  ) {
    self.source = source
    self.destination = destination
    self.transport = transport
    self.sourcePorts = sourcePorts
    self.destinationPorts = destinationPorts
  }
}
