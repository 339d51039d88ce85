package import Canon
import ModelChecker

extension PaxosRegister.State {
  /// Puts a message on its way.
  mutating func send(_ message: PaxosRegister.Message) {
    let code = message.code
    let place = network.firstIndex { code < $0.code } ?? network.count
    network.insert(message, at: place)
  }

  /// Sends a message to all servers but the sender.
  mutating func broadcast(_ message: PaxosRegister.Message) {
    for other in 0..<UInt8(PaxosRegister.servers) where other != message.from {
      send(
        PaxosRegister.Message(
          kind: message.kind, from: message.from, to: other, ballot: message.ballot,
          proposal: message.proposal))
    }
  }
}

extension PaxosRegister.Message {
  /// A number that stands for it; messages are kept in order of these.
  var code: UInt64 {
    UInt64(kind.rawValue) << 40 | UInt64(from) << 36 | UInt64(to) << 32 | UInt64(ballot) << 24
      | UInt64(proposal) << 16 | UInt64(report.ballot) << 8 | UInt64(report.proposal)
  }
}

extension PaxosRegister.State: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    for server in servers {
      encoder.tag(server.ballot)
      encoder.tag(server.proposal << 1 | (server.isDecided ? 1 : 0))
      encoder.tag(server.prepared << 4 | server.acceptedBy)
      encoder.tag(server.accepted.ballot)
      encoder.tag(server.accepted.proposal << 4 | UInt8(server.reported.count))
      for report in server.reported {
        encoder.tag(report.ballot)
        encoder.tag(report.proposal)
      }
    }
    history.encode(into: &encoder)
    for message in network { encoder.write(unsigned: message.code) }
  }
}

extension PaxosRegister.State: CustomStringConvertible {
  package var description: String {
    let texts = servers.map { server in
      "ballot \(ballotText(server.ballot)), proposes \(server.proposal), accepted "
        + "\(server.accepted.proposal)\(server.isDecided ? ", decided" : "")"
    }
    return texts.enumerated().map { "server \($0): \($1)" }.joined(separator: "\n")
      + "\n\(history)\non the way: \(network.map(\.description).joined(separator: "; "))"
  }
}

extension PaxosRegister.Message: CustomStringConvertible {
  package var description: String {
    let about = proposal == 0 ? "" : " of \(proposal)"
    let round = ballot == 0 ? "" : " in ballot \(ballotText(ballot))"
    return "\(kind)\(about)\(round) from \(from) to \(to)"
  }
}

private func ballotText(_ ballot: UInt8) -> String { "\(ballot >> 4).\(ballot & 15)" }

extension PaxosRegister.Action: ModelAction, CustomStringConvertible {
  package static var kinds: [String] {
    PaxosRegister.Message.Kind.allCases.map { "\($0)" }
  }

  package var kind: Int { Int(message.kind.rawValue) }

  package var description: String { "arrives: \(message)" }
}
