extension SecurityGroupRule: Comparable {
  /// The canonical order in a group: by protocol, ports, ICMP type and code, peer, note.
  package static func < (a: Self, b: Self) -> Bool {
    if a.transport != b.transport {
      return a.transport.aws < b.transport.aws
    }
    if a.ports != b.ports {
      return (a.ports.lowerBound, a.ports.upperBound) < (b.ports.lowerBound, b.ports.upperBound)
    }
    if a.icmp != b.icmp {
      return (a.icmp?.type ?? -2, a.icmp?.code ?? -2) < (b.icmp?.type ?? -2, b.icmp?.code ?? -2)
    }
    return (a.peer.text, a.note) < (b.peer.text, b.note)
  }

  /// The rule without its note: what makes two rules the same one to AWS.
  package var identity: SecurityGroupRule {
    var copy = self
    copy.note = ""
    return copy
  }
}

extension SecurityGroupRule.Peer {
  /// The block or the group's identifier.
  package var text: String {
    switch self {
    case .cidr(let block): block.description
    case .cidr6(let text): text
    case .group(let id): id
    }
  }
}
