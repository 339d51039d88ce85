/// A system of processes of which it is known who may get in whose way.
///
/// It says so in one of two forms, or in both: which actions are a process's own affair, and with
/// whom the others may collide. `localityBreach` checks both.
package protocol ConcurrentSystem: TransitionSystem {
  /// The process that takes an action, numbered from 0.
  func process(of action: Action) -> Int
  /// Whether an action is local: as long as its process rests, nothing that others do, now or
  /// later, makes a difference to what the process can do, or to what comes of the action; it takes
  /// nothing from others that they could do (it may make more possible); and where others bring
  /// about what a claim speaks of, they do so after it, too. None, unless said otherwise.
  func isLocal(_ action: Action, in state: State) -> Bool
  /// With whom a process may collide: all that, now or later, as long as it rests, may make a
  /// difference to what it can do next or to what comes of that, or to whom that makes a
  /// difference, as with local actions. Nil where it may be anybody: unless said otherwise, if not
  /// all that it can do is local.
  func rivals(of process: Int, in state: State) -> [Int]?
}

extension ConcurrentSystem {
  /// None.
  package func isLocal(_ action: Action, in state: State) -> Bool { false }
  /// Anybody.
  package func rivals(of process: Int, in state: State) -> [Int]? { nil }
}

/// A system searched up to the order of independent actions: where some processes can collide with
/// each other alone, nothing that the rest could do is tried yet.
///
/// In the end, states are looked at again, in full, until from each of which only some actions were
/// taken one can be reached of which all were; so nothing is put off for ever. Claims on states and
/// deadlocks are preserved; claims on ways and ends are refused.
///
/// Source: P. Godefroid, "Partial-order methods for the verification of concurrent systems", LNCS
/// 1032 (1996), for the sets of actions (persistent sets); `Delays` for what is put off.
package struct UpToOrder<Base: ConcurrentSystem>: TransitionSystem {
  /// The system itself.
  package let base: Base

  /// Makes a system up to order.
  package init(_ base: Base) { self.base = base }

  /// The system's own.
  package var initialStates: [Base.State] { base.initialStates }
  /// The system's own.
  package var properties: [Property<Base.State>] { base.properties }
  /// Orders are left out.
  package var reduction: Reduction { .partialOrder }
  /// The system's own.
  package var refusal: String? { base.refusal }

  /// The system's own.
  package func actions(in state: Base.State) -> [Base.Action] { base.actions(in: state) }
  /// The system's own.
  package func next(_ state: Base.State, _ action: Base.Action) -> Base.State? {
    base.next(state, action)
  }
  /// The system's own.
  package func isInScope(_ state: Base.State) -> Bool { base.isInScope(state) }
  /// The system's own.
  package func describe(_ state: Base.State) -> String { base.describe(state) }
  /// The system's own.
  package func describe(_ action: Base.Action, in state: Base.State) -> String {
    base.describe(action, in: state)
  }

  /// What the system itself breaks, or what it says of local actions.
  package func breach(states limit: Int) -> String? {
    base.breach(states: limit) ?? base.localityBreach(states: limit)
  }

  /// The actions of the fewest processes that can collide with each other alone, where one of them
  /// is possible; nil if these are all.
  package func selection(of actions: [Base.Action], in state: Base.State) -> [Base.Action]? {
    let processes = actions.map(base.process)
    var best: [Int]?
    for (place, process) in processes.enumerated()
    where processes.firstIndex(of: process) == place {
      guard let circle = base.circle(of: process, actions, in: state) else { continue }
      let own = actions.indices.filter { circle.contains(processes[$0]) }
      guard own.count < best?.count ?? actions.count else { continue }
      if own.contains(where: { base.next(state, actions[$0]) != nil }) { best = own }
    }
    return best?.map { actions[$0] }
  }
}

extension UpToOrder: Sendable where Base: Sendable {}
