import Canon
import CloudModel
import Foundation
import ModelChecker
import Models

/// What is asked of a composition.
private struct CompositionAsk {
  let scope: KernelScope
  let only: [String]
  let isWhole: Bool
  let kills: Bool
  let claims: [String]
}

/// What came of one slice of a composition.
private struct SliceCheck {
  let slice: CompositionSlice
  let droppedInvariants: Int
  /// Why no search was made; nil where one was.
  var problem: String?
  var report = ModelReport()
  var took = Duration.zero
  /// What happens on the trace of the first claim that fails.
  var happenings: [Happening]?

  /// The claims that count; none for all.
  var claims: [String] = []

  var holds: Bool {
    if claims.isEmpty { return problem == nil && report.holds }
    return problem == nil && report.refusal == nil
      && claims.allSatisfy { claim in
        report.verdicts.contains { $0.property == claim && $0.verdict == .holds }
      }
  }
}

/// `fugue model-check composition.lw`: the user's own resources under the kernel's model.
extension ModelCheck {
  /// Checks a sheet: a composition, or a model of the kernel over some.
  func checkSheet(_ path: String, on terminal: Terminal) throws {
    let bytes = FileManager.default.contents(atPath: path).map { Array($0) } ?? []
    if bytes.isEmpty || ModelSheet.isComposition(bytes) {
      let ask = CompositionAsk(
        scope: faults.scope, only: only, isWhole: whole, kills: kill, claims: [])
      let checks = try checkComposition(path, ask, on: terminal)
      if !checks.isGood { throw CommandFailure(.no) }
      return
    }
    let file = URL(filePath: path)
    let binding = file.deletingPathExtension().lastPathComponent
    let value = try Workshop(libraries, namesSecretsOnly: true).value(path, binding: binding)
    guard let model = ModelSheet(value) else {
      throw CommandFailure(
        .usage,
        "Error: '\(binding)' of \(path) is no model. Write 'composition' first, for a composition,"
          + " or make a value with Model.new.")
    }
    try check(model, in: file.deletingLastPathComponent(), on: terminal)
  }

  private func check(_ model: ModelSheet, in folder: URL, on terminal: Terminal) throws {
    let ask = CompositionAsk(
      scope: model.scope, only: model.making, isWhole: model.isWhole, kills: model.kills,
      claims: model.claims)
    var isGood = true
    var states = 0
    for composition in model.compositions {
      let path = folder.appending(path: composition).relativePath
      let outcome = try checkComposition(path, ask, on: terminal)
      isGood = isGood && outcome.isGood
      states += outcome.states
    }
    if let expected = model.expectedStates, expected != states {
      isGood = false
      terminal.complain("\(expected) states are expected, and there are \(states).")
    }
    if !isGood { throw CommandFailure(.no) }
  }

  /// Checks the slices of a composition one after the other.
  private func checkComposition(
    _ path: String, _ ask: CompositionAsk, on terminal: Terminal
  ) throws -> (isGood: Bool, states: Int) {
    let blueprint = try Workshop(libraries, namesSecretsOnly: true).blueprint(path, asJSON: json)
    let slices = try slices(of: blueprint, ask)
    if !json { tellSlicing(path, blueprint, slices, ask, on: terminal) }
    var checks: [SliceCheck] = []
    for (index, slice) in slices.enumerated() {
      if !json {
        terminal.say(
          "\nslice \(index + 1) of \(slices.count): "
            + slice.text(dropped: slice.droppedInvariants(of: blueprint)))
      }
      let check = check(slice, of: blueprint, ask, label: "slice \(index + 1): ")
      checks.append(check)
      if !json { tell(check, on: terminal) }
      if !check.holds, !check.report.isExhausted, check.report.violation != nil, !all { break }
    }
    try save(checks, path, ask, on: terminal)
    if json {
      terminal.say(document(path, checks, ask, of: slices.count).text(isPretty: true))
    } else {
      terminal.say("\n" + summary(checks, of: slices.count))
    }
    return (
      checks.count == slices.count && checks.allSatisfy(\.holds),
      checks.reduce(0) { $0 + $1.report.distinct }
    )
  }

  private func slices(
    of blueprint: Blueprint, _ ask: CompositionAsk
  ) throws -> [CompositionSlice] {
    if blueprint.resources.isEmpty {
      throw CommandFailure(.usage, "Error: the composition declares no resource.")
    }
    if ask.isWhole { return [CompositionSlice(whole: blueprint)] }
    if ask.only.isEmpty { return CompositionSlice.all(of: blueprint) }
    guard let slice = CompositionSlice(of: ask.only.map { ResourceAddress($0) }, in: blueprint)
    else {
      let names = blueprint.resources.map(\.address.text).joined(separator: ", ")
      throw CommandFailure(
        .usage, "Error: what is to be made names no resource. There are: \(names).")
    }
    return [slice]
  }

  private func check(
    _ slice: CompositionSlice, of blueprint: Blueprint, _ ask: CompositionAsk, label: String
  ) -> SliceCheck {
    var out = SliceCheck(
      slice: slice, droppedInvariants: slice.droppedInvariants(of: blueprint))
    let (standing, whole) = slice.blueprints(of: blueprint)
    var scope = ask.scope
    let hasStanding = !standing.resources.isEmpty
    scope.wishes = (hasStanding ? [.apply, .update] : [.apply]) + (ask.kills ? [.kill] : [])
    scope.standing = hasStanding ? 1 : 0
    do throws(UserSystem.Problem) {
      let system = try UserSystem(
        hasStanding ? standing : whole, updated: hasStanding ? whole : nil, scope: scope,
        editing: slice.moving)
      var search = TimedSearch(
        limits: SearchLimits(stopsAtViolation: !all && ask.claims.isEmpty), seconds: time)
      out.claims = ask.claims
      search.label = label
      if let limit { search.limits.states = limit }
      (out.report, out.took) = search.search(system.kernel)
      if case .violated(let trace, _)? = out.report.violation?.verdict {
        out.happenings = system.kernel.happenings(along: trace.choices)
      }
    } catch { out.problem = error.message }
    return out
  }

  /// Writes the first trace as a scenario, where that is asked for.
  private func save(
    _ checks: [SliceCheck], _ path: String, _ ask: CompositionAsk, on terminal: Terminal
  ) throws {
    guard let saveScenario,
      let check = checks.first(where: { $0.happenings != nil }), let happenings = check.happenings,
      let claim = check.report.violation?.property
    else { return }
    let file = URL(filePath: saveScenario)
    let text = ScenarioText(
      name: file.deletingPathExtension().lastPathComponent,
      composition: URL(filePath: path).lastPathComponent, slice: check.slice,
      callsAtOnce: ask.scope.callsAtOnce ?? 1, happenings: happenings, claim: claim
    ).text
    do { try Data(text.utf8).write(to: file, options: .atomic) } catch {
      throw CommandFailure(.outside, "Error: '\(saveScenario)' cannot be written: \(error)")
    }
    if !json { terminal.say("\nsaved as \(saveScenario): fugue simulate \(saveScenario)") }
  }

  private func tellSlicing(
    _ path: String, _ blueprint: Blueprint, _ slices: [CompositionSlice], _ ask: CompositionAsk,
    on terminal: Terminal
  ) {
    let count = blueprint.resources.count
    terminal.say(
      "\(path): \(count) resource\(count == 1 ? "" : "s"), "
        + "\(slices.count) slice\(slices.count == 1 ? "" : "s"); \(ask.scope.text)")
    terminal.say(
      """
      In each slice some resources are made while faults strike anywhere; what they need stands
      already. Resources of one form (type, parts, and forms of what they need) are looked at once.
      At most \(ask.scope.callsAtOnce ?? 1) calls that change something are under way at once;
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
    if check.holds {
      let count = check.claims.isEmpty ? report.verdicts.count : check.claims.count
      terminal.say("  \(terminal.paint("✓", .good)) all \(count) claims hold")
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

  private func document(
    _ path: String, _ checks: [SliceCheck], _ ask: CompositionAsk, of count: Int
  ) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.model-check/1")),
      JSON.Member("composition", .string(path)),
      JSON.Member("faults", .string(ask.scope.text)),
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
