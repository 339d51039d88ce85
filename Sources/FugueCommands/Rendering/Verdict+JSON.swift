import Canon
import CloudModel
import Plans
import Prover

extension Verification.Result {
  /// The verdict as JSON. Steps are numbered from 1, as in the plan that is shown.
  var json: JSON {
    var members = [
      JSON.Member("title", .string(verdict.invariant.title)),
      JSON.Member("place", verdict.invariant.origin.json),
      JSON.Member("milliseconds", .number(String(Double(Int(milliseconds * 1000)) / 1000))),
    ]
    switch verdict.verdict {
    case .proved(let alerts):
      members.append(JSON.Member("verdict", .string("proved")))
      members.append(JSON.Member("alerts", .array(alerts.map(JSON.string))))
    case .unknown(let reason):
      members.append(JSON.Member("verdict", .string("unknown")))
      members.append(JSON.Member("reason", .string(reason)))
    case .refuted(let counterexample):
      members.append(JSON.Member("verdict", .string("refuted")))
      members.append(JSON.Member("counterexample", counterexample.json))
      members.append(JSON.Member("replay", replay.map(JSON.string) ?? .null))
    }
    return .object(members)
  }
}

extension Origin {
  /// A place as JSON.
  var json: JSON {
    .object([
      JSON.Member("file", .string(file)), JSON.Member("line", .integer(line)),
      JSON.Member("column", .integer(column)),
    ])
  }
}

extension Counterexample {
  /// The counterexample as JSON.
  fileprivate var json: JSON {
    .object([
      JSON.Member("summary", .string(summary)),
      JSON.Member("packet", packet.map(\.json) ?? .null),
      JSON.Member("path", .array(path.map(\.json))),
      JSON.Member("inForce", .array(inForce.map(\.json))),
      JSON.Member("openAfter", openAfter.map(\.json) ?? .null),
      JSON.Member("failsInTheEnd", .bool(failsInTheEnd)),
      JSON.Member("closedBy", .array(closedBy.map(\.json))),
      JSON.Member(
        "wayOut",
        .array(
          wayOut.map {
            .object([JSON.Member("before", $0.from.json), JSON.Member("after", $0.to.json)])
          })),
    ])
  }
}

extension StepID {
  fileprivate var json: JSON { .integer(index + 1) }
}

extension Hop {
  fileprivate var json: JSON {
    .object([
      JSON.Member("text", .string(text)), JSON.Member("place", origin.map(\.json) ?? .null),
      JSON.Member("step", step.map(\.json) ?? .null),
      JSON.Member("isDecisive", .bool(isDecisive)),
    ])
  }
}

extension PacketHeader {
  fileprivate var json: JSON {
    .object([
      JSON.Member("source", .string(source.description)),
      JSON.Member("destination", .string(destination.description)),
      JSON.Member("protocol", .integer(transport)),
      JSON.Member("sourcePort", .integer(sourcePort)),
      JSON.Member("destinationPort", .integer(destinationPort)),
    ])
  }
}
