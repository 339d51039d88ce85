import ModelChecker

extension ModelRegistry {
  /// Systems whose states others have counted: see the tests and `Benchmarks/model-counts`.
  package static let published =
    [
      RegisteredModel("philosophers-net-10", "10 philosophers as a Petri net: 3^10 markings") {
        explore(PhilosophersNet(count: 10), limits: $0)
      },
      RegisteredModel("hygienic-philosophers-5", "philosophers who hand each other clean forks") {
        explore(HygienicPhilosophers(count: 5), limits: $0)
      },
      RegisteredModel(
        "hygienic-philosophers-greedy", "the same with 3, when eating leaves forks clean",
        mustFail: true
      ) { explore(HygienicPhilosophers(count: 3, isGreedy: true), limits: $0) },
      RegisteredModel("termination-ring-3", "detecting that a ring has stopped: EWD 840") {
        explore(TerminationRing(count: 3), limits: $0)
      },
      RegisteredModel(
        "termination-ring-forgetful", "the same, when who wakes another does not turn black",
        mustFail: true
      ) { explore(TerminationRing(count: 3, isForgetful: true), limits: $0) },
      RegisteredModel("bakery-invariant", "whether the invariant of Lamport's bakery is inductive")
      {
        explore(BakeryInvariant(), limits: $0)
      },
      RegisteredModel("lamport-mutex-3", "mutual exclusion by logical clocks, up to clock 6") {
        explore(LamportMutex(), limits: $0)
      },
      RegisteredModel("paxos-commit", "Paxos Commit with 2 managers, 3 acceptors, 2 ballots") {
        explore(PaxosCommit(), limits: $0)
      },
    ] + registers + examples

  private static let examples = [
    RegisteredModel("peterson", "the example of docs/model-checking.md") {
      explore(Peterson(), limits: $0)
    },
    RegisteredModel("peterson-rude", "the same, without giving way", mustFail: true) {
      explore(Peterson(isRude: true), limits: $0)
    },
  ]

  private static let registers = [
    RegisteredModel("single-copy-register-3", "one server, 3 clients that write and read") {
      explore(SingleCopyRegister(clients: 3), limits: $0)
    },
    RegisteredModel("single-copy-register-4", "the same with 4 clients") {
      explore(SingleCopyRegister(clients: 4), limits: $0)
    },
    RegisteredModel(
      "two-copy-register", "two servers that do not know of each other", mustFail: true
    ) { explore(SingleCopyRegister(clients: 2, servers: 2), limits: $0) },
    RegisteredModel("paxos-register-2", "single-decree Paxos as a register, 2 clients") {
      explore(PaxosRegister(clients: 2), limits: $0)
    },
    RegisteredModel("paxos-register-3", "the same with 3 clients") {
      explore(PaxosRegister(clients: 3), limits: $0)
    },
    RegisteredModel(
      "paxos-register-forgetful", "the same with 2, when a leader forgets what was accepted",
      mustFail: true
    ) { explore(PaxosRegister(clients: 2, isForgetful: true), limits: $0) },
  ]
}
