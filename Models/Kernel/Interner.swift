import Canon
import CloudSemantics

/// Values by number: each value is kept once, so that a state is a few numbers, and what was
/// computed for a value once need not be computed again.
struct Interner<Value: Hashable, Facts> {
  private var values: [Value] = []
  private var derived: [Facts] = []
  /// For each hash the number that came last with it.
  private var latest: [Int: Int32] = [:]
  /// For each number the one before it with the same hash; -1 for none.
  private var before: [Int32] = []
  private let derive: (Value) -> Facts

  /// An empty table; `derive` tells what is asked of a value again and again.
  init(_ derive: @escaping (Value) -> Facts) { self.derive = derive }

  /// The number of a value; a new one gets the next.
  mutating func number(of value: Value) -> Int32 {
    let hash = value.hashValue
    let last = latest[hash] ?? -1
    var number = last
    while number >= 0 {
      if values[Int(number)] == value { return number }
      number = before[Int(number)]
    }
    let next = Int32(values.count)
    latest[hash] = next
    before.append(last)
    values.append(value)
    derived.append(derive(value))
    return next
  }

  /// The value of a number that was given out.
  subscript(number: Int32) -> Value { values[Int(number)] }

  /// What was derived of it.
  func facts(_ number: Int32) -> Facts { derived[Int(number)] }

  /// How many values there are.
  var count: Int { values.count }
}

extension Interner where Facts == Void {
  /// An empty table of values of which nothing is asked again and again.
  init() { self.init { _ in } }
}

/// What is asked of a kernel in every state that it is in.
struct KernelFacts {
  /// The time of its latest event, in milliseconds.
  let now: Int64
  /// Whether it waits for nothing but time and people.
  let isQuiescent: Bool
  /// Until when it holds the lease, in milliseconds.
  let leasedUntil: Int64
  /// What it takes for being in force: for each thing that its run in hand has made its outputs.
  let claims: [[String]]
  /// The steps of runs in hand that are acknowledged and do not count as in force.
  let watched: [Sighting]
  /// Which processes have a plan in hand, a bit for each.
  let running: UInt8
  /// Whether the journal says where each process stands that has come to an end.
  let standsAsWritten: Bool
  /// Whether something is waited for that should have come long ago.
  let isOverdue: Bool
  /// Which processes wait, a bit for each, where none is at work.
  let unfinished: UInt8
}

/// What is asked of an account in every state that it is in.
struct AccountFacts {
  /// Whether one declared thing is there twice.
  let keepsTwice: Bool
  /// For each edit by hand, whether there is something to edit.
  let isEditable: [Bool]
  /// Its digest, as proofs know it.
  let digest: Digest
  /// Whether there is what must be there throughout an update.
  let isUp: Bool
  /// Everything that could be of the composition.
  let things: Set<String>
  /// What of it has come to the state in which it can be used.
  let ready: Set<String>
  /// What the cloud is about to do by itself.
  let transitions: [Transition]
}

/// What is asked of a call in every state in which it is under way.
struct CallFacts {
  /// Whether it changes nothing.
  let isRead: Bool
  /// Whether it is a read whose answer nothing in this world changes.
  let isInert: Bool
  /// Whether it reads all groups of the account.
  let isOfAccount: Bool
}
