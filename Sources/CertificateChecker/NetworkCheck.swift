import Certificates
import CloudModel
import PlanEffects
import Plans

/// Checks what a certificate says of the network, at one moment or at all of them.
struct NetworkCheck {
  private let model: EffectModel
  private let itinerary: Itinerary
  private let claims: ClaimFlows
  private var transfers: Transfers
  private var cover: Cover

  /// The check of a plan's effects.
  init(_ model: EffectModel, process: String) {
    self.model = model
    let index = FactIndex(model)
    itinerary = Itinerary(index)
    claims = ClaimFlows(index, process: process)
    transfers = Transfers(itinerary, moments: model.moments)
    cover = Cover(model.moments, budget: 20_000_000)
  }

  /// Why nothing can be said of the network at all; nil where something can.
  var doubt: String? {
    if let doubt = model.doubts.first(where: { $0.subject == .network }) { return doubt.reason }
    if let id = itinerary.index.forwarders.first { return "\(id) forwards what is not its own" }
    for id in itinerary.index.instances.map(\.content.subnet)
    where itinerary.index.acls[id] == nil {
      return "the network ACL of \(id) is not known"
    }
    return nil
  }

  /// Why separators do not show that a claim's flows stay closed; nil where they do.
  mutating func refusal(
    of claim: Claim, _ separators: [Separator], before: inout NetworkCheck,
    after: inout NetworkCheck
  ) -> String? {
    guard let flows = claims.forbidden(by: claim) else { return "it names what is not known" }
    var rest = separators[...]
    for flow in flows {
      var behind: [[GuardedBox]] = []
      if rest.first?.flow == flow.name { behind = rest.removeFirst().behind }
      if let reason = refusal(of: flow, behind, &before, &after) {
        return "\(flow.name): \(reason)"
      }
    }
    return rest.isEmpty ? nil : "it has a separator for no flow of the claim"
  }

  private mutating func refusal(
    of flow: Flow, _ separator: [[GuardedBox]], _ before: inout NetworkCheck,
    _ after: inout NetworkCheck
  ) -> String? {
    guard let filters = itinerary.filters(of: flow) else { return "it has no way" }
    guard separator.count <= filters.count else { return "it has more filters than the way" }
    var here = flow.start.filter { model.moments.arePossible($0.moments) }
    for (place, filter) in filters.enumerated() {
      guard let next = place < separator.count ? regions(separator[place]) : [] else {
        return "it names a step that the plan does not have"
      }
      for region in here {
        for image in transfers.through(filter, region) where !cover.covers(image, by: next) {
          return "filter \(place + 1) lets more through than it says"
        }
      }
      here = next
    }
    return here.isEmpty ? nil : refusal(ofRest: here, flow, &before, &after)
  }

  /// What may arrive must have been open before the plan, and be closed after it.
  private mutating func refusal(
    ofRest rest: [Region], _ flow: Flow, _ before: inout NetworkCheck, _ after: inout NetworkCheck
  ) -> String? {
    let was = before.arriving(flow, at: model.moments.start)
    for region in rest where !cover.covers(Region(.always, region.box), by: was) {
      return "it lets packets arrive"
    }
    return after.arriving(flow, at: model.moments.end).isEmpty ? nil : "it is open in the end"
  }

  /// What arrives of a flow at the one moment that this check is about.
  private mutating func arriving(_ flow: Flow, at moment: StepSet) -> [Region] {
    var here = flow.start.filter { $0.moments.holds(at: moment) }.map { Region(.always, $0.box) }
    for filter in itinerary.filters(of: flow) ?? [] {
      here = here.flatMap { transfers.through(filter, $0) }
    }
    return here
  }

  private func regions(_ boxes: [GuardedBox]) -> [Region]? {
    let steps = 0..<model.moments.stepCount
    var out: [Region] = []
    for box in boxes {
      guard (box.inForce + box.notInForce).allSatisfy({ steps.contains($0.index) }) else {
        return nil
      }
      let when = Guard(inForce: box.inForce, notInForce: box.notInForce)
      if model.moments.arePossible(when) { out.append(Region(when, box.box)) }
    }
    return out
  }
}

extension NetworkCheck {
  /// Why a claim that demands flows does not hold in the end, or meanwhile where it held before;
  /// nil where it does.
  mutating func refusal(
    ofDemand claim: Claim, before: inout NetworkCheck, after: inout NetworkCheck
  ) -> String? {
    guard let inTheEnd = after.claims.demanded(by: claim), !inTheEnd.isEmpty else {
      return "it names what is not there in the end"
    }
    for flow in inTheEnd where !after.carries(flow) { return "\(flow.name): closed in the end" }
    let held = (before.claims.demanded(by: claim) ?? []).filter { before.carries($0) }.map(\.name)
    for flow in claims.demanded(by: claim) ?? [] where held.contains(flow.name) {
      if !carries(flow) { return "\(flow.name): closed meanwhile" }
    }
    return nil
  }

  /// Whether all packets of a flow get through and are answered, at every moment of this check.
  private mutating func carries(_ flow: Flow) -> Bool {
    guard let there = itinerary.filters(of: flow), let back = itinerary.filtersBack(of: flow),
      !flow.start.isEmpty
    else { return false }
    let replies = flow.start.flatMap { answers(to: $0, flow) }
    return !replies.isEmpty && passAll(flow.start, there) && passAll(replies, back)
  }

  private mutating func passAll(_ start: [Region], _ filters: [Filter]) -> Bool {
    var here = start
    for filter in filters {
      let passing = transfers.passing(filter)
      for region in here where !cover.covers(region, by: passing) { return false }
      here = here.flatMap { transfers.behind(filter, $0) }
    }
    return true
  }

  /// Answers to packets, as the receiver sends them: addresses and ports swapped.
  private func answers(to region: Region, _ flow: Flow) -> [Region] {
    var answer = region.box
    answer.sourcePorts = region.box.destinationPorts
    answer.destinationPorts =
      region.box.transport.contains(1) ? 0...(.max) : region.box.sourcePorts
    switch flow.receiver {
    case .internet: answer.source = region.box.destination
    case .instance(let id):
      guard let to = itinerary.interface(id) else { return [] }
      answer.source = to.addresses.range
    }
    guard case .instance(let id) = flow.sender, flow.way == .publicly else {
      answer.destination = region.box.source
      return [Region(region.moments, answer)]
    }
    return (itinerary.index.publicAddresses[id] ?? []).map { address in
      answer.destination = address.content.range
      return Region(region.moments.and(address.occurrence.presence), answer)
    }
  }
}
