import Canon
import CertificateChecker
import Certificates
import CloudModel
import CloudSemantics
package import Conductor
import Determinism
import Journal
import ModelChecker
import PlanEffects
import Plans

/// The kernel, the very `Conductor` of production, in a small world: two resources, a cloud that
/// carries calls out whenever it likes, and a budget of faults that may strike anywhere.
///
/// Time passes only when a timer rings, and no faster than the kernel's named assumption allows:
/// what a lost call does, it does within the settle window, and stale reads end with it. Reads are
/// answered in the order in which they were made. Planner and prover are the real ones.
///
/// It keeps tables of what it has met and is meant for one search at a time.
package final class KernelSystem: TransitionSystem {
  /// How much is tried.
  let scope: KernelScope
  /// What is declared.
  let composition: SmallComposition
  /// The kernel's settings: short windows, so that few polls fit in.
  let settings: KernelSettings
  var conductors = Interner<Conductor, KernelFacts> {
    KernelFacts(
      now: $0.now.milliseconds, isQuiescent: $0.isQuiescent,
      leasedUntil: $0.leasedUntil.milliseconds, claims: $0.claims,
      watched: $0.watched, running: $0.running, standsAsWritten: $0.standsAsWritten,
      isOverdue: $0.isOverdue, unfinished: $0.unfinished)
  }
  var accounts: Interner<AccountState, AccountFacts>
  var calls: Interner<Call, CallFacts>
  var replies = Interner<Reply, Void>()
  var requests = Interner<Request, Void>()
  var deliveries: [EventPair: Delivery] = [:]
  var lookings: [Looking: Delivery] = [:]
  var performances: [PerformedCall: (account: Int32, reply: Int32)] = [:]
  var ledgers = Interner<Ledger, Void>()
  /// The ledgers of kernels, by number, as far as one was asked for.
  var ledgersOfKernels: [Int32: Int32] = [:]
  var restarts: [Restart: Delivery] = [:]
  var plans: [PlanRequest: PlanAnswer] = [:]
  var proofs: [ProofRequest: ProofAnswer] = [:]
  var certificates = Interner<Certificate, Void>()
  var sleepers = Interner<Sleeper, Void>()
  /// Answers to requests, by their numbers.
  var answers: [Int32: Event.Kind] = [:]
  /// Which accounts, by number, are as declared, and which as declared by an update.
  var declared: [Int32: Bool] = [:]
  var updated: [Int32: Bool] = [:]
  /// What a store gives of a ledger and a torn record, by number.
  var torn: [TornWrite: Int32] = [:]

  /// A kernel and an event that it takes in.
  struct EventPair: Hashable {
    let conductor: Int32
    let event: EventKey
  }

  /// A kernel all of whose reads are answered by an account as it is.
  struct Looking: Hashable {
    let conductor: Int32
    let account: Int32
  }

  /// A call that meets an account; a negative number is what the cloud does by itself.
  struct PerformedCall: Hashable {
    let account: Int32
    let call: Int32
  }

  /// A start on a journal at a moment.
  struct Restart: Hashable {
    let ledger: Int32
    let now: Int64
  }

  /// A kernel that another has taken over from.
  struct Sleeper: Hashable {
    let conductor: Int32
    /// What it was about to do.
    let rest: [Effect]
  }

  /// A record that is torn while it is written after what makes up a ledger.
  struct TornWrite: Hashable {
    let ledger: Int32
    let record: JournalRecord
  }

  /// Makes a system.
  package convenience init(_ scope: KernelScope) {
    let composition: SmallComposition =
      switch scope.composition {
      case .pair: TinyComposition.small
      case .open: OpenComposition.small
      case .three: LargerComposition.three
      case .four: LargerComposition.four
      case .machine: MachineComposition.small
      case .whole: MachineComposition.whole
      case .circle: CircleComposition.small
      case .guarded: GuardedComposition.small
      case .protected: GuardedComposition.protected
      case .elsewhere: DisasterComposition.elsewhere
      case .emptied: DisasterComposition.emptied
      case .shrunk: LargerComposition.shrunk
      case .alone: GuardedComposition.alone
      case .rules: OpenComposition.rules
      case .kept: GuardedComposition.kept
      case .inline: NamedComposition.inline
      case .neighbours: GuardedComposition.neighbours
      case .named: NamedComposition.small
      }
    self.init(scope, composition)
  }

  /// Settings with short windows, so that few polls fit in.
  package static let shortWindows: KernelSettings = {
    var settings = KernelSettings()
    settings.settleWindow = .seconds(4)
    settings.poll = .seconds(2)
    settings.longestPoll = .seconds(2)
    settings.longestPause = .seconds(2)
    // More tries than fit into a window, and no more, since each is a step.
    settings.tries = 5
    settings.stateWindow = .seconds(8)
    settings.readsAtOnce = 1000
    return settings
  }()

  /// Makes a system for a composition of whatever kind.
  init(_ scope: KernelScope, _ composition: SmallComposition) {
    self.scope = scope
    self.composition = composition
    let hasInertReads = composition.isOfNetworkAlone
    calls = Interner { call in
      let isRead = !CloudSemantics.writes(call)
      let isInert =
        call.service != "ec2"
        || ["DescribeInstances", "DescribeInternetGateways"].contains(call.operation)
      let isOfAccount =
        call.operation == "DescribeSecurityGroups" && call.parameters.fields["Filters"] == nil
      return CallFacts(
        isRead: isRead, isInert: isRead && isInert && hasInertReads, isOfAccount: isOfAccount)
    }
    accounts = Interner { account in
      AccountFacts(
        keepsTwice: composition.keepsTwice(account),
        isEditable: composition.edits.map { $0.change != nil || $0.call(account) != nil },
        digest: account.proofDigest, isUp: composition.isUp(account),
        things: Set(composition.things(account)),
        ready: Set((composition.readyThings ?? composition.things)(account)),
        transitions: CloudSemantics.transitions(of: account).filter(\.isOfLife))
    }
    var settings = Self.shortWindows
    if [.open, .rules].contains(scope.composition) { settings.freshness = .seconds(1) }
    settings.settleWindow = .seconds(scope.settleWindow)
    if let calls = scope.callsAtOnce { settings.callsAtOnce = calls }
    settings.enforcePeriod = scope.isPeriodic ? .seconds(60) : nil
    if let rounds = scope.rounds { settings.rounds = rounds }
    settings.mutations = scope.mutations
    if scope.stalls > 0 { settings.leaseTerm = .seconds(6) }
    if let contests = scope.contests { settings.contests = contests }
    self.settings = settings
  }

  /// A kernel that was just started, on an empty account and an empty journal; where something is
  /// to stand, with that applied.
  package var initialStates: [KernelState] {
    if scope.standing == 0 { return [start] }
    let state = rest(of: start, after: scope.standing).state
    return [scope.isAdopted ? adopted(state) : state]
  }

  /// A kernel that was just started, on an empty account and an empty journal.
  var start: KernelState {
    let account = accounts.number(
      of: .fresh(accountID: "123456789012", region: composition.blueprint.region))
    let start = restart(on: ledgers.number(of: Ledger()), at: 0)
    var state = KernelState(
      conductor: start.conductor, account: account, budget: Budget(scope))
    take(start, into: &state)
    return state
  }

  /// Whether nothing is under way: the kernel waits for people alone.
  func isAtRest(_ state: KernelState) -> Bool {
    guard state.flights.isEmpty, state.request < 0, !state.owesLook, state.sleeper < 0,
      Int(state.given) == scope.wishes.count
    else { return false }
    return conductors.facts(state.conductor).isQuiescent
  }

  /// The time of a state, in milliseconds.
  func now(_ state: KernelState) -> Int64 { conductors.facts(state.conductor).now }

  /// Whether a call only reads.
  func isRead(_ call: Int32) -> Bool { calls.facts(call).isRead }

  /// The ledger of a kernel, by number.
  func ledger(of conductor: Int32) -> Int32 {
    if let known = ledgersOfKernels[conductor] { return known }
    let number = ledgers.number(of: conductors[conductor].ledger)
    ledgersOfKernels[conductor] = number
    return number
  }

  /// What an account is after one of the things that the cloud is about to do by itself.
  func advance(_ account: Int32, by index: Int) -> Int32 {
    let key = PerformedCall(account: account, call: -1 - Int32(index))
    if let known = performances[key] { return known.account }
    var after = accounts[account]
    let transition = accounts.facts(account).transitions[index]
    _ = CloudSemantics.advance(&after, transition, now: .zero)
    let number = accounts.number(of: after)
    performances[key] = (account: number, reply: -1)
    return number
  }

  /// What a call does to an account.
  func perform(_ call: Int32, on account: Int32) -> (account: Int32, reply: Int32) {
    let key = PerformedCall(account: account, call: call)
    if let known = performances[key] { return known }
    var after = accounts[account]
    let performance = CloudSemantics.perform(calls[call].asMade, on: &after)
    let result = (account: accounts.number(of: after), reply: replies.number(of: performance.reply))
    performances[key] = result
    return result
  }
}

extension Call {
  /// The call as the cloud gets it: what stands for secrets within texts is a text, too.
  fileprivate var asMade: Call {
    if parameters.isKnown { return self }
    return Call(
      service: service, operation: operation, parameters: parameters.withSecretsInTextsHidden)
  }
}

extension Transition {
  /// Whether it is a step of something's life. What is forgotten after a while stays listed here:
  /// that is no moment which a kernel waits for.
  fileprivate var isOfLife: Bool {
    switch self {
    case .instance: true
    case .forgetInstance, .forgetSecret, .forgetQueueName: false
    }
  }
}
