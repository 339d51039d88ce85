import Canon
package import CloudModel
package import Determinism

/// Something that happens in an account by itself, some time after the call that set it going.
package enum Transition: Hashable, Codable, Sendable {
  /// An instance takes the next step of its life: pending → running, stopping → stopped,
  /// shutting-down → terminated.
  case instance(String)
  /// A terminated instance is no longer listed.
  case forgetInstance(String)
  /// A secret whose recovery window has passed is gone.
  case forgetSecret(String)
  /// A deleted queue's name may be taken again.
  case forgetQueueName(String)
}

extension CloudSemantics {
  /// Lets a transition happen. One that no longer applies changes nothing.
  ///
  /// - Returns: rows that changed, and what happens next.
  package static func advance(
    _ account: inout AccountState, _ transition: Transition, now: Instant
  ) -> (changes: [RowChange], begun: [Transition]) {
    var turn = Turn(
      parameters: Parameters(service: "", record: .null), choice: Choice(now: now),
      taking: &account)
    defer { turn.give(to: &account) }
    switch transition {
    case .instance(let id): turn.advanceInstance(id)
    case .forgetInstance(let id):
      if turn.account.instances[id]?.state == .terminated { turn.remove(Instance.self, id) }
    case .forgetSecret(let name):
      if turn.account.secrets[name]?.isDeleted == true { turn.remove(StoredSecret.self, name) }
    case .forgetQueueName(let name): turn.forget("queue/" + name)
    }
    return (turn.changes, turn.begun)
  }

  /// Every transition that an account still has before it, in order of identifier: what a model
  /// enumerates, and what a settled baseline has gone through.
  package static func transitions(of account: AccountState) -> [Transition] {
    var out: [Transition] = []
    for (id, instance) in account.instances {
      switch instance.state {
      case .pending, .shuttingDown, .stopping: out.append(.instance(id))
      case .terminated: out.append(.forgetInstance(id))
      case .running, .stopped: break
      }
    }
    for (name, secret) in account.secrets where secret.isDeleted {
      out.append(.forgetSecret(name))
    }
    for (key, memory) in account.memories where key.hasPrefix("queue/") {
      if case .deleted = memory { out.append(.forgetQueueName(String(key.dropFirst(6)))) }
    }
    return out
  }
}

extension Turn {
  fileprivate mutating func advanceInstance(_ id: String) {
    guard var instance = account.instances[id] else { return }
    switch instance.state {
    case .pending: instance.state = .running
    case .stopping: instance.state = .stopped
    case .shuttingDown:
      instance.becomeTerminated()
      begun.append(.forgetInstance(id))
    case .running, .stopped, .terminated: return
    }
    put(instance)
  }
}

extension Instance {
  /// Ends its life: the interface, its addresses and groups are gone.
  mutating func becomeTerminated() {
    state = .terminated
    subnet = ""
    groups = []
    privateAddress = IPv4Address(bits: 0)
    publicAddress = nil
    profile = nil
  }
}
