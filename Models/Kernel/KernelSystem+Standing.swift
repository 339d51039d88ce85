import CloudModel
import ModelChecker

/// Runs without faults, one action after the other.
extension KernelSystem {
  /// Carries out so many of the commands without any fault.
  ///
  /// - Returns: the kernel at rest after them, with all the faults still to come; and whether it
  ///   came to rest at all, within 1,000 steps and 100 for each resource.
  func rest(of start: KernelState, after wishes: Int) -> (state: KernelState, isAtRest: Bool) {
    var state = start
    state.budget = .none
    let size = composition.blueprint.resources.count + (composition.updated?.resources.count ?? 0)
    for _ in 0..<1000 + 100 * size {
      let isGiven = Int(state.given) >= wishes
      let choices = actions(in: state).map { (action: $0, rank: rank($0)) }
        .filter { $0.rank < (isGiven ? 3 : 4) }
      guard let choice = choices.min(by: { $0.rank < $1.rank }),
        !isGiven || !isQuiet(state), let next = next(state, choice.action)
      else { break }
      state = next
    }
    let isAtRest = Int(state.given) >= wishes && isQuiet(state)
    state.budget = start.budget
    return (state, isAtRest)
  }

  /// A kernel with an empty journal on an account in which everything stands already.
  func adopted(_ state: KernelState) -> KernelState {
    var next = start
    next.account = state.account
    return next
  }

  /// Whether nothing is under way, whatever is still to be asked for.
  func isQuiet(_ state: KernelState) -> Bool {
    state.flights.isEmpty && state.request < 0
      && conductors.facts(state.conductor).isQuiescent
  }

  /// What comes first where nothing goes wrong: calls are carried out, then replies come, then time
  /// passes, then people ask for more.
  private func rank(_ action: KernelAction) -> Int {
    switch action {
    case .carryOut, .move: 0
    case .deliver(.wake), .deliver(.wakeNeighbour): 2
    case .deliver(.wish): 3
    case .deliver(.reply), .deliver(.read), .deliver(.planned), .deliver(.proved),
      .deliver(.enforce), .deliver(.lease):
      1
    case .deliver(.staleRead), .deliver(.silence), .deliver(.notProved), .deliver(.echo),
      .deliver(.provedBefore), .deliver(.provedLate), .deliver(.former), .deliver(.refusedRead),
      .crashAmid, .crashTorn, .stall, .awake, .crash, .carryOutTwice, .vanish, .refuse, .deny,
      .breakDown, .edit, .calm:
      4
    }
  }
}
