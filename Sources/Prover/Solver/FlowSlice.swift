import CertificateChecker
import Certificates
import CloudModel
import PlanEffects
import Plans
import SMT

/// One flow as a question to Z3: a packet, a set of steps in force, and what each station says. It
/// is flat: a truth value a rule, and for lists of which the first match decides one for each
/// prefix. Written from the facts alone; it shares no transfer with the box engine.
struct FlowSlice {
  /// Which moment facts are looked at.
  enum View {
    /// Any that the plan allows: steps are to be found.
    case anyMoment
    /// One moment.
    case at(StepSet)
  }

  /// Steps that a question mentions so far; flows of one question share them.
  final class Mentioned {
    fileprivate var steps: Set<StepID> = []
  }

  /// What must be so for what gateways put into the packet to be possible.
  private final class Required {
    var terms: [Solver.Term] = []
  }

  private let mentioned: Mentioned
  private let required = Required()
  let z3: Solver
  let index: FactIndex
  let moments: Moments
  let view: View
  private let source: Solver.Term
  private let destination: Solver.Term
  private let transport: Solver.Term
  private let sourcePort: Solver.Term
  private let destinationPort: Solver.Term
  private let seenSource: Solver.Term
  private let seenDestination: Solver.Term

  /// - Parameters:
  ///   - number: Tells the packets of several flows in one question apart.
  ///   - mentioned: The question's steps.
  init(
    _ z3: Solver, _ index: FactIndex, _ moments: Moments, _ view: View, number: Int = 0,
    _ mentioned: Mentioned = Mentioned()
  ) {
    self.z3 = z3
    self.mentioned = mentioned
    self.index = index
    self.moments = moments
    self.view = view
    source = z3.bitVector("source\(number)", width: 32)
    destination = z3.bitVector("destination\(number)", width: 32)
    transport = z3.bitVector("transport\(number)", width: 8)
    sourcePort = z3.bitVector("sourcePort\(number)", width: 16)
    destinationPort = z3.bitVector("destinationPort\(number)", width: 16)
    seenSource = z3.bitVector("seenSource\(number)", width: 32)
    seenDestination = z3.bitVector("seenDestination\(number)", width: 32)
  }

  /// The truth value "a step is in force".
  private func step(_ id: StepID) -> Solver.Term {
    mentioned.steps.insert(id)
    return z3.boolean("step\(id.index)")
  }

  /// Whether a guard holds.
  private func holds(_ guardian: Guard) -> Solver.Term {
    switch view {
    case .at(let moment): z3.constant(guardian.holds(at: moment))
    case .anyMoment:
      z3.all(guardian.inForce.map(step) + guardian.notInForce.map { z3.not(step($0)) })
    }
  }

  /// Requires of the steps that were mentioned that they are in force only with those that must
  /// have settled before them. To be called last.
  func order() {
    let steps = mentioned.steps.sorted()
    for later in steps {
      let least = moments.closure(of: [later])
      // What an implication's own implications say need not be said again.
      var said = StepSet(capacity: moments.stepCount)
      for earlier in steps.reversed()
      where earlier != later && least.contains(earlier) && !said.contains(earlier) {
        z3.assert(z3.implies(step(later), step(earlier)))
        said.formUnion(moments.closure(of: [earlier]))
      }
    }
  }

  /// Whether the packet starts in one of some regions and passes all stations.
  func crosses(_ start: [Region], _ stages: [Stage]) -> Solver.Term {
    let passes = passes(stages)
    return z3.all([isIn(start), passes] + required.terms)
  }

  /// Whether the packet starts in one of some regions and does not pass all stations.
  func isLost(_ start: [Region], _ stages: [Stage]) -> Solver.Term {
    let passes = passes(stages)
    return z3.all([isIn(start), z3.not(passes)] + required.terms)
  }

  /// Whether the packet does not cross, though what gateways put in is possible.
  func isKept(_ start: [Region], _ stages: [Stage]) -> Solver.Term {
    let passes = passes(stages)
    return z3.all([z3.not(z3.all([isIn(start), passes]))] + required.terms)
  }

  /// Whether the packet is in one of some regions at their moments.
  private func isIn(_ regions: [Region]) -> Solver.Term {
    z3.any(regions.map { z3.all([holds($0.moments), isIn($0.box)]) })
  }

  private func isIn(_ box: PacketBox) -> Solver.Term {
    z3.all([
      within(source, box.source.lowerBound, box.source.upperBound, 32),
      within(destination, box.destination.lowerBound, box.destination.upperBound, 32),
      within(transport, UInt32(box.transport.lowerBound), UInt32(box.transport.upperBound), 8),
      within(sourcePort, box.sourcePorts), within(destinationPort, box.destinationPorts),
    ])
  }

  private func within(_ term: Solver.Term, _ range: ClosedRange<UInt16>) -> Solver.Term {
    within(term, UInt32(range.lowerBound), UInt32(range.upperBound), 16)
  }

  private func within(_ term: Solver.Term, _ low: UInt32, _ high: UInt32, _ bits: UInt32)
    -> Solver.Term
  {
    z3.isBetween(
      term, z3.number(UInt64(low), width: bits), z3.number(UInt64(high), width: bits))
  }

  /// Whether the packet passes all stations; notes what gateways put in.
  private func passes(_ stages: [Stage]) -> Solver.Term {
    var (from, to) = (source, destination)
    var gates: [Solver.Term] = []
    for stage in stages {
      switch stage {
      case .leaving(let own, let other): gates.append(groups(own, other, isEgress: true, to))
      case .arriving(let own, let other): gates.append(groups(own, other, isEgress: false, from))
      case .leavingSubnet(let subnet): gates.append(acl(subnet, isEgress: true, to))
      case .enteringSubnet(let subnet): gates.append(acl(subnet, isEgress: false, from))
      case .routedLocally(let subnet): gates.append(routed(subnet, to) { $0 == .local })
      case .routedOut(let subnet, let own):
        gates.append(routedOut(subnet, own, to))
        from = seenSource
      case .comingIn(let own):
        gates.append(comesIn(own, to))
        to = seenDestination
      }
    }
    return z3.all(gates)
  }

  private func groups(
    _ own: FactIndex.Interface, _ other: FactIndex.Interface?, isEgress: Bool, _ side: Solver.Term
  ) -> Solver.Term {
    var ways: [Solver.Term] = []
    for member in index.groups[own.id] ?? [] {
      for rule in (isEgress ? index.egress : index.ingress)[member.content] ?? [] {
        let it = rule.content
        let here = holds(member.occurrence.presence.and(rule.occurrence.presence))
        let service = matches(it.transport, it.ports, it.icmp)
        switch it.peer {
        case .cidr(let block): ways.append(z3.all([here, service, isIn(block, side)]))
        case .cidr6: break
        case .group(let group):
          for membership in other.flatMap({ index.groups[$0.id] }) ?? []
          where membership.content == group {
            ways.append(z3.all([here, service, holds(membership.occurrence.presence)]))
          }
        }
      }
    }
    return z3.any(ways)
  }

  private func acl(_ subnet: String, isEgress: Bool, _ side: Solver.Term) -> Solver.Term {
    z3.any(
      (index.acls[subnet] ?? []).map { list in
        let entries = (index.entries[list.content] ?? []).filter { $0.content.isEgress == isEgress }
        let matching = entries.map { entry in
          (
            matches: z3.all([
              holds(entry.occurrence.presence), isIn(entry.content.cidr, side),
              matches(entry.content.transport, entry.content.ports, entry.content.icmp),
            ]), isAllow: entry.content.isAllow
          )
        }
        return z3.all([holds(list.occurrence.presence), firstAllows(matching)])
      })
  }

  private func routed(
    _ subnet: String, _ side: Solver.Term, to isWanted: (Route.Target) -> Bool
  ) -> Solver.Term {
    let explicit = index.tables[subnet] ?? []
    let main = index.subnets[subnet].flatMap { index.mainTables[$0.vpc] } ?? []
    let none = z3.all(explicit.map { z3.not(holds($0.occurrence.presence)) })
    func decides(_ table: String) -> Solver.Term {
      let routes = (index.routes[table] ?? []).sorted {
        $0.content.destination.length > $1.content.destination.length
      }
      return firstAllows(
        routes.map { route in
          (
            matches: z3.all([
              holds(route.occurrence.presence), isIn(route.content.destination, side),
            ]), isAllow: isWanted(route.content.target)
          )
        })
    }
    return z3.any(
      explicit.map { z3.all([holds($0.occurrence.presence), decides($0.content)]) }
        + main.map { z3.all([none, holds($0.occurrence.presence), decides($0.content)]) })
  }

  private func routedOut(_ subnet: String, _ own: FactIndex.Interface, _ side: Solver.Term)
    -> Solver.Term
  {
    let vpc = index.subnets[subnet]?.vpc ?? ""
    let gateways = (index.gateways[vpc] ?? []).map { gateway in
      z3.all([
        holds(gateway.occurrence.presence),
        routed(subnet, side) { $0 == .internetGateway(gateway.content) },
      ])
    }
    let addresses = index.publicAddresses[own.id] ?? []
    for address in addresses {
      required.terms.append(
        z3.any([
          z3.not(holds(address.occurrence.presence)),
          within(seenSource, address.content.lower, address.content.upper, 32),
        ]))
    }
    return z3.all([z3.any(gateways), z3.any(addresses.map { holds($0.occurrence.presence) })])
  }

  private func comesIn(_ own: FactIndex.Interface, _ side: Solver.Term) -> Solver.Term {
    required.terms.append(
      within(seenDestination, own.addresses.lower, own.addresses.upper, 32))
    let vpc = index.subnets[own.subnet]?.vpc ?? ""
    return z3.all([
      z3.any((index.gateways[vpc] ?? []).map { holds($0.occurrence.presence) }),
      z3.any(
        (index.publicAddresses[own.id] ?? []).map { address in
          z3.all([
            holds(address.occurrence.presence),
            within(side, address.content.lower, address.content.upper, 32),
          ])
        }),
    ])
  }

  /// Whether the first that matches allows; one truth value for each prefix of the list.
  private func firstAllows(_ list: [(matches: Solver.Term, isAllow: Bool)]) -> Solver.Term {
    var ways: [Solver.Term] = []
    var earlier: [Solver.Term] = []
    for entry in list {
      if entry.isAllow { ways.append(z3.all([entry.matches] + earlier.map(z3.not))) }
      earlier.append(entry.matches)
    }
    return z3.any(ways)
  }

  private func isIn(_ block: CIDR, _ side: Solver.Term) -> Solver.Term {
    if block.length == 0 { return z3.constant(true) }
    return within(side, block.lower, block.upper, 32)
  }

  private func matches(
    _ wanted: Transport, _ ports: ClosedRange<UInt16>, _ icmp: ICMPTypeCode?
  ) -> Solver.Term {
    guard let number = wanted.number else { return z3.constant(true) }
    var all = [z3.equal(transport, z3.number(UInt64(number), width: 8))]
    switch wanted {
    case .any, .other: break
    case .tcp, .udp: all.append(within(destinationPort, ports))
    case .icmp:
      guard let icmp, (0...255).contains(icmp.type) else { break }
      let low = UInt16(icmp.type) << 8
      let codes = UInt16(exactly: icmp.code).flatMap { $0 < 256 ? $0...$0 : nil } ?? 0...255
      all.append(within(destinationPort, (low | codes.lowerBound)...(low | codes.upperBound)))
    }
    return z3.all(all)
  }
}
