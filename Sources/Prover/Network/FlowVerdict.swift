import CertificateChecker
import Certificates
import PlanEffects

/// What the box engine makes of a forbidden flow.
enum FlowVerdict {
  /// Closed at every moment, by this separator.
  case closed(Separator)
  /// Open before the plan, never more, and closed in the end.
  case closing(Separator, [Beam])
  /// These packets arrive that must not.
  case open([Beam])
  /// It gave up; a sentence.
  case unknown(String)

  /// Whether Z3 has to say the same of a flow that the box engine finds closed.
  var needsWitness: Bool {
    switch self {
    case .closed(let separator): !separator.behind.isEmpty
    case .closing, .open, .unknown: false
    }
  }
}

extension BoxEngine {
  /// Decides a forbidden flow.
  func decide(_ flow: Flow) -> FlowVerdict {
    let count = index.stages(of: flow).count
    guard count > 0 else { return .unknown("\(flow.name) has no way") }
    if let coarse = run(flow, isExact: false), coarse.count < count {
      return .closed(separator(flow, coarse))
    }
    guard let exact = run(flow, isExact: true) else {
      return .unknown("\(flow.name) has too many kinds of packets at its filters")
    }
    guard exact.count == count, let arriving = exact.last else {
      return .closed(separator(flow, exact))
    }
    let bad = inexcusable(arriving)
    return bad.isEmpty ? .closing(separator(flow, exact), arriving) : .open(bad)
  }

  /// The beams that nothing excuses: what is open in the end, and what was not open before.
  private func inexcusable(_ arriving: [Beam]) -> [Beam] {
    let before = arriving.filter { $0.moments.holds(at: moments.start) }.map(\.box)
    return arriving.flatMap { beam -> [Beam] in
      if beam.moments.holds(at: moments.end) { return [beam] }
      var rest = [beam.box]
      for known in before { rest = rest.flatMap { $0.minus(known) } }
      return rest.map { beam.narrowed(to: $0, .always) }
    }
  }

  private func separator(_ flow: Flow, _ behind: [[Beam]]) -> Separator {
    Separator(
      flow: flow.name,
      behind: behind.map { beams in
        var boxes: [GuardedBox] = []
        for beam in beams {
          let box = GuardedBox(
            inForce: beam.moments.inForce, notInForce: beam.moments.notInForce, box: beam.box)
          if !boxes.contains(box) { boxes.append(box) }
        }
        return boxes
      })
  }
}
