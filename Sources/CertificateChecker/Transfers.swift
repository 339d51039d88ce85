import Certificates
import CloudModel
import PlanEffects

/// What each filter lets through, as regions; worked out once a filter.
struct Transfers {
  private let itinerary: Itinerary
  private let moments: Moments
  private var known: [Filter: [Region]] = [:]
  private var index: FactIndex { itinerary.index }

  init(_ itinerary: Itinerary, moments: Moments) {
    self.itinerary = itinerary
    self.moments = moments
  }

  /// The regions that a filter lets through.
  mutating func passing(_ filter: Filter) -> [Region] {
    if let regions = known[filter] { return regions }
    let regions = work(filter).filter { moments.arePossible($0.moments) }
    known[filter] = regions
    return regions
  }

  /// Packets as they are behind a filter that lets them through: with addresses rewritten.
  func behind(_ filter: Filter, _ region: Region) -> [Region] {
    switch filter {
    case .groups, .acl, .localRoute: return [region]
    case .inward(let id):
      guard let to = itinerary.interface(id) else { return [] }
      var seen = region
      seen.box.destination = to.addresses.range
      return [seen]
    case .outward(_, let id):
      return (index.publicAddresses[id] ?? []).compactMap { address in
        var seen = Region(region.moments.and(address.occurrence.presence), region.box)
        seen.box.source = address.content.range
        return moments.arePossible(seen.moments) ? seen : nil
      }
    }
  }

  /// The parts of a region that a filter lets through, as they are behind it.
  mutating func through(_ filter: Filter, _ region: Region) -> [Region] {
    var out: [Region] = []
    for piece in passing(filter) {
      guard let box = piece.box.intersection(region.box) else { continue }
      let both = region.moments.and(piece.moments)
      if moments.arePossible(both) { out += behind(filter, Region(both, box)) }
    }
    return out
  }

  private func work(_ filter: Filter) -> [Region] {
    switch filter {
    case .groups(let instance, let isEgress, let peer): groups(instance, isEgress, peer)
    case .acl(let subnet, let isEgress): acl(subnet, isEgress)
    case .localRoute(let subnet): routes(subnet) { $0 == .local }
    case .outward(let subnet, let instance): outward(subnet, instance)
    case .inward(let instance): inward(instance)
    }
  }

  private func groups(_ instance: String, _ isEgress: Bool, _ peer: String?) -> [Region] {
    var out: [Region] = []
    for membership in index.groups[instance] ?? [] {
      let rules = (isEgress ? index.egress : index.ingress)[membership.content] ?? []
      for rule in rules {
        let when = membership.occurrence.presence.and(rule.occurrence.presence)
        let box = rule.content.box
        switch rule.content.peer {
        case .cidr(let block):
          out.append(Region(when, box.towards(block.range, isEgress)))
        case .cidr6: break
        case .group(let group):
          guard let peer, let other = itinerary.interface(peer) else { continue }
          for membership in index.groups[peer] ?? [] where membership.content == group {
            out.append(
              Region(
                when.and(membership.occurrence.presence),
                box.towards(other.addresses.range, isEgress)))
          }
        }
      }
    }
    return out
  }

  private func acl(_ subnet: String, _ isEgress: Bool) -> [Region] {
    var out: [Region] = []
    for association in index.acls[subnet] ?? [] {
      let entries = (index.entries[association.content] ?? []).filter {
        $0.content.isEgress == isEgress
      }
      for (place, entry) in entries.enumerated() where entry.content.isAllow {
        let when = association.occurrence.presence.and(entry.occurrence.presence)
        var regions = [Region(when, entry.content.box)]
        for earlier in entries[..<place]
        where !earlier.content.isAllow && earlier.content.number < entry.content.number {
          regions = without(earlier.content.box, earlier.occurrence, regions)
        }
        out += regions
      }
    }
    return out
  }

  /// Regions without what something else takes away while it is there.
  private func without(
    _ box: PacketBox, _ occurrence: Occurrence, _ regions: [Region]
  ) -> [Region] {
    regions.flatMap { region -> [Region] in
      guard let inside = region.box.intersection(box) else { return [region] }
      var out = region.box.minus(box).map { Region(region.moments, $0) }
      for absent in occurrence.absence {
        let then = region.moments.and(absent)
        if moments.arePossible(then) { out.append(Region(then, inside)) }
      }
      return out
    }
  }

  /// Where a subnet's table sends packets to a kind of target: the longest prefix decides.
  private func routes(_ subnet: String, _ isWanted: (Route.Target) -> Bool) -> [Region] {
    var out: [Region] = []
    for (table, when) in tables(of: subnet) {
      let routes = index.routes[table] ?? []
      for route in routes where isWanted(route.content.target) {
        let here = PacketBox.all.towards(route.content.destination.range, true)
        var regions = [Region(when.and(route.occurrence.presence), here)]
        for other in routes
        where other.content.destination.length > route.content.destination.length
          && route.content.destination.contains(other.content.destination)
        {
          let taken = PacketBox.all.towards(other.content.destination.range, true)
          regions = without(taken, other.occurrence, regions)
        }
        out += regions
      }
    }
    return out
  }

  /// The tables that a subnet uses, and when: an explicit one, or the main one while there is none.
  private func tables(of subnet: String) -> [(String, Guard)] {
    let explicit = index.tables[subnet] ?? []
    var without = [Guard.always]
    for table in explicit {
      without = without.flatMap { guardian in table.occurrence.absence.map(guardian.and) }
    }
    let main = index.subnets[subnet].flatMap { index.mainTables[$0.vpc] } ?? []
    return explicit.map { ($0.content, $0.occurrence.presence) }
      + main.flatMap { table in
        without.map { (table.content, table.occurrence.presence.and($0)) }
      }
  }

  private func outward(_ subnet: String, _ instance: String) -> [Region] {
    guard let vpc = index.subnets[subnet]?.vpc else { return [] }
    var out: [Region] = []
    for gateway in index.gateways[vpc] ?? [] {
      let target = Route.Target.internetGateway(gateway.content)
      for address in index.publicAddresses[instance] ?? [] {
        let when = gateway.occurrence.presence.and(address.occurrence.presence)
        out += routes(subnet) { $0 == target }.map { Region($0.moments.and(when), $0.box) }
      }
    }
    return out
  }

  private func inward(_ instance: String) -> [Region] {
    guard let to = itinerary.interface(instance), let vpc = index.subnets[to.subnet]?.vpc else {
      return []
    }
    return (index.gateways[vpc] ?? []).flatMap { gateway in
      (index.publicAddresses[instance] ?? []).map { address in
        Region(
          gateway.occurrence.presence.and(address.occurrence.presence),
          PacketBox.all.towards(address.content.range, true))
      }
    }
  }
}
