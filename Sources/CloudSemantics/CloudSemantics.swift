import Canon
package import CloudModel
package import Determinism

/// What a call does to an account: AWS's rules as a pure function, without time, lag or chance.
///
/// The simulator adds those around it; the models enumerate its choices; `PlanEffects` runs it on
/// names of its own to learn what a step of a plan does.
package enum CloudSemantics {
  /// Carries out one call.
  ///
  /// - Parameters:
  ///   - state: the account before.
  ///   - call: the request; its parameters hold no residuals.
  ///   - choice: what AWS is free to decide.
  /// - Returns: the account afterwards, unchanged where the reply is a failure or the call reads,
  ///   and the reply in botocore's member names.
  package static func step(
    _ state: AccountState, _ call: Call, _ choice: Choice = Choice()
  ) -> (state: AccountState, reply: Reply) {
    var account = state
    let reply = perform(call, on: &account, choice).reply
    return (account, reply)
  }

  /// Carries out one call in place, and tells what it changed and what it set going.
  package static func perform(
    _ call: Call, on account: inout AccountState, _ choice: Choice = Choice()
  ) -> Performance {
    precondition(call.parameters.isKnown, "a call with residuals never reaches the cloud")
    do throws(CallError) {
      let operation = try Operation.named(call)
      let parameters = try operation.accept(call)
      if let refusal = choice.refusal { throw refusal }
      var turn = Turn(parameters: parameters, choice: choice, taking: &account)
      defer { turn.give(to: &account) }
      let output = try operation.carryOut(&turn)
      return Performance(reply: .success(output), changes: turn.changes, begun: turn.begun)
    } catch {
      return Performance(reply: .failure(error), changes: [], begun: [])
    }
  }

  /// Whether the operation may change an account; true for operations nobody knows.
  package static func writes(_ call: Call) -> Bool {
    Operation.find(call)?.writes ?? true
  }
}

/// What came of a call.
package struct Performance: Sendable {
  /// The reply.
  package var reply: Reply
  /// Rows that changed, each once, with what stood there before.
  package var changes: [RowChange]
  /// Transitions that the call set going.
  package var begun: [Transition]
}

/// What AWS is free to decide about a call, apart from its rules.
package struct Choice: Hashable, Codable, Sendable {
  /// The moment at which the call is carried out.
  package var now: Instant
  /// Picks among what AWS may pick freely: an availability zone where none is asked for.
  package var pick: Int
  /// Makes AWS refuse a well-formed call for reasons of its own: no capacity, an internal error.
  package var refusal: CallError?

  /// Makes a choice; by default the first of everything, and no refusal.
  package init(now: Instant = .zero, pick: Int = 0, refusal: CallError? = nil) {
    self.now = now
    self.pick = pick
    self.refusal = refusal
  }
}
