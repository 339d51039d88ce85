import CloudModel
import Conductor
import Determinism
import Journal
import Plans
import ScenarioRunner

/// Writes what the kernel tells, a line each, with the simulated time in front.
struct TimeLine {
  /// Where it is printed.
  let terminal: Terminal
  /// Whether single calls are shown, too.
  var isDetailed = false

  /// A report as a line; nil where it is a detail.
  func line(_ report: Report) -> String? {
    text(report).map { "\(stamp(report.at))  \($0)" }
  }

  /// A moment, right-aligned.
  func stamp(_ at: Instant) -> String {
    let text = (at - .zero).text
    return String(repeating: " ", count: max(0, 10 - text.count)) + terminal.paint(text, .faint)
  }

  private func text(_ report: Report) -> String? {
    switch report.kind {
    case .phase, .looking, .settled, .givenUp: isDetailed ? "\(report.kind)" : nil
    case .started(_, let verb, let address, let part, let operation, let attempt):
      isDetailed
        ? "\(verb.rawValue) \(address)\(part.isEmpty ? "" : " (\(part))"): \(operation)"
          + (attempt > 1 ? ", try \(attempt)" : "")
        : nil
    case .done(_, let address, let operation): "done      \(address): \(operation)"
    case .differs(let steps, let addresses):
      "differs   \(list(addresses)): \(steps) \(steps == 1 ? "step" : "steps")"
    case .proof(let lines): proof(lines)
    case .running(let plan, let steps, let opening, let freshness):
      "running   plan \(plan.prefix(12)), \(steps) steps" + note(opening, freshness)
    case .confirmed(let steps, let age):
      "seen      as the proof assumes, by a look \(age.text) old: "
        + "\(steps.count) opening \(steps.count == 1 ? "step" : "steps") may start"
    case .retrying(_, let address, let reason, let at):
      terminal.paint("again     \(address) at \((at - .zero).text): \(reason)", .caution)
    case .unknownOutcome(_, let address, let until):
      terminal.paint(
        "unknown   \(address): no reply; looked for until \((until - .zero).text)", .caution)
    case .found(_, let address): "found     \(address): the lost call had been carried out"
    case .failed(_, let address, let code, let message):
      terminal.paint("failed    \(address): \(code), \(message)", .bad)
    case .carriedOut(let steps): "finished  \(steps) steps carried out"
    case .steady: terminal.paint("steady    as declared", .good)
    case .blocked(let reason): terminal.paint("blocked   \(reason.text)", .bad)
    case .killed: "killed    nothing of it is left"
    }
  }

  private func note(_ opening: Int, _ freshness: TimeSpan) -> String {
    if opening == 0 { return "" }
    return "; \(opening) open something, none on a look older than \(freshness.text)"
  }

  private func proof(_ lines: [ProofLine]) -> String {
    let open = lines.filter { $0.verdict != .proved }
    if open.isEmpty { return "proved    \(lines.count) invariants, at every moment of the plan" }
    return terminal.paint(
      "refused   " + open.map { "\($0.title): \($0.reason)" }.joined(separator: "; "), .bad)
  }

  private func list(_ addresses: [ResourceAddress]) -> String {
    let shown = addresses.prefix(4).map(\.text).joined(separator: ", ")
    return addresses.count > 4 ? "\(shown) and \(addresses.count - 4) more" : shown
  }
}

extension BlockReason {
  /// The reason, and the way out.
  var text: String {
    switch self {
    case .approvalNeeded(let addresses):
      "would delete or replace \(addresses.map(\.text).joined(separator: ", ")), which bear data"
        + " or are protected; allow it with --approve ADDRESS, or with --approve-data for what"
        + " bears data and is not protected"
    case .refuted(let titles): "these invariants would break: \(titles.joined(separator: "; "))"
    case .notProved(let titles): "not proved: \(titles.joined(separator: "; "))"
    case .notPlannable(let problems): problems.joined(separator: "; ")
    case .identityChanged(let text): "another account or region answers: \(text)"
    case .massVanishing(let addresses):
      "\(addresses.count) resources vanished at once, which is more than a tenth; look what"
        + " happened, then apply again with --approve-data to make them anew"
    case .contested(let addresses):
      "somebody or something undoes again and again what is done to "
        + "\(addresses.map(\.text).joined(separator: ", ")); find out who, then apply again"
    case .failing(let failures): "steps failed again and again: \(failures.joined(separator: "; "))"
    }
  }
}
