import Canon
import CertificateChecker
import Certificates
import CloudModel
import CloudSemantics
import Determinism
import PacketWalker
import PlanEffects
import Plans
import Prover
import Testing

@Suite struct WalkerAgreementTests {
  @Test(arguments: 0..<40)
  func `the box engine lets through what the walker delivers, at every moment`(seed: Int) {
    var network = DrawnNetwork(UInt64(seed))
    let plan = network.plan(steps: 1 + seed % 7)
    let model = EffectModel(of: plan, on: network.account)
    if !model.doubts.isEmpty { return }
    let index = FactIndex(model)
    var flows = allFlows(index, network.account)
    for place in flows.indices {
      flows[place].start = flows[place].start.map {
        Region($0.moments, PacketBox(full: $0.box))
      }
    }
    for _ in 0..<6 {
      let moment = randomMoment(plan, &network.random)
      let account = account(network.account, plan, moment)
      for flow in flows {
        let open = (model.arrivals(of: flow) ?? []).filter {
          Guard(inForce: $0.inForce, notInForce: $0.notInForce).holds(at: moment)
        }.map(\.box)
        for _ in 0..<12 {
          guard let packet = randomPacket(flow, account, &network.random) else { continue }
          let isOpen = open.contains { $0.contains(headers(packet)) }
          let isDelivered = delivers(packet, flow, account)
          #expect(
            isOpen == isDelivered,
            "seed \(seed), steps \(moment.steps.map(\.index)), \(flow.name), \(packet)")
        }
      }
    }
  }

  private func allFlows(_ index: FactIndex, _ account: AccountState) -> [Flow] {
    let all = CIDR.all
    return ClaimFlows(index, process: "dev")
      .forbidden(by: .never(from: [.internet, .cidr(all)], to: [.cidr(all)], .any)) ?? []
  }

  /// Steps in force: closed under every edge, so that the account can be made by calls.
  private func randomMoment(_ plan: Plan, _ random: inout RandomSource) -> StepSet {
    var moment = StepSet(capacity: plan.steps.count)
    for step in plan.steps.indices {
      let isReady = plan.edges.allSatisfy { $0.to.index != step || moment.contains($0.from) }
      if isReady, random.below(3) > 0 { moment.insert(StepID(step)) }
    }
    return moment
  }

  private func account(
    _ baseline: AccountState, _ plan: Plan, _ moment: StepSet
  ) -> AccountState {
    var account = baseline
    for step in moment.steps {
      let done = CloudSemantics.perform(plan.steps[step.index].call, on: &account)
      for transition in done.begun {
        _ = CloudSemantics.advance(&account, transition, now: .zero)
      }
    }
    return account
  }

  private func randomPacket(
    _ flow: Flow, _ account: AccountState, _ random: inout RandomSource
  ) -> PacketHeader? {
    let outside = ["8.8.8.8", "9.0.0.1", "203.0.113.9", "200.1.1.1", "1.1.1.1"]
      .compactMap { IPv4Address($0) }
    let from = id(flow.sender).flatMap { account.instances[$0] }
    let to = id(flow.receiver).flatMap { account.instances[$0] }
    if id(flow.sender) != nil && from?.state != .running { return nil }
    if id(flow.receiver) != nil && to?.state != .running { return nil }
    let source = from?.privateAddress ?? outside[random.below(outside.count)]
    let destination =
      flow.way == .privately
      ? to?.privateAddress
      : id(flow.receiver) == nil ? outside[random.below(outside.count)] : to?.publicAddress
    guard let destination else { return nil }
    let transport: UInt8 = [6, 6, 6, 17, 1, 50][random.below(6)]
    let ports: [UInt16] = [22, 443, 450, 1023, 1024, 65535, 0, 8 << 8, 8 << 8 | 1]
    let hasPorts = transport == 6 || transport == 17
    return PacketHeader(
      source: source, destination: destination, transport: transport,
      sourcePort: hasPorts ? 40000 : 0,
      destinationPort: transport == 50 ? 0 : ports[random.below(ports.count)],
      sender: id(flow.sender), receiver: id(flow.receiver))
  }
}

/// Whether the walker carries a packet from its sender to its receiver.
func delivers(_ header: PacketHeader, _ flow: Flow, _ account: AccountState) -> Bool {
  let payload: Packet.Payload =
    switch header.transport {
    case 6: .tcp(source: header.sourcePort, destination: header.destinationPort)
    case 17: .udp(source: header.sourcePort, destination: header.destinationPort)
    case 1:
      .icmp(
        type: UInt8(header.destinationPort >> 8), code: UInt8(header.destinationPort & 255))
    default: .other(header.transport)
    }
  let packet = Packet(
    source: header.source, destination: header.destination, payload: payload)
  let sender = header.sender.map { Station.instance($0) } ?? .internet
  let receiver = header.receiver.map { Station.instance($0) } ?? .internet
  return walk(packet, from: sender, in: account).receiver == receiver
}

extension PacketBox {
  /// A box with the same addresses and every protocol and port.
  fileprivate init(full box: PacketBox) {
    self = .all
    source = box.source
    destination = box.destination
  }
}

private func id(_ party: Flow.Party) -> String? {
  switch party {
  case .internet: nil
  case .instance(let id): id
  }
}

private func headers(_ packet: PacketHeader) -> PacketBox {
  PacketBox(
    source: packet.source.bits...packet.source.bits,
    destination: packet.destination.bits...packet.destination.bits,
    transport: packet.transport...packet.transport,
    sourcePorts: packet.sourcePort...packet.sourcePort,
    destinationPorts: packet.destinationPort...packet.destinationPort)
}
