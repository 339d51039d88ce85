import CertificateChecker
import Certificates
import PlanEffects

/// Packets of a demanded flow that are lost, on the way there or back.
struct Loss {
  /// The packets as they were sent, and the moments at which they are lost.
  var lost: [Region]
  /// Whether it is the answers that are lost.
  var isAnswer: Bool
}

extension BoxEngine {
  /// What of a demanded flow is lost, at any moment of the engine's; nil where nothing is. A flow
  /// without packets is lost as a whole.
  func loss(of flow: Flow) -> Loss? {
    let there = index.stages(of: flow)
    let lost = lost(flow.start, there)
    if flow.start.isEmpty || !lost.isEmpty { return Loss(lost: lost, isAnswer: false) }
    let replies = flow.start.flatMap { answers(to: $0, flow) }
    let lostReplies = self.lost(replies, stagesBack(of: flow))
    return lostReplies.isEmpty && !replies.isEmpty ? nil : Loss(lost: lostReplies, isAnswer: true)
  }

  /// The stations of answers. Security groups let answers pass.
  func stagesBack(of flow: Flow) -> [Stage] {
    let reverse = Flow(sender: flow.receiver, receiver: flow.sender, way: flow.way, start: [])
    return index.stages(of: reverse).filter {
      switch $0 {
      case .leaving, .arriving: false
      case .leavingSubnet, .routedLocally, .routedOut, .comingIn, .enteringSubnet: true
      }
    }
  }

  private func lost(_ start: [Region], _ stages: [Stage]) -> [Region] {
    if stages.isEmpty { return [] }
    guard let behind = run(start, through: stages, isExact: true) else { return start }
    let arriving = behind.count == stages.count ? behind[behind.count - 1] : []
    var rest = start
    for beam in arriving where isWhole(beam) {
      rest = rest.flatMap { without(beam, $0) }
      if rest.count > 4000 { return rest }
    }
    return rest.filter { moments.arePossible($0.moments) }
  }

  /// Whether a beam holds for every address that a gateway may have put in.
  private func isWhole(_ beam: Beam) -> Bool {
    guard beam.sentSource != nil else { return true }
    return index.publicAddresses.values.contains { list in
      list.contains {
        beam.box.source.lowerBound == $0.content.lower
          && beam.box.source.upperBound == $0.content.upper
      }
    }
  }

  /// A region without what a beam carries.
  private func without(_ beam: Beam, _ region: Region) -> [Region] {
    let carried = beam.sent
    guard let inside = region.box.intersection(carried),
      moments.arePossible(region.moments.and(beam.moments))
    else { return [region] }
    var out = region.box.minus(carried).map { Region(region.moments, $0) }
    for step in beam.moments.inForce {
      out.append(Region(region.moments.and(Guard(notInForce: [step])), inside))
    }
    for step in beam.moments.notInForce {
      out.append(Region(region.moments.and(Guard(inForce: [step])), inside))
    }
    return out.filter { moments.arePossible($0.moments) }
  }

  /// Answers to packets as the receiver sends them: addresses and ports swapped.
  func answers(to region: Region, _ flow: Flow) -> [Region] {
    let box = region.box
    var reply = PacketBox(
      source: box.destination, destination: box.source, transport: box.transport,
      sourcePorts: box.destinationPorts, destinationPorts: box.sourcePorts)
    if box.transport.contains(1) { reply.destinationPorts = 0...(.max) }
    if let to = index.interface(flow.receiver) {
      reply.source = to.addresses.lower...to.addresses.upper
    }
    guard flow.way == .publicly, let from = index.interface(flow.sender) else {
      return [Region(region.moments, reply)]
    }
    return (index.publicAddresses[from.id] ?? []).map { address in
      reply.destination = address.content.lower...address.content.upper
      return Region(region.moments.and(address.occurrence.presence), reply)
    }
  }
}
