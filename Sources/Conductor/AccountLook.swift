import CloudModel

/// The part of a look that reads the whole account.
struct AccountLook: Hashable, Sendable {
  struct Read: Hashable, Sendable {
    let id: Int
    let call: Call
  }

  var pending: [Read] = []
  var state: AccountState

  init(region: String) {
    state = AccountState(accountID: "", region: region)
  }

  var fingerprint: String { "" }

  var isDone: Bool { pending.isEmpty }

  mutating func answer(_ id: Int, with reply: Reply) -> CallError? { nil }
}
