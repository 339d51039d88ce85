import Canon
import CloudModel
import Foundation
import ModelChecker
import Models

/// What came of one slice of a composition.
private struct SliceCheck {
  let slice: CompositionSlice
  let droppedInvariants: Int
  /// Why no search was made; nil where one was.
  var problem: String?
  var report = ModelReport()
  var took = Duration.zero

  var holds: Bool { problem == nil && report.holds }
}

/// `fugue model-check composition.lw`: the user's own resources under the kernel's model.
extension ModelCheck {
  /// Checks the slices of a composition one after the other.
  func checkComposition(_ path: String, on terminal: Terminal) throws {
    let blueprint = try Workshop(libraries, namesSecretsOnly: true).blueprint(path, asJSON: json)
    let slices = try slices(of: blueprint)
    if !json { tellSlicing(path, blueprint, slices, on: terminal) }
    var checks: [SliceCheck] = []
    for (index, slice) in slices.enumerated() {
      if !json {
        terminal.say(
          "\nslice \(index + 1) of \(slices.count): "
            + slice.text(dropped: slice.droppedInvariants(of: blueprint)))
      }
      let check = check(slice, of: blueprint, label: "slice \(index + 1): ")
      checks.append(check)
      if !json { tell(check, on: terminal) }
      if !check.holds, !check.report.isExhausted, check.report.violation != nil, !all { break }
    }
    if json {
      terminal.say(document(path, checks, of: slices.count).text(isPretty: true))
    } else {
      terminal.say("\n" + summary(checks, of: slices.count))
    }
    if checks.count < slices.count || !checks.allSatisfy(\.holds) { throw CommandFailure(.no) }
  }

  private func slices(of blueprint: Blueprint) throws -> [CompositionSlice] {
    if blueprint.resources.isEmpty {
      throw CommandFailure(.usage, "Error: the composition declares no resource.")
    }
    if whole { return [CompositionSlice(whole: blueprint)] }
    if only.isEmpty { return CompositionSlice.all(of: blueprint) }
    guard let slice = CompositionSlice(of: only.map { ResourceAddress($0) }, in: blueprint) else {
      let names = blueprint.resources.map(\.address.text).joined(separator: ", ")
      throw CommandFailure(.usage, "Error: --only names no resource. There are: \(names).")
    }
    return [slice]
  }

  private func check(
    _ slice: CompositionSlice, of blueprint: Blueprint, label: String
  ) -> SliceCheck {
    var out = SliceCheck(
      slice: slice, droppedInvariants: slice.droppedInvariants(of: blueprint))
    let (standing, whole) = slice.blueprints(of: blueprint)
    var scope = faults.scope
    let hasStanding = !standing.resources.isEmpty
    scope.wishes = (hasStanding ? [.apply, .update] : [.apply]) + (kill ? [.kill] : [])
    scope.standing = hasStanding ? 1 : 0
    do throws(UserSystem.Problem) {
      let system = try UserSystem(
        hasStanding ? standing : whole, updated: hasStanding ? whole : nil, scope: scope,
        editing: slice.moving)
      var search = TimedSearch(limits: SearchLimits(stopsAtViolation: !all), seconds: time)
      search.label = label
      if let limit { search.limits.states = limit }
      (out.report, out.took) = search.search(system.kernel)
    } catch { out.problem = error.message }
    return out
  }

  private func tellSlicing(
    _ path: String, _ blueprint: Blueprint, _ slices: [CompositionSlice], on terminal: Terminal
  ) {
    let count = blueprint.resources.count
    terminal.say(
      "\(path): \(count) resource\(count == 1 ? "" : "s"), "
        + "\(slices.count) slice\(slices.count == 1 ? "" : "s"); \(faults.scope.text)")
    terminal.say(
      """
      In each slice some resources are made while faults strike anywhere; what they need stands
      already. Resources of one form (type, parts, and forms of what they need) are looked at once.
      At most \(faults.scope.callsAtOnce ?? 1) calls that change something are under way at once;
      all reads of a look are answered in one step. The windows are short: what a lost call does, it
      does within 4 s, and stale reads end then; what AWS does by itself, it has done within 4 s.
      """)
  }

  private func tell(_ check: SliceCheck, on terminal: Terminal) {
    if let problem = check.problem {
      terminal.say("\(terminal.paint("✗", .bad)) \(problem)")
      return
    }
    let report = check.report
    let seconds = (check.took / .milliseconds(100)).rounded() / 10
    let end =
      report.isExhausted
      ? "every state was seen"
      : "not exhausted: \(report.distinct) states, depth \(report.depth)"
    terminal.say(
      "  \(report.distinct) states, \(report.generated) generated, depth \(report.depth); "
        + "\(end); \(seconds) s")
    if report.holds {
      terminal.say("  \(terminal.paint("✓", .good)) all \(report.verdicts.count) claims hold")
    } else {
      terminal.say(report.description)
    }
  }

  private func summary(_ checks: [SliceCheck], of count: Int) -> String {
    let good = checks.count { $0.holds }
    let bad = checks.count { $0.problem != nil || $0.report.violation != nil }
    let open = checks.count - good - bad
    let rest = count - checks.count
    var parts = ["\(good) of \(count) slices hold"]
    if bad > 0 { parts.append("\(bad) do\(bad == 1 ? "es" : "") not") }
    if open > 0 { parts.append("\(open) not exhausted within the limits") }
    if rest > 0 { parts.append("\(rest) not looked at after that; --all looks at them") }
    return parts.joined(separator: ", ")
  }

  private func document(_ path: String, _ checks: [SliceCheck], of count: Int) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.model-check/1")),
      JSON.Member("composition", .string(path)),
      JSON.Member("faults", .string(faults.scope.text)),
      JSON.Member("holds", .bool(checks.count == count && checks.allSatisfy(\.holds))),
      JSON.Member("sliceCount", .integer(count)),
      JSON.Member("slices", .array(checks.map(\.json))),
    ])
  }
}

extension SliceCheck {
  fileprivate var json: JSON {
    func names(_ addresses: [ResourceAddress]) -> JSON {
      .array(addresses.map { .string($0.text) })
    }
    var members = [
      JSON.Member("moving", names(slice.moving)), JSON.Member("standing", names(slice.standing)),
      JSON.Member("why", .string(slice.why)),
      JSON.Member("alike", .array(slice.alike.map(names))),
      JSON.Member("droppedInvariants", .integer(droppedInvariants)),
      JSON.Member("holds", .bool(holds)),
    ]
    if let problem {
      members.append(JSON.Member("problem", .string(problem)))
      return .object(members)
    }
    return .object(members + report.jsonMembers)
  }
}

extension CompositionSlice {
  /// What is made, why, what stands, and what is left out for being alike.
  fileprivate func text(dropped: Int) -> String {
    var lines = ["\(moving.map(\.text).joined(separator: ", ")) (\(why))"]
    if !standing.isEmpty {
      lines.append("  stands already: \(standing.map(\.text).joined(separator: ", "))")
    }
    if dropped > 0 {
      lines.append("  \(dropped) invariants left out: they speak of more than this slice")
    }
    if !alike.isEmpty {
      let texts = alike.map { $0.map(\.text).joined(separator: " → ") }
      lines.append("  of the same form, not looked at: \(texts.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
