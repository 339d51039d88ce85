import CloudModel
import Plans
import Prover

/// Writes verdicts for people: the answer first, then the packet and its way, then the way out.
struct VerdictRenderer {
  /// Where it is printed.
  let terminal: Terminal
  /// The plan that the verdicts are about.
  let plan: Plan

  /// A verdict as lines. `milliseconds` is how long deciding took; `replay` is what the packet
  /// walker said of the counterexample.
  func lines(
    _ verdict: InvariantVerdict, milliseconds: Double, replay: String? = nil
  ) -> [String] {
    switch verdict.verdict {
    case .proved(let alerts):
      return [headline("✓", .good, verdict, milliseconds, code: nil)]
        + alerts.map { "  " + terminal.paint("note: \($0)", .caution) }
    case .unknown(let reason):
      return [headline("?", .caution, verdict, milliseconds, code: "FG0420")]
        + ["  unknown: \(reason)", "  Unknown is never taken for safe.", ""]
    case .refuted(let counterexample):
      return [headline("✗", .bad, verdict, milliseconds, code: code(counterexample, verdict))]
        + body(counterexample) + (replay.map { ["  \($0)"] } ?? [])
        + wayOut(counterexample) + [""]
    }
  }

  private func headline(
    _ mark: String, _ ink: Terminal.Ink, _ verdict: InvariantVerdict, _ milliseconds: Double,
    code: String?
  ) -> String {
    let title = verdict.invariant.title
    let pad = String(repeating: " ", count: max(1, 72 - title.count))
    let time = terminal.paint(Self.duration(milliseconds), .faint)
    return terminal.paint("\(mark) \(title)", ink) + pad + time + (code.map { "   \($0)" } ?? "")
  }

  private func code(_ counterexample: Counterexample, _ verdict: InvariantVerdict) -> String {
    switch verdict.invariant.claim {
    case .never, .only: counterexample.failsInTheEnd ? "FG0411" : "FG0412"
    case .always: "FG0413"
    case .forall: "FG0414"
    case .nobodyOutside: "FG0415"
    }
  }

  private func body(_ counterexample: Counterexample) -> [String] {
    var lines = ["", "  \(counterexample.summary)", ""]
    if let packet = counterexample.packet { lines.append("    \(Self.sender(packet))") }
    for hop in counterexample.path {
      let place = hop.origin.map { "\($0.file):\($0.line)" } ?? ""
      let text = "      → \(hop.text)"
      let pad = String(repeating: " ", count: max(2, 76 - text.count))
      lines.append(place.isEmpty ? text : text + pad + terminal.paint(place, .faint))
      if hop.isDecisive, let origin = hop.origin { lines += excerpt(origin) }
    }
    lines.append("")
    return lines + moment(counterexample)
  }

  private func excerpt(_ origin: Origin) -> [String] {
    let number = String(origin.line)
    let gutter = String(repeating: " ", count: number.count)
    let blank = String(repeating: " ", count: max(0, origin.column - 1))
    let carets = String(repeating: "^", count: max(1, origin.length))
    return [
      "  \(number) | \(origin.text)",
      "  \(gutter) | \(blank)" + terminal.paint("\(carets) this decides it", .bad),
    ]
  }

  private func moment(_ counterexample: Counterexample) -> [String] {
    guard !counterexample.inForce.isEmpty else {
      return ["  It is so before the plan's first step."]
    }
    var lines: [String] = []
    if let after = counterexample.openAfter {
      lines.append("  After step \(describe(after)) of the plan in its written order.")
    }
    let needed = counterexample.inForce.map(describe).joined(separator: "; ")
    lines.append("  It takes these steps in force: \(needed).")
    if !counterexample.failsInTheEnd {
      let closing = counterexample.closedBy.map(describe).joined(separator: "; ")
      lines.append(
        "  In the end it is right again"
          + (closing.isEmpty ? "." : ": closed by \(closing), which need not be in force by then."))
    }
    return lines
  }

  private func wayOut(_ counterexample: Counterexample) -> [String] {
    guard !counterexample.wayOut.isEmpty else {
      return counterexample.failsInTheEnd
        ? ["  Way out: change what is marked above, or the invariant."] : []
    }
    let edges = counterexample.wayOut.map { edge in
      "let step \(describe(edge.from)) be in force before step \(describe(edge.to))"
    }
    return ["  Way out: " + edges.joined(separator: ", and ") + "."]
  }

  private func describe(_ id: StepID) -> String {
    guard plan.steps.indices.contains(id.index) else { return "\(id.index + 1)" }
    let step = plan.steps[id.index]
    return "\(id.index + 1) (\(step.call.operation) for \(step.address))"
  }

  private static func sender(_ packet: PacketHeader) -> String {
    let hasPorts = packet.transport == 6 || packet.transport == 17
    return "\(packet.source)" + (hasPorts ? ":\(packet.sourcePort)" : "")
  }

  /// A length of time for people.
  static func duration(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10).rounded())
    return milliseconds < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\(tenths / 10) ms"
  }
}
