package import Certificates
package import PlanEffects

/// Packets from one sender to one receiver by one way: what claims about the network are about.
package struct Flow: Hashable, Sendable {
  /// Who sends or receives.
  package enum Party: Hashable, Sendable {
    /// Hosts with public addresses, outside the account.
    case internet
    /// An instance, by its identifier.
    case instance(String)
  }

  /// Which address of the receiver a packet is sent to.
  package enum Way: String, Hashable, Sendable {
    /// The receiver's private address, within a VPC.
    case privately = "private"
    /// A public address, by internet gateways.
    case publicly = "public"
  }

  /// Who sends.
  package var sender: Party
  /// Who is to receive.
  package var receiver: Party
  /// By which way.
  package var way: Way
  /// The packets as they are sent, and the moments at which there is somebody to send and to
  /// receive them and the claim is about them.
  package var start: [Region]

  /// Makes a flow.
  package init(sender: Party, receiver: Party, way: Way, start: [Region]) {
    self.sender = sender
    self.receiver = receiver
    self.way = way
    self.start = start
  }

  /// Unique within a claim.
  package var name: String { "\(sender.text) to \(receiver.text), \(way.rawValue)" }
}

extension Flow.Party {
  /// For names.
  package var text: String {
    switch self {
    case .internet: "internet"
    case .instance(let id): id
    }
  }
}

/// Packet headers at some moments.
package struct Region: Hashable, Sendable {
  /// The moments.
  package var moments: Guard
  /// The headers.
  package var box: PacketBox

  /// Makes a region.
  package init(_ moments: Guard, _ box: PacketBox) {
    self.moments = moments
    self.box = box
  }
}
