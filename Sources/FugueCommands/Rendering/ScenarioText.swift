import Canon
import CloudModel
import Models

/// The text of a scenario in which a trace of the kernel's model happens again.
struct ScenarioText {
  /// The binding that holds it; the name of its file.
  let name: String
  /// The composition's file, relative to the scenario's.
  let composition: String
  /// What is made, and what stands.
  let slice: CompositionSlice
  /// How many calls are under way at once.
  let callsAtOnce: Int
  /// What happens.
  let happenings: [Happening]
  /// What is claimed, and does not hold.
  let claim: String

  /// The sheet.
  var text: String {
    let modules = Set(happenings.compactMap(\.service)).sorted().map { "import Api.\($0)" }
    let lines =
      [
        "# A trace of 'fugue model-check \(composition)': run it with 'fugue simulate'. In the end",
        "# this does not hold: \(claim).", "",
      ] + modules + ["import Fugue.Scenario as Scenario", "", "\(name): Scenario.replay {"]
      + [
        "  composition: \(Self.quoted(composition)),",
        "  standing: \(Self.list(slice.standing)),", "  making: \(Self.list(slice.moving)),",
        "  callsAtOnce: \(callsAtOnce),", "  steps: [",
      ] + happenings.map { "    \(Self.text(of: $0))," }
      + ["  ],", "  claims: [\(Self.quoted(claim))],", "}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(of happening: Happening) -> String {
    let step =
      switch happening {
      case .asks(let wish): "asks(\(quoted(wish)))"
      case .asksToLook: "asksToLook"
      case .planMade: "planMade"
      case .proofMade: "proofMade"
      case .proverGivesUp: "proverGivesUp"
      case .timerRings: "timerRings"
      case .carriesOut(let call): "carriesOut(\(quoted(call)))"
      case .carriesOutTwice(let call): "carriesOutTwice(\(quoted(call)))"
      case .nothingMore(let call): "nothingMore(\(quoted(call)))"
      case .replyComes(let call): "replyComes(\(quoted(call)))"
      case .isAnswered(let call): "isAnswered(\(quoted(call)))"
      case .isAnsweredLate(let call): "isAnsweredLate(\(quoted(call)))"
      case .noReply(let call): "noReply(\(quoted(call)))"
      case .byHand(let call): "byHand(\(text(of: call)))"
      case .goesOn(let id): "goesOn(\(quoted(id)))"
      case .dies: "dies"
      case .diesAmid(let count, let step): "diesAmid(\(count), \(text(of: step)))"
      }
    return "Scenario.\(step)"
  }

  private static func text(of call: Call) -> String {
    "Api.\(module(of: call.service)).\(call.operation) \(text(of: call.parameters))"
  }

  private static func text(of value: Value) -> String {
    switch value {
    case .null: "None"
    case .bool(let truth): truth ? "True" : "False"
    case .int(let number): "\(number)"
    case .string(let text): quoted(text)
    case .list(let items): "[\(items.map { text(of: $0) }.joined(separator: ", "))]"
    case .record(let fields):
      "{ "
        + fields.map {
          "\($0.key.prefix(1).lowercased() + $0.key.dropFirst()): \(text(of: $0.value))"
        }
        .joined(separator: ", ") + " }"
    case .secret(let secret): quoted(secret.digest.hex)
    case .residual: "None"
    }
  }

  /// The name of a service's module in Ludwig.
  static func module(of service: String) -> String {
    switch service {
    case "secretsmanager": "SecretsManager"
    case _: service.uppercased()
    }
  }

  private static func list(_ addresses: [ResourceAddress]) -> String {
    "[\(addresses.map { quoted($0.text) }.joined(separator: ", "))]"
  }

  private static func quoted(_ text: String) -> String {
    // Texts that hold double quotes, such as policies, stand in single ones.
    if text.contains("\"") { return "'\(text)'" }
    return "\"\(text)\""
  }
}

extension Happening {
  /// The module of the service that is called by hand.
  fileprivate var service: String? {
    switch self {
    case .byHand(let call): ScenarioText.module(of: call.service)
    case .diesAmid(_, let inner): inner.service
    case .asks, .asksToLook, .planMade, .proofMade, .proverGivesUp, .timerRings, .carriesOut,
      .carriesOutTwice, .nothingMore, .replyComes, .isAnswered, .isAnsweredLate, .noReply, .goesOn,
      .dies:
      nil
    }
  }
}
