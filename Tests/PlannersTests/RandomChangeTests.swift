import Canon
import CloudModel
import Determinism
import Planners
import Plans
import TestSupport
import Testing

/// Random networks, changed at random: the plan between any two of them, carried out in any order
/// that its edges allow, ends where nothing is to be done.
@Suite struct RandomChangeTests {
  private func network(_ random: inout RandomSource) -> Blueprint {
    let cidr = random.below(6) == 0 ? "10.1.0.0/16" : "10.0.0.0/16"
    let base = cidr.hasPrefix("10.1") ? "10.1" : "10.0"
    var resources = [Lives.vpc("net", cidr: cidr, hostnames: random.below(2) == 0)]
    let hasGateway = random.below(3) > 0
    if hasGateway { resources.append(Lives.gateway("door", vpc: "net")) }
    let subnets = (0..<3).filter { _ in random.below(4) > 0 }
    for subnet in subnets {
      let block = random.below(5) == 0 ? subnet + 10 : subnet
      resources.append(Lives.subnet("s\(subnet)", vpc: "net", cidr: "\(base).\(block).0/24"))
    }
    let groups = (0..<3).filter { _ in random.below(4) > 0 }
    for group in groups {
      let peers = groups.filter { _ in random.below(2) == 0 }
      resources.append(
        Lives.group(
          "g\(group)", vpc: "net",
          from: peers.map { ("g\($0)", Int64(80 + random.below(2))) }))
    }
    if random.below(3) > 0 {
      var unused = subnets
      unused.removeAll { _ in random.below(2) == 0 }
      resources.append(
        Lives.table(
          "way", vpc: "net", cidr: cidr,
          routes: hasGateway && random.below(3) > 0 ? [("0.0.0.0/0", "door")] : [],
          subnets: unused.map { "s\($0)" }))
    }
    for number in 0..<3 where !subnets.isEmpty && !groups.isEmpty && random.below(3) > 0 {
      var members = groups.filter { _ in random.below(2) == 0 }
      if members.isEmpty { members = [groups[0]] }
      resources.append(
        Lives.instance(
          "i\(number)", subnet: "s\(subnets[random.below(subnets.count)])",
          groups: members.map { "g\($0)" }))
    }
    resources.shuffle(using: &random)
    return Blueprint(
      composition: Digest(of: "random"), region: "us-east-1", resources: resources,
      invariants: [])
  }

  @Test(arguments: 1...60)
  func `from any network to any other, in any order, and nothing remains to be done`(
    seed: UInt64
  ) throws {
    var random = RandomSource(Seed(seed))
    var world = World()
    var previous: Blueprint?
    for _ in 0..<4 {
      let next = network(&random)
      guard case .plan(let plan) = try world.plan(next, previous: previous) else {
        Issue.record("seed \(seed): no plan")
        return
      }
      #expect(plan.defects.isEmpty)
      do {
        try world.carryOut(plan, random: &random)
      } catch {
        Issue.record("seed \(seed): \(error)\n\(plan.text)")
        return
      }
      guard case .plan(let again) = try world.plan(next, previous: previous) else { return }
      #expect(again.steps.isEmpty, "seed \(seed):\n\(plan.text)\nthen\n\(again.text)")
      previous = next
    }
  }

  /// What is left of the old then counts as a second one of the new, and still hangs on each other.
  @Test(arguments: 1...60)
  func `a plan made amid another one takes away nothing on which something hangs`(
    seed: UInt64
  ) throws {
    var random = RandomSource(Seed(seed))
    var world = World()
    let old = PlannerTests.small
    var new = old
    for (index, resource) in old.resources.enumerated() {
      switch resource.address.text {
      case "net": new.resources[index] = Lives.vpc("net", cidr: "10.1.0.0/16", hostnames: true)
      case "front": new.resources[index] = Lives.subnet("front", vpc: "net", cidr: "10.1.1.0/24")
      case "back": new.resources[index] = Lives.subnet("back", vpc: "net", cidr: "10.1.2.0/24")
      case "way":
        new.resources[index] = Lives.table(
          "way", vpc: "net", cidr: "10.1.0.0/16", routes: [("0.0.0.0/0", "door")],
          subnets: ["front"])
      default: continue
      }
    }
    guard case .plan(let first) = try world.plan(old) else { return }
    try world.carryOut(first, random: &random)
    for _ in 0..<3 {
      guard case .plan(let plan) = try world.plan(new, previous: old) else {
        Issue.record("seed \(seed): no plan")
        return
      }
      do {
        try world.carryOut(
          plan, random: &random, limit: random.below(plan.steps.count + 1), isStrict: true)
      } catch {
        Issue.record("seed \(seed): \(error)\n\(plan.text)")
        return
      }
    }
    guard case .plan(let last) = try world.plan(new, previous: old) else { return }
    try world.carryOut(last, random: &random, isStrict: true)
    guard case .plan(let again) = try world.plan(new, previous: old) else { return }
    #expect(again.steps.isEmpty, "seed \(seed):\n\(again.text)")
  }
}
