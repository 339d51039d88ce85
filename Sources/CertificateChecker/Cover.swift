import Certificates
import PlanEffects

/// Decides whether regions lie within others, with a limit on the work, so that no input hangs it.
struct Cover {
  let moments: Moments
  /// How many more comparisons may be made; below zero, nothing is covered any more.
  private(set) var budget: Int

  init(_ moments: Moments, budget: Int) {
    self.moments = moments
    self.budget = budget
  }

  /// Whether every header of a region is, at each of its moments, in one of some regions.
  mutating func covers(_ region: Region, by others: [Region]) -> Bool {
    budget -= others.count + 1
    guard budget >= 0 else { return false }
    guard moments.arePossible(region.moments) else { return true }
    let least = moments.closure(of: region.moments.inForce)
    var undecided: (Guard, Guard)?
    for other in others where other.box.intersection(region.box) != nil {
      let open = other.moments
      if moments.arePossible(region.moments.and(open)) == false { continue }
      let isImplied =
        open.inForce.allSatisfy(least.contains)
        && open.notInForce.allSatisfy(region.moments.notInForce.contains)
      if isImplied {
        let rest = region.box.minus(other.box)
        for box in rest where !covers(Region(region.moments, box), by: others) { return false }
        return true
      }
      if undecided == nil { undecided = split(open, region.moments, least) }
    }
    guard let undecided else { return false }
    return covers(Region(region.moments.and(undecided.0), region.box), by: others)
      && covers(Region(region.moments.and(undecided.1), region.box), by: others)
  }

  /// A literal that one guard has and the other does not decide, and its opposite.
  private func split(_ open: Guard, _ given: Guard, _ least: StepSet) -> (Guard, Guard)? {
    for step in open.inForce where !least.contains(step) && !given.notInForce.contains(step) {
      return (Guard(inForce: [step]), Guard(notInForce: [step]))
    }
    for step in open.notInForce where !given.notInForce.contains(step) && !least.contains(step) {
      return (Guard(notInForce: [step]), Guard(inForce: [step]))
    }
    return nil
  }
}
