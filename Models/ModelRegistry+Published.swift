import ModelChecker

extension ModelRegistry {
  /// Systems whose states others have counted: see the tests and `Benchmarks/model-counts`.
  package static let published =
    [
      RegisteredModel(
        "philosophers-net-10", "10 philosophers as a Petri net: 3^10 markings",
        PhilosophersNet(count: 10)),
      RegisteredModel(
        "hygienic-philosophers-5", "philosophers who hand each other clean forks",
        HygienicPhilosophers(count: 5)),
      RegisteredModel(
        "hygienic-philosophers-greedy", "the same with 3, when eating leaves forks clean",
        mustFail: true, HygienicPhilosophers(count: 3, isGreedy: true)),
      RegisteredModel(
        "termination-ring-3", "detecting that a ring has stopped: EWD 840",
        TerminationRing(count: 3)),
      RegisteredModel(
        "termination-ring-forgetful", "the same, when who wakes another does not turn black",
        mustFail: true, TerminationRing(count: 3, isForgetful: true)),
      RegisteredModel(
        "bakery-invariant", "whether the invariant of Lamport's bakery is inductive",
        BakeryInvariant()),
      RegisteredModel(
        "lamport-mutex-3", "mutual exclusion by logical clocks, up to clock 6", LamportMutex()),
      RegisteredModel(
        "paxos-commit", "Paxos Commit with 2 managers, 3 acceptors, 2 ballots", PaxosCommit()),
    ] + shared + registers + examples

  private static let shared = [
    RegisteredModel(
      "readers-writers-3", "readers and writers served in the order of asking", ReadersWriters()),
    RegisteredModel(
      "alternating-bit", "messages over lines that lose them, two waiting at most",
      AlternatingBit()),
    RegisteredModel("simple-allocator", "3 clients who ask for 2 resources", SimpleAllocator()),
    RegisteredModel(
      "simple-allocator-lax", "the same, when who has not got all need not give back",
      mustFail: true, SimpleAllocator(isLax: true)),
    RegisteredModel(
      "blocking-queue", "2 producers and 1 consumer wait at one place", mustFail: true,
      BlockingQueue(producers: 2, consumers: 1, capacity: 1)),
    RegisteredModel(
      "blocking-queue-two-places", "the same, each kind at a place of its own",
      BlockingQueue(producers: 2, consumers: 1, capacity: 1, hasTwoPlaces: true)),
    RegisteredModel(
      "needham-schroeder", "who is there, by public keys: Lowe's attack", mustFail: true,
      NeedhamSchroeder()),
    RegisteredModel(
      "needham-schroeder-lowe", "the same with Lowe's repair", NeedhamSchroeder(isRepaired: true)),
  ]

  private static let examples = [
    RegisteredModel(
      "dining-philosophers-8", "each waits for a fork, and all for ever", mustFail: true,
      DiningPhilosophers(count: 8)),
    RegisteredModel(
      "dining-philosophers-16-ordered", "16, one of them left-handed, up to order",
      UpToOrder(DiningPhilosophers(count: 16, hasLeftHander: true))),
    RegisteredModel("peterson", "the example of docs/model-checking.md", Peterson()),
    RegisteredModel(
      "peterson-rude", "the same, without giving way", mustFail: true, Peterson(isRude: true)),
  ]

  private static let registers = [
    RegisteredModel(
      "single-copy-register-3", "one server, 3 clients that write and read",
      SingleCopyRegister(clients: 3)),
    RegisteredModel(
      "single-copy-register-4", "the same with 4 clients", SingleCopyRegister(clients: 4)),
    RegisteredModel(
      "two-copy-register", "two servers that do not know of each other", mustFail: true,
      SingleCopyRegister(clients: 2, servers: 2)),
    RegisteredModel(
      "paxos-register-2", "single-decree Paxos as a register", PaxosRegister(clients: 2)),
    RegisteredModel("paxos-register-3", "the same with 3 clients", PaxosRegister(clients: 3)),
    RegisteredModel(
      "paxos-register-forgetful", "the same with 2, when a leader forgets what was accepted",
      mustFail: true, PaxosRegister(clients: 2, isForgetful: true)),
  ]
}
