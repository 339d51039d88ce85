import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans

extension Clerk {
  /// The counterexample for a demanded flow of which packets are lost.
  func loss(
    _ loss: Loss, of flow: Flow, at moment: StepSet, isInTheEnd: Bool
  ) -> Counterexample {
    let from = flow.sender.id.map(label) ?? "the internet"
    let to = flow.receiver.id.map(label) ?? "the internet"
    let when = isInTheEnd ? "in the end" : "at a moment of the plan, although it is before"
    let asked = Flow(
      sender: loss.isAnswer ? flow.receiver : flow.sender,
      receiver: loss.isAnswer ? flow.sender : flow.receiver, way: flow.way, start: [])
    let least = loss.lost.map { leastPacket($0.box, asked) }
      .min { $0.order.lexicographicallyPrecedes($1.order) }
    guard let least else {
      return Counterexample(
        summary: "\(to) cannot be reached from \(from) \(when): no address leads there.",
        packet: nil, path: [], inForce: [], openAfter: nil, failsInTheEnd: isInTheEnd,
        closedBy: [], wayOut: [])
    }
    let stages =
      loss.isAnswer
      ? BoxEngine(index: index, moments: model.moments).stagesBack(of: flow)
      : index.stages(of: flow)
    let what = loss.isAnswer ? "An answer of \(to) to \(from)" : "A packet from \(from) to \(to)"
    let inForce = isInTheEnd ? [] : loss.lost.first?.moments.inForce ?? []
    let path = PathTeller(clerk: self, moment: moment, decisive: inForce.last)
      .path(of: least, through: stages)
    return Counterexample(
      summary: "\(what) on \(least.service) is dropped \(when).", packet: least, path: path,
      inForce: inForce, openAfter: nil, failsInTheEnd: isInTheEnd,
      closedBy: loss.lost.first?.moments.notInForce ?? [], wayOut: [])
  }

  /// The counterexample for a demanded flow that nobody is left to send or to receive.
  func absence() -> Counterexample {
    Counterexample(
      summary: "When the plan is done, nobody is there to send or to receive it.", packet: nil,
      path: [], inForce: [], openAfter: nil, failsInTheEnd: true, closedBy: [], wayOut: [])
  }
}
