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
    ] + registers + examples

  private static let examples = [
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
