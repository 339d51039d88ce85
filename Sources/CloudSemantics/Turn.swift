import Canon
import CloudModel

/// One call being carried out: the account, the parameters, and what has been changed so far.
///
/// Every write goes through `put` and `remove`, which note the row's earlier content; the
/// simulator's stale reads and the store's commits live on these notes. An operation checks
/// everything before its first write, so that a refused call changes nothing.
struct Turn {
  /// The account as it is now.
  fileprivate(set) var account: AccountState
  /// The call's parameters.
  let parameters: Parameters
  /// What AWS is free to decide.
  let choice: Choice
  /// Rows changed, each once.
  private(set) var changes: [RowChange] = []
  /// Transitions set going.
  var begun: [Transition] = []

  /// Takes the account over without copying its tables; `give` hands it back.
  init(parameters: Parameters, choice: Choice, taking account: inout AccountState) {
    self.parameters = parameters
    self.choice = choice
    self.account = AccountState(accountID: "", region: "")
    swap(&self.account, &account)
  }

  /// Hands the account back.
  mutating func give(to account: inout AccountState) { swap(&self.account, &account) }

  /// Writes a row, new or changed.
  mutating func put<E: AccountEntity>(_ entity: E) {
    let id = entity.rowID
    note(E.key(id), before: account[keyPath: E.rows][id]?.row)
    account[keyPath: E.rows][id] = entity
  }

  /// Removes a row.
  mutating func remove<E: AccountEntity>(_ type: E.Type, _ id: String) {
    note(E.key(id), before: account[keyPath: E.rows][id]?.row)
    account[keyPath: E.rows][id] = nil
  }

  /// Remembers something that no read shows.
  mutating func remember(_ name: String, _ memory: Memory) {
    note(RowKey(.memories, name), before: account.memories[name].map(AccountRow.memory))
    account.memories[name] = memory
  }

  /// Forgets it.
  mutating func forget(_ name: String) {
    note(RowKey(.memories, name), before: account.memories[name].map(AccountRow.memory))
    account.memories[name] = nil
  }

  private mutating func note(_ key: RowKey, before: AccountRow?) {
    if !changes.contains(where: { $0.key == key }) {
      changes.append(RowChange(key: key, before: before))
    }
  }
}

extension Turn {
  /// The next number that no identifier of this account was made from.
  mutating func nextSerial() -> UInt64 {
    account.serial += 1
    return account.serial
  }

  /// A new identifier as AWS writes them: the prefix, `-0` and 16 hexadecimal digits. The digits
  /// are a one-to-one scrambling of the serial number, so that nobody comes to rely on their order.
  mutating func mint(_ prefix: String) -> String {
    prefix + "-0" + hexadecimal(scrambled(nextSerial()))
  }

  /// A new identifier as IAM writes them: four letters that tell the kind, 17 of A–Z and 2–7.
  mutating func mintIAM(_ prefix: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var rest = scrambled(nextSerial())
    var digits: [UInt8] = []
    for _ in 0..<17 {
      digits.append(alphabet[Int(rest & 31)])
      rest >>= 4
    }
    return prefix + String(decoding: digits, as: UTF8.self)
  }

  /// A public address that no other interface of this account has had.
  mutating func mintPublicAddress() -> IPv4Address {
    // Multiplication by an odd number is one-to-one on 24 bits.
    let host = UInt32(truncatingIfNeeded: nextSerial()) &* 0x9E_3779 & 0xFF_FFFF
    return IPv4Address(bits: 54 << 24 | host)
  }
}

/// One-to-one on 64 bits. Source: the finaliser of SplitMix64.
func scrambled(_ value: UInt64) -> UInt64 {
  var z = value &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// Sixteen lower-case hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
  hexFromBytes((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) })
}
