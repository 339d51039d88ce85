internal import CloudModel

extension Plan {
  /// The plan for people: a line a step with its number, what it does, to what, the call, and the
  /// steps that it waits for (`3*`: until the step is in force, not only acknowledged).
  package var text: String {
    if steps.isEmpty { return "Nothing to do.\n" }
    let waits = predecessors
    let rows = steps.indices.map { index in
      [
        String(index + 1), sign(steps[index].verb), subject(steps[index]),
        "\(steps[index].call.service) \(steps[index].call.operation)",
        waits[index].isEmpty ? "" : "after " + waits[index].map(name).joined(separator: ", "),
      ]
    }
    let widths = (0..<5).map { column in
      rows.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    let lines = rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        return column == 0 ? blanks + cell : cell + blanks
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(decoding: line.utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
    }
    return lines.joined(separator: "\n") + "\n" + summary + "\n"
  }

  /// How many steps of which kind, in a sentence.
  package var summary: String {
    let counts = [Step.Verb.create, .update, .delete, .read].map { verb in
      (verb.rawValue, steps.count { $0.verb == verb })
    }
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) to \($0.0)" }
    return parts.isEmpty
      ? "Nothing to do." : "\(steps.count) steps: \(parts.joined(separator: ", "))."
  }

  private func sign(_ verb: Step.Verb) -> String {
    switch verb {
    case .create: "+"
    case .update: "~"
    case .delete: "-"
    case .read: "?"
    }
  }

  private func subject(_ step: Step) -> String {
    step.part.isEmpty ? step.address.text : "\(step.address.text) (\(step.part))"
  }

  private func name(_ edge: PlanEdge) -> String {
    "\(edge.from.index + 1)" + (edge.kind == .afterSettled ? "*" : "")
  }
}
