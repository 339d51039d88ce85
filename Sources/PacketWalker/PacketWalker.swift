package import CloudModel

/// Follows one packet through an account, filter by filter, as AWS would treat it.
///
/// It is the witness against the prover: written from AWS's documentation alone, on the same
/// account state, the slow and plain way. It takes part in no proof; a counterexample that does not
/// walk is none.
///
/// The rules: security groups allow only, their rules add up, and a reference to a group means the
/// private addresses of its members in the same VPC (none after an instance forwarded the packet).
/// Network ACLs decide by the first entry that matches, and only where a packet crosses a
/// subnet's border. The longest prefix decides among routes. An internet gateway maps private
/// to public addresses one to one, and drops private ranges. Instances count as present unless
/// terminated.
///
/// Source: Amazon VPC User Guide, "Route tables", "Internet gateways", "Control subnet traffic with
/// network access control lists"; Amazon EC2 User Guide, "Security groups".
///
/// - Parameters:
///   - packet: As the sender puts it on the wire: from the internet the destination is a public
///     address, from an instance the source is its private one.
///   - sender: Where it is sent.
///   - account: The network, at one moment.
package func walk(_ packet: Packet, from sender: Station, in account: AccountState) -> Walk {
  follow(packet, from: sender, in: account, tracked: []).walk
}

/// Follows a packet and, if it arrives, the answer back to the sender. The answer passes security
/// groups that let the packet pass, whatever their rules, but network ACLs and routes treat it
/// like any other packet.
package func walkBothWays(
  _ packet: Packet, from sender: Station, in account: AccountState
) -> RoundTrip {
  let forward = follow(packet, from: sender, in: account, tracked: [])
  guard case .delivered(let receiver, let received) = forward.walk.outcome else {
    return RoundTrip(forward: forward.walk, back: nil, isComplete: false)
  }
  guard let answer = received.answer else {
    return RoundTrip(forward: forward.walk, back: nil, isComplete: true)
  }
  let back = follow(answer, from: receiver, in: account, tracked: forward.seen).walk
  // The sender takes the answer only if it comes from where the packet went.
  let isComplete = back.outcome == .delivered(to: sender, expectedAnswer(to: packet))
  return RoundTrip(forward: forward.walk, back: back, isComplete: isComplete)
}

private func expectedAnswer(to packet: Packet) -> Packet { packet.answer ?? packet }

private func follow(
  _ packet: Packet, from sender: Station, in account: AccountState, tracked: Set<String>
) -> (walk: Walk, seen: Set<String>) {
  var journey = Journey(packet, in: account, tracked: tracked)
  let outcome: Walk.Outcome
  do throws(Drop) {
    let receiver = try journey.run(from: sender)
    outcome = .delivered(to: receiver, journey.packet)
  } catch {
    outcome = .dropped(error)
  }
  return (Walk(hops: journey.hops, outcome: outcome), journey.seen)
}
