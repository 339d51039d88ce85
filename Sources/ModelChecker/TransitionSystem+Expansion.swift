public import Canon

// The two loops that see every state. They are inlinable, and requirements of the protocol, so
// that they are compiled once for each system, in its own module, with all its types known.
extension TransitionSystem {
  /// Takes every action in every state of a block; a letter goes out for each successor.
  @inlinable package func expand(_ block: inout Block<State>) {
    block.mail.clear(kinds: Action.kinds.count)
    var encoder = CanonicalEncoder()
    if block.task.isBeginning {
      block.mail.generated = block.candidates.count
      let states = block.candidates
      block.candidates.removeAll(keepingCapacity: true)
      for (place, state) in states.enumerated() where isInScope(state) {
        block.mail.send(
          fingerprint(of: state, with: &encoder),
          from: -1 - block.task.firstPlace - Int32(truncatingIfNeeded: place), source: 0)
        block.candidates.append(state)
      }
      return
    }
    block.candidates.removeAll(keepingCapacity: true)
    let fairness = block.task.wantsGraph ? self.fairness : []
    for place in block.piece.states.indices {
      let state = block.piece.states[place]
      let all = actions(in: state)
      let some = block.task.mayReduce ? selection(of: all, in: state) : nil
      if some != nil { block.mail.reduced.append(Int32(truncatingIfNeeded: place)) }
      var leadsOn = false
      var enabled: UInt64 = 0
      var ordinal: Int32 = -1
      for action in some ?? all {
        ordinal &+= 1
        guard let next = next(state, action) else { continue }
        block.mail.kinds[action.kind] += 1
        block.mail.generated += 1
        guard isInScope(next) else {
          leadsOn = true
          // It is possible all the same: to put it off for ever is not fair.
          if block.task.wantsGraph { enabled |= required(by: fairness, state, action) }
          continue
        }
        let print = fingerprint(of: next, with: &encoder)
        // What leads back to the same state is no step on any way. With symmetry it may be another
        // state, with names exchanged: none to look at, but the system goes on.
        if print == block.piece.prints[place] {
          if reduction == .symmetry, !leadsOn { leadsOn = isChanged(from: state, to: next) }
          continue
        }
        leadsOn = true
        block.mail.send(print, from: block.piece.numbers[place], source: place)
        block.candidates.append(next)
        if block.task.wantsOrdinals { block.mail.ordinals.append(ordinal) }
        if block.task.wantsGraph {
          let taken = required(by: fairness, state, action)
          block.mail.taken.append(taken)
          enabled |= taken
        }
      }
      if block.task.wantsGraph { block.mail.enabled.append(enabled) }
      if !leadsOn, some == nil { block.mail.ends.append(Int32(truncatingIfNeeded: place)) }
    }
  }

  /// The requirements that mean an action, a bit each.
  @inlinable package func required(
    by fairness: [Fairness<State, Action>], _ state: State, _ action: Action
  ) -> UInt64 {
    var bits: UInt64 = 0
    for (index, requirement) in fairness.enumerated()
    where requirement.includes(state, action) { bits |= 1 << UInt64(index) }
    return bits
  }

  /// Whether two states differ, though one may stand for the other.
  @inlinable package func isChanged(from state: State, to next: State) -> Bool {
    state.canonicalBytes != next.canonicalBytes
  }

  /// The fingerprint of a state, or of the one that stands for it; the encoder lends its room.
  @inlinable package func fingerprint(
    of state: State, with encoder: inout CanonicalEncoder
  ) -> Fingerprint {
    encoder.clear()
    representative(of: state).encode(into: &encoder)
    return Fingerprint(of: encoder.bytes)
  }

  /// Looks at those successors that are new: what claims say of them, and what is to be expanded.
  @inlinable package func gather(_ block: inout Block<State>) {
    let properties = self.properties
    block.fresh = Piece()
    judgeEnds(of: &block, properties)
    for candidate in block.candidates.indices {
      let outcome = block.mail.outcomes[candidate]
      if block.task.wantsGraph, !block.task.isBeginning {
        let source = Int(block.mail.sources[candidate])
        block.mail.edges.append(
          Edge(
            from: block.piece.numbers[source], to: outcome < 0 ? -1 - outcome : outcome,
            taken: block.mail.taken[candidate]))
      }
      guard outcome < 0 else { continue }
      let state = block.candidates[candidate]
      judge(state, -1 - outcome, properties, in: &block)
      block.fresh.append(state, block.mail.prints[candidate], -1 - outcome)
    }
    block.candidates.removeAll(keepingCapacity: true)
  }

  /// Decides claims on ends.
  @inlinable package func judgeEnds(of block: inout Block<State>, _ properties: [Property<State>]) {
    for place in block.mail.ends {
      for (index, property) in properties.enumerated()
      where property.kind == .inTheEnd && block.task.open >> UInt64(index) & 1 == 1 {
        if property.holds(block.piece.states[Int(place)]) { continue }
        block.task.open &= ~(1 << UInt64(index))
        block.mail.decided.append(
          Decision(
            property: index, state: block.piece.numbers[Int(place)],
            why: "the system ends here"))
      }
    }
  }

  /// Decides claims on a new state.
  @inlinable package func judge(
    _ state: State, _ number: Int32, _ properties: [Property<State>],
    in block: inout Block<State>
  ) {
    var claims: UInt64 = 0
    if reduction == .symmetry {
      let others = renamings(of: state)
      for (index, property) in properties.enumerated() where !property.kind.isTemporal {
        let holds = property.holds(state)
        if others.contains(where: { property.holds($0) != holds }) { block.mail.asymmetric = index }
      }
    }
    for index in properties.indices {
      let bit = UInt64(1) << UInt64(index)
      let property = properties[index]
      if property.kind.isTemporal {
        if property.holds(state) { claims |= bit }
        if property.premise(state) { claims |= bit << 32 }
        continue
      }
      guard block.task.open & bit != 0, property.kind != .inTheEnd else { continue }
      let holds = property.holds(state)
      if holds == (property.kind == .sometimes) {
        block.task.open &= ~bit
        block.mail.decided.append(
          Decision(
            property: index, state: number,
            why: holds ? "it happens here" : "it does not hold here"))
      }
    }
    if block.task.wantsGraph { block.mail.claims.append(claims) }
  }
}
