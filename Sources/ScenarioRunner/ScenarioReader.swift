import Canon
package import CloudModel
import Determinism
import Simulator

/// Why a value is no scenario that can be run.
package struct ScenarioProblem: Error, Hashable, Sendable {
  /// A sentence for people.
  package let message: String

  /// Makes a problem.
  package init(_ message: String) { self.message = message }
}

/// Reads the value that `Fugue.Scenario.new` gives.
package struct ScenarioReader {
  fileprivate var scenario: Scenario

  /// Reads a value as `Ludwig.data` gives it: constructors as records whose field `$` names them.
  package static func read(_ value: Value) throws(ScenarioProblem) -> Scenario {
    guard value["$"].text == "Scenario" else {
      throw ScenarioProblem("The value is no Scenario; make one with Scenario.new")
    }
    var reader = ScenarioReader(
      scenario: Scenario(
        composition: value["composition"].text ?? "", process: value["process"].text ?? "main",
        applyAt: nil, edits: [], crashes: [], windows: [], throttling: [], end: .zero,
        expectations: []))
    for phase in value["phases"].elements { try reader.take(phase: phase) }
    for expectation in value["expect"].elements { try reader.take(expectation: expectation) }
    reader.scenario.edits.sort { $0.at < $1.at }
    reader.scenario.crashes.sort { $0.at < $1.at }
    guard reader.scenario.applyAt != nil else {
      throw ScenarioProblem("The scenario never applies its composition; add the phase 'apply'")
    }
    return reader.scenario
  }

  /// Reads a value that `Fugue.Scenario.replay` gives.
  package static func readReplay(_ value: Value) throws(ScenarioProblem) -> ScenarioReplay {
    let reader = ScenarioReader(
      scenario: Scenario(
        composition: "", process: "", applyAt: nil, edits: [], crashes: [], windows: [],
        throttling: [], end: .zero, expectations: []))
    func addresses(_ name: String) -> [ResourceAddress] {
      value[name].elements.map { ResourceAddress($0.text ?? "") }
    }
    var steps: [ScenarioReplay.Step] = []
    for step in value["steps"].elements {
      steps.append(
        ScenarioReplay.Step(
          what: step["what"].text ?? "", name: step["name"].text ?? "",
          diesAfter: Int(clamping: step["diesAfter"].number ?? 0),
          edit: step["edit"] == .null ? nil : try reader.call(step["edit"])))
    }
    return ScenarioReplay(
      composition: value["composition"].text ?? "", standing: addresses("standing"),
      making: addresses("making"),
      callsAtOnce: max(1, Int(clamping: value["callsAtOnce"].number ?? 1)), steps: steps,
      claims: value["claims"].elements.compactMap(\.text))
  }

  private mutating func take(phase: Value) throws(ScenarioProblem) {
    switch phase["$"].text {
    case "Apply": scenario.applyAt = .zero
    case "At":
      let at = try moment(phase["time"])
      for edit in phase["edits"].elements {
        scenario.edits.append(
          Scenario.Edit(
            at: at, by: edit["by"].text ?? "somebody", call: try call(edit["call"])))
      }
      extend(to: at)
    case "During":
      let (from, to) = (try moment(phase["from"]), try moment(phase["to"]))
      guard from < to else {
        throw ScenarioProblem("A stretch of time must end after it begins")
      }
      for fault in phase["faults"].elements { try take(fault: fault, from: from, until: to) }
      extend(to: to)
    case "Crash":
      let at = try moment(phase["time"])
      let pause = try span(phase["restartAfter"])
      scenario.crashes.append(Scenario.Crash(at: at, restartAfter: pause))
      extend(to: at + pause)
    case "Quiet": extend(to: try moment(phase["to"]))
    case let other: throw ScenarioProblem("There is no phase '\(other ?? "?")'")
    }
  }

  private mutating func extend(to time: Instant) { scenario.end = max(scenario.end, time) }

  private mutating func take(
    fault: Value, from: Instant, until: Instant
  ) throws(ScenarioProblem) {
    let name = fault["$"].text ?? "?"
    if name == "Throttle" {
      let left = try percent(fault["percentLeft"])
      scenario.throttling.append(
        FaultProfile.Throttling(
          from: from, until: until, service: fault["family"].text,
          factorPartsPerMillion: left))
      return
    }
    let kinds: SortedMap<String, FaultKind> = [
      "LostRequests": .lostRequest, "LostReplies": .lostReply, "LateReplies": .lateReply,
      "Twice": .duplicate, "InternalErrors": .serverError,
    ]
    guard let kind = kinds[name] else { throw ScenarioProblem("There is no fault '\(name)'") }
    scenario.windows.append(
      FaultProfile.Window(
        from: from, until: until, kind: kind,
        partsPerMillion: try percent(fault["percent"])))
  }

  private mutating func take(expectation: Value) throws(ScenarioProblem) {
    switch expectation["$"].text {
    case "Converges":
      scenario.expectations.append(.converges(within: try span(expectation["within"])))
    case "Repaired":
      scenario.expectations.append(.repaired(within: try span(expectation["within"])))
    case "NeverOpen":
      guard let port = expectation["port"].number.flatMap({ UInt16(exactly: $0) }) else {
        throw ScenarioProblem("A port is a number from 0 to 65535")
      }
      scenario.expectations.append(
        .neverOpen(instance: ResourceAddress(expectation["instance"].text ?? ""), port: port))
    case "CallsPerResource":
      scenario.expectations.append(
        .callsPerResource(atMost: Int(clamping: expectation["atMost"].number ?? 0)))
    case let other: throw ScenarioProblem("There is no expectation '\(other ?? "?")'")
    }
  }
}

extension ScenarioReader {
  /// A call as data names its operation by module (`Api.EC2.DeleteRoute`) and its parameters as
  /// Ludwig writes them.
  private func call(_ value: Value) throws(ScenarioProblem) -> Call {
    let parts = (value["operation"].text ?? "").split(separator: ".").map(String.init)
    guard value["$"].text == "Call", parts.count >= 3 else {
      throw ScenarioProblem("An edit is a call of a module Api.…")
    }
    let service = parts[parts.count - 2].lowercased()
    return Call(
      service: service, operation: parts[parts.count - 1],
      parameters: Self.members(value["parameters"]))
  }

  private static func members(_ value: Value) -> Value {
    switch value {
    case .record(let fields):
      .record(
        SortedMap(
          fields.map { ($0.key.prefix(1).uppercased() + $0.key.dropFirst(), members($0.value)) }))
    case .list(let items): .list(items.map(members))
    case .null, .bool, .int, .string, .secret, .residual: value
    }
  }

  private func percent(_ value: Value) throws(ScenarioProblem) -> Int {
    guard let number = value.number, (0...100).contains(number) else {
      throw ScenarioProblem("A percentage is a number from 0 to 100")
    }
    return Int(number) * 10_000
  }

  private func moment(_ value: Value) throws(ScenarioProblem) -> Instant {
    Instant.zero + (try span(value))
  }

  /// A length of time: a whole number and `ms`, `s`, `m` or `h`.
  private func span(_ value: Value) throws(ScenarioProblem) -> TimeSpan {
    let text = value.text ?? ""
    let digits = text.prefix { $0.isNumber }
    let units: SortedMap<String, Int64> = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
    guard let count = Int64(digits), count <= 1_000_000,
      let unit = units[String(text.dropFirst(digits.count))]
    else {
      throw ScenarioProblem("'\(text)' is no time; write for instance \"90s\", \"10m\" or \"1h\"")
    }
    return TimeSpan(milliseconds: count * unit)
  }
}
