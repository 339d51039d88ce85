import Certificates
package import CloudModel
package import PlanEffects

/// What a claim about the network means: the flows that it forbids or demands. This is its only
/// definition; the prover reads it here, too.
package struct ClaimFlows: Sendable {
  private let index: FactIndex
  private let process: String
  private let internet: AddressSpace
  private let byID: [String: FactIndex.Entry<FactIndex.Interface>]

  /// Prepares the facts of a plan's effects.
  ///
  /// - Parameters:
  ///   - index: The facts.
  ///   - process: The process whose resources the claims name.
  package init(_ index: FactIndex, process: String) {
    self.index = index
    self.process = process
    internet = index.internet
    byID = Dictionary(index.instances.map { ($0.content.id, $0) }) { first, _ in first }
  }

  /// The flows that a claim forbids, in a fixed order; nil where one of its endpoints names nothing
  /// that is known.
  package func forbidden(by claim: Claim) -> [Flow]? {
    switch claim {
    case .never(let from, let to, let traffic):
      guard let senders = sides(from), let receivers = sides(to) else { return nil }
      return flows(senders, receivers, traffic)
    case .only(let from, let to, let traffic):
      guard let senders = others(than: from), let receivers = sides(to) else { return nil }
      return flows(senders, receivers, traffic)
    case .always, .forall, .nobodyOutside: return []
    }
  }

  /// The flows that a claim demands, in a fixed order, from client ports; nil where an endpoint
  /// names nothing. A demanded pair that no flow can serve is a flow without packets.
  package func demanded(by claim: Claim) -> [Flow]? {
    guard case .always(let from, let to, let traffic) = claim else { return [] }
    guard let senders = sides(from), let receivers = sides(to) else { return nil }
    var out = flows(senders, receivers, traffic).filter(isUsual)
    for index in out.indices { out[index].start = out[index].start.map(\.fromClientPorts) }
    let served = Set(out.map { [$0.sender, $0.receiver] })
    for sender in senders {
      for receiver in receivers where sender.party != receiver.party {
        guard !served.contains([sender.party, receiver.party]) else { continue }
        out.append(
          Flow(sender: sender.party, receiver: receiver.party, way: .publicly, start: []))
      }
    }
    return out
  }

  /// Of the two ways between instances, the one that counts for a demand: the private one where
  /// there is one.
  private func isUsual(_ flow: Flow) -> Bool {
    guard case .instance(let a) = flow.sender, case .instance(let b) = flow.receiver else {
      return true
    }
    return vpc(a) == vpc(b) ? flow.way == .privately : flow.way == .publicly
  }

  private func vpc(_ instance: String) -> String? {
    byID[instance].flatMap { index.subnets[$0.content.subnet]?.vpc }
  }

  /// One side of a claim: who, when it is meant, and with which addresses.
  private struct Side {
    var party: Flow.Party
    var moments: [Guard]
    var addresses: AddressSpace
  }

  private func sides(_ endpoints: [Endpoint]) -> [Side]? {
    var out: [Side] = []
    for endpoint in endpoints {
      switch endpoint {
      case .internet:
        out.append(Side(party: .internet, moments: [.always], addresses: internet))
      case .cidr(let block): out += sides(of: block)
      case .resource(let address):
        guard let found = sides(of: address) else { return nil }
        out += found
      }
    }
    return out
  }

  private func sides(of block: CIDR) -> [Side] {
    let outside = within(block.range, internet)
    var out =
      outside.isEmpty ? [] : [Side(party: .internet, moments: [.always], addresses: outside)]
    for entry in index.instances {
      let own = within(block.range, [entry.content.addresses.range])
      let isPublic = (index.publicAddresses[entry.content.id] ?? []).contains {
        $0.content.range.overlaps(block.range)
      }
      if isPublic {
        out.append(side(entry, .always))
      } else if !own.isEmpty {
        out.append(
          Side(
            party: .instance(entry.content.id), moments: [entry.occurrence.presence],
            addresses: own))
      }
    }
    return out
  }

  private func side(_ entry: FactIndex.Entry<FactIndex.Interface>, _ moments: Guard) -> Side {
    Side(
      party: .instance(entry.content.id), moments: [entry.occurrence.presence.and(moments)],
      addresses: [entry.content.addresses.range])
  }

  /// The instances that an address names: itself, the members of a group, those in a subnet or VPC.
  private func sides(of address: ResourceAddress) -> [Side]? {
    let ids = Set(identifiers(of: address))
    guard !ids.isEmpty else { return nil }
    var out: [Side] = []
    for entry in index.instances {
      let interface = entry.content
      let vpc = index.subnets[interface.subnet]?.vpc
      if ids.contains(interface.id) || ids.contains(interface.subnet)
        || vpc.map(ids.contains) == true
      {
        out.append(side(entry, .always))
        continue
      }
      for group in index.groups[interface.id] ?? [] where ids.contains(group.content) {
        out.append(side(entry, group.occurrence.presence))
      }
    }
    return out
  }

  /// Identifiers of a resource of this process.
  package func identifiers(of address: ResourceAddress) -> [String] {
    let all = index.names[address] ?? []
    return all.filter { $0.process == process }.map(\.id)
  }

  /// Everybody but some.
  private func others(than endpoints: [Endpoint]) -> [Side]? {
    var space = internet
    var excused: Set<String> = []
    var members: [String: [Occurrence]] = [:]
    for endpoint in endpoints {
      switch endpoint {
      case .internet: space = []
      case .cidr(let block):
        space = without(block.range, space)
        for entry in index.instances where block.range.contains(entry.content.addresses.range) {
          excused.insert(entry.content.id)
        }
      case .resource(let address):
        let ids = Set(identifiers(of: address))
        guard !ids.isEmpty else { return nil }
        for entry in index.instances {
          let it = entry.content
          let vpc = index.subnets[it.subnet]?.vpc
          if ids.contains(it.id) || ids.contains(it.subnet) || vpc.map(ids.contains) == true {
            excused.insert(it.id)
          }
          for group in index.groups[it.id] ?? [] where ids.contains(group.content) {
            members[it.id, default: []].append(group.occurrence)
          }
        }
      }
    }
    var out = space.isEmpty ? [] : [Side(party: .internet, moments: [.always], addresses: space)]
    for entry in index.instances where !excused.contains(entry.content.id) {
      var moments = [entry.occurrence.presence]
      for membership in members[entry.content.id] ?? [] {
        moments = moments.flatMap { moment in membership.absence.map(moment.and) }
      }
      var side = side(entry, .always)
      side.moments = moments
      if !moments.isEmpty { out.append(side) }
    }
    return out
  }

  private func flows(_ senders: [Side], _ receivers: [Side], _ traffic: Traffic) -> [Flow] {
    var starts: [String: Int] = [:]
    var out: [Flow] = []
    for sender in senders {
      for receiver in receivers where sender.party != receiver.party {
        for flow in flows(sender, receiver, traffic) {
          if let known = starts[flow.name] {
            let new = flow.start.filter { !out[known].start.contains($0) }
            out[known].start += new
          } else if !flow.start.isEmpty {
            starts[flow.name] = out.count
            out.append(flow)
          }
        }
      }
    }
    return out
  }

  private func flows(_ sender: Side, _ receiver: Side, _ traffic: Traffic) -> [Flow] {
    let moments = sender.moments.flatMap { a in receiver.moments.map(a.and) }
    func flow(_ way: Flow.Way, to destinations: AddressSpace) -> Flow {
      var start: [Region] = []
      for source in sender.addresses {
        for destination in destinations {
          for box in traffic.boxes(from: source, to: destination) {
            start += moments.map { Region($0, box) }
          }
        }
      }
      return Flow(sender: sender.party, receiver: receiver.party, way: way, start: start)
    }
    guard case .instance(let target) = receiver.party else {
      return [flow(.publicly, to: receiver.addresses)]
    }
    var out: [Flow] = []
    if case .instance(let source) = sender.party, vpc(source) == vpc(target) {
      out.append(flow(.privately, to: receiver.addresses))
    }
    let addresses = (index.publicAddresses[target] ?? []).map(\.content.range)
    let distinct = Set(addresses).sorted { $0.lowerBound < $1.lowerBound }
    if !distinct.isEmpty { out.append(flow(.publicly, to: distinct)) }
    return out
  }
}

extension Traffic {
  /// Its headers between two ranges of addresses. Protocols without ports have the ports 0.
  fileprivate func boxes(
    from source: ClosedRange<UInt32>, to destination: ClosedRange<UInt32>
  ) -> [PacketBox] {
    func box(_ transport: ClosedRange<UInt8>, _ ports: ClosedRange<UInt16>) -> PacketBox {
      let hasSourcePort = transport.contains(6) || transport.contains(17)
      return PacketBox(
        source: source, destination: destination, transport: transport,
        sourcePorts: hasSourcePort ? 0...(.max) : 0...0, destinationPorts: ports)
    }
    switch transport {
    case .any where ports == 0...(.max): return [box(0...(.max), ports)]
    case .any:
      return [
        box(6...6, ports), box(17...17, ports), box(1...1, 0...(.max)), box(0...0, 0...0),
        box(2...5, 0...0), box(7...16, 0...0), box(18...(.max), 0...0),
      ]
    case .tcp: return [box(6...6, ports)]
    case .udp: return [box(17...17, ports)]
    case .icmp: return [box(1...1, 0...(.max))]
    case .other(let number): return [box(number...number, 0...0)]
    }
  }
}

extension Region {
  /// The region with source ports as clients use them, 1024 and up.
  fileprivate var fromClientPorts: Region {
    var region = self
    if box.sourcePorts.upperBound >= 1024 { region.box.sourcePorts = 1024...(.max) }
    return region
  }
}
