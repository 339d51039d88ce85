import ArgumentParser
import Canon
import CloudModel
import Foundation
import ModelChecker
import Models

/// `fugue check-planner`: whether a planner makes, changes, replaces and deletes as it should.
struct CheckPlanner: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try out a planner: create, update of every field, replace, delete, under faults.",
    discussion: """
      The sheet is a composition with a resource of the planner's type, and what that needs. The \
      planner stands beside it as Planners/….lw, or in a folder given with -i. Without one, all \
      planners that the composition uses are tried.

      Each field is changed by writing the sheet otherwise: truth values turned round, texts and \
      numbers changed, lists emptied, fields left out; whatever compiles is tried. With --to, \
      sheets of yours say what is changed. An update is right if in the end the account is as if \
      the changed sheet had been applied from the beginning.

      Ends with 1 when something is wrong or was not seen to its end.
      """)

  @OptionGroup var composition: CompositionOptions
  @OptionGroup(title: "Faults") var faults: FaultOptions
  @Option(help: "A sheet with the same resources, declared otherwise; several times.")
  var to: [String] = []
  @Option(help: "Look at resources of this type alone; the end of its name is enough.")
  var type: String?
  @Option(help: "Stop each search after so many seconds.") var time: Double = 60
  @Option(name: .customLong("states"), help: "Stop each search after so many states.")
  var limit = 1_000_000
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let terminal = Terminal.standard
    let workshop = Workshop(composition.libraries, namesSecretsOnly: true)
    let blueprint = try workshop.blueprint(composition.path, asJSON: json)
    let subjects = try subjects(of: blueprint)
    let versions = try versions(workshop)
    var reports: [JSON] = []
    var isGood = true
    for subject in subjects {
      if !json { terminal.say("\(subject.address) (\(subject.type))") }
      var findings = [Finding]()
      if let problem = PlannerTrial.unsettled(subject) {
        findings.append(Finding(what: "settle", verdict: .bad(problem)))
        if !json { tell(findings[0], on: terminal) }
      }
      let trials = trials(of: subject, in: blueprint, versions)
      for (what, trial) in trials.list {
        let finding = self.finding(what, trial)
        if !json { tell(finding, on: terminal) }
        findings.append(finding)
      }
      if !trials.untried.isEmpty, !json {
        terminal.say(
          "  – never changed, since nothing else that was written compiles: "
            + trials.untried.joined(separator: ", "))
      }
      isGood = isGood && findings.allSatisfy(\.isGood)
      reports.append(json(of: subject, findings, untried: trials.untried))
    }
    if json { terminal.say(document(reports, isGood: isGood).text(isPretty: true)) }
    if !isGood { throw CommandFailure(.no) }
  }

  /// The resources to look at: one for each form of them.
  private func subjects(of blueprint: Blueprint) throws -> [DeclaredResource] {
    let types = Set(blueprint.resources.map(\.type)).sorted()
    var wanted = types.filter(hasOwnPlanner)
    if wanted.isEmpty { wanted = types }
    if let type {
      wanted = types.filter { $0 == type || $0.hasSuffix(".\(type)") }
      if wanted.isEmpty {
        throw CommandFailure(
          .usage,
          "Error: no resource is of type '\(type)'. There are: \(types.joined(separator: ", ")).")
      }
    }
    var seen: Set<String> = []
    return blueprint.resources.filter { resource in
      wanted.contains(resource.type) && seen.insert(resource.type).inserted
    }
  }

  /// Whether a type's planner is the user's.
  private func hasOwnPlanner(_ type: String) -> Bool {
    let sheet = "Planners/\(type.split(separator: ".").joined(separator: "/")).lw"
    let here = URL(filePath: composition.path).deletingLastPathComponent().relativePath
    return ([here] + composition.libraries.folders).contains {
      FileManager.default.fileExists(atPath: "\($0)/\(sheet)")
    }
  }

  /// Compositions with something declared otherwise, each with what that is.
  private func versions(_ workshop: Workshop) throws -> [(what: String, blueprint: Blueprint)] {
    if !to.isEmpty {
      return try to.map { ($0, try workshop.blueprint($0, asJSON: json)) }
    }
    guard let bytes = FileManager.default.contents(atPath: composition.path) else { return [] }
    return SheetVariants(of: Array(bytes)).all.compactMap { variant in
      workshop.blueprint(composition.path, reading: variant.bytes).map {
        ("line \(variant.line), \(variant.field): \(variant.change)", $0)
      }
    }
  }

  private typealias Trials = (list: [(what: String, trial: PlannerTrial)], untried: [String])

  private func trials(
    of subject: DeclaredResource, in blueprint: Blueprint,
    _ versions: [(what: String, blueprint: Blueprint)]
  ) -> Trials {
    var list = PlannerTrial.ofLife(of: subject.address, in: blueprint).map { ($0.deed.text, $0) }
    var tried: Set<String> = []
    for version in versions {
      guard version.blueprint.resources.map(\.address) == blueprint.resources.map(\.address)
      else { continue }
      let there = PlannerTrial.change(
        of: subject.address, from: blueprint, to: version.blueprint)
      let back = PlannerTrial.change(
        of: subject.address, from: version.blueprint, to: blueprint)
      for (trial, note) in [(there, version.what), (back, version.what + ", and back")] {
        guard let trial else { continue }
        switch trial.deed {
        case .update(let fields), .replace(let fields): tried.formUnion(fields)
        case .create, .delete, .kill: break
        }
        list.append(("\(trial.deed.text) (\(note))", trial))
      }
    }
    return (list, subject.fieldNames.filter { !tried.contains($0) })
  }

  private func finding(_ what: String, _ trial: PlannerTrial) -> Finding {
    var scope = faults.scope
    if faults.isEmpty { scope.edits = 1 }
    do throws(UserSystem.Problem) {
      let system = try trial.system(scope)
      let search = TimedSearch(limits: SearchLimits(states: limit), seconds: time)
      let (report, _) = search.search(system.kernel)
      if let refusal = report.refusal { return Finding(what: what, verdict: .bad(refusal)) }
      if report.violation != nil {
        return Finding(what: what, verdict: .bad(""), report: report)
      }
      return Finding(
        what: what, verdict: report.holds ? .good : .open, report: report)
    } catch { return Finding(what: what, verdict: .bad(error.message)) }
  }

  private func tell(_ finding: Finding, on terminal: Terminal) {
    let states = finding.report.map { "\($0.distinct) states, depth \($0.depth)" } ?? ""
    switch finding.verdict {
    case .good: terminal.say("  \(terminal.paint("✓", .good)) \(finding.what): \(states)")
    case .open: terminal.say("  ? \(finding.what): not exhausted: \(states)")
    case .bad(let why):
      let reason = why.isEmpty ? "" : ": \(why)"
      terminal.say("  \(terminal.paint("✗", .bad)) \(finding.what)\(reason)")
      if let violation = finding.report?.violation,
        case .violated(let trace, let reason) = violation.verdict
      {
        terminal.say("    \(violation.property): \(reason)\n\(trace)")
      }
    }
  }
}

/// What came of one trial.
private struct Finding {
  enum Verdict {
    case good
    case bad(String)
    case open
  }

  let what: String
  let verdict: Verdict
  var report: ModelReport?

  var isGood: Bool {
    switch verdict {
    case .good: true
    case .bad, .open: false
    }
  }
}

extension CheckPlanner {
  private func json(
    of subject: DeclaredResource, _ findings: [Finding], untried: [String]
  ) -> JSON {
    .object([
      JSON.Member("address", .string(subject.address.text)),
      JSON.Member("type", .string(subject.type)),
      JSON.Member("findings", .array(findings.map(\.json))),
      JSON.Member("neverChanged", .array(untried.map { .string($0) })),
    ])
  }

  private func document(_ reports: [JSON], isGood: Bool) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.check-planner/1")),
      JSON.Member("composition", .string(composition.path)),
      JSON.Member("holds", .bool(isGood)), JSON.Member("planners", .array(reports)),
    ])
  }
}

extension Finding {
  fileprivate var json: JSON {
    var members = [JSON.Member("what", .string(what))]
    switch verdict {
    case .good: members.append(JSON.Member("verdict", .string("right")))
    case .open: members.append(JSON.Member("verdict", .string("unknown")))
    case .bad(let why):
      members.append(JSON.Member("verdict", .string("wrong")))
      if !why.isEmpty { members.append(JSON.Member("why", .string(why))) }
    }
    return .object(members + (report?.jsonMembers ?? []))
  }
}

extension PlannerTrial.Deed {
  /// For people.
  fileprivate var text: String {
    switch self {
    case .create: "create"
    case .update(let fields): "update \(fields.joined(separator: ", "))"
    case .replace(let fields): "replace for \(fields.joined(separator: ", "))"
    case .delete: "delete"
    case .kill: "delete with all that it needs"
    }
  }
}
