import ModelChecker

/// All systems that can be checked by name.
package enum ModelRegistry {
  /// In the order in which they are listed.
  package static let all: [RegisteredModel] =
    protocols + published + kernels + faults
    + KernelScope.planted.map {
      RegisteredModel(
        "kernel-with-\($0.name)", "the kernel with one line changed: \($0.what)", mustFail: true,
        $0.scope)
    }

  /// The model of a name, which may be written as a path (`Models/two-phase-3`); nil if there is
  /// none.
  package static func find(_ name: String) -> RegisteredModel? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return all.first { $0.name == last }
  }

  /// The names that more than one of some models has, in order.
  package static func namesTakenTwice(in models: [RegisteredModel] = all) -> [String] {
    var seen: Set<String> = []
    return models.map(\.name).filter { !seen.insert($0).inserted }
  }

  private static let protocols = [
    RegisteredModel(
      "two-phase-3", "two-phase commit with 3 resource managers", TwoPhase(managers: 3)),
    RegisteredModel(
      "two-phase-5", "two-phase commit with 5 resource managers", TwoPhase(managers: 5)),
    RegisteredModel(
      "two-phase-5-symmetric", "the same, managers taken to be interchangeable",
      UpToSymmetry(TwoPhase(managers: 5))),
    RegisteredModel(
      "two-phase-7", "the same with 7, without the claim on ends",
      TwoPhase(managers: 7, claimsEnds: false)),
    RegisteredModel("two-phase-8", "the same with 8", TwoPhase(managers: 8, claimsEnds: false)),
    RegisteredModel(
      "two-phase-9", "the same with 9", TwoPhase(managers: 9, claimsEnds: false)),
    RegisteredModel(
      "two-phase-hasty", "two-phase commit whose transaction manager does not wait", mustFail: true,
      TwoPhase(managers: 3, isHasty: true)),
  ]

  private static let faults = [
    RegisteredModel("kernel-denied", "four resources; a call is refused for good", .denied),
    RegisteredModel(
      "kernel-denied-lost", "a call is refused for good; a lost reply and an edit", .deniedLost),
    RegisteredModel(
      "kernel-failing", "the cloud fails twice, and refuses a read", .failing),
    RegisteredModel(
      "kernel-late", "replies that nobody expects any more; an edit and throttling", .late),
    RegisteredModel("kernel-stubborn", "a prover that gives up again and again", .stubborn),
    RegisteredModel(
      "kernel-periodic", "the kernel looks by itself; two edits, and a prover that gives up twice",
      .periodic),
    RegisteredModel("kernel-elsewhere", "another account answers; a crash", .elsewhere),
    RegisteredModel("kernel-emptied", "everything vanishes at once; a crash", .emptied),
    RegisteredModel(
      "kernel-emptied-approved", "everything vanishes, and a person lets it be made again",
      .emptiedApproved),
    RegisteredModel(
      "kernel-guarded-moved", "what bears data would be replaced; a crash", .guardedMoved),
    RegisteredModel(
      "kernel-approved", "killed with approval, applied and killed again; a crash", .approved),
    RegisteredModel(
      "kernel-protected", "killed, though a resource is protected; a crash", .protected),
    RegisteredModel(
      "kernel-undone-approved", "what is undone again and again is approved", .undoneApproved),
    RegisteredModel(
      "kernel-shrunk", "most of what stands is declared no more; a lost reply", .shrunk),
    RegisteredModel(
      "kernel-inline", "a role with a policy, killed at any moment; a lost reply and throttling",
      .inline),
    RegisteredModel(
      "kernel-risen", "two groups, killed, and one of them applied at any moment", .risen),
    RegisteredModel("kernel-narrow", "four resources, one call at once; a lost reply", .narrow),
    RegisteredModel(
      "kernel-killed-stale", "killed; a lost reply and two stale reads", .killedStale),
    RegisteredModel(
      "kernel-denied-named", "a role; a denial, a lost reply and a read that is refused",
      .deniedNamed),
    RegisteredModel("kernel-alone", "a VPC, applied twice; a stale read", .alone),
    RegisteredModel(
      "kernel-adopted", "what stands, and an empty journal; a crash and an edit", .adopted),
    RegisteredModel(
      "kernel-inline-undone", "a role with a policy, deleted by hand", .inlineUndone),
    RegisteredModel(
      "kernel-reopened", "a rule is closed by hand; throttling and a stale read", .reopened),
    RegisteredModel("kernel-rules", "rules are replaced one by one; a lost reply", .rules),
    RegisteredModel(
      "kernel-machine-ended-twice", "somebody ends the instance twice", .machineEndedTwice),
    RegisteredModel("kernel-replace-killed", "killed amid a replacement", .replaceKilled),
    RegisteredModel(
      "kernel-neighbours-denied", "two processes; a denial, a lost reply and an edit",
      .neighboursDenied),
  ]

  private static let kernels = [
    RegisteredModel(
      "kernel", "a crash, a lost reply and an edit by hand, anywhere; looks in one step",
      .wholeLooks),
    RegisteredModel(
      "kernel-reads", "the same, with an answer to each read a step of its own", KernelScope()),
    RegisteredModel(
      "kernel-stale",
      "a lost reply, an edit, a stale read, a call carried out twice, a prover that gives up",
      .staleAndTwice),
    RegisteredModel(
      "kernel-opening", "a step opens a group while somebody opens more by hand; a lost reply",
      .opening),
    RegisteredModel("kernel-kill", "applied, then killed; a crash and a lost reply", .killing),
    RegisteredModel("kernel-three", "three resources; a crash and a lost reply", .three),
    RegisteredModel("kernel-four", "four resources; a lost reply", .four),
    RegisteredModel("kernel-four-edit", "four resources; an edit", .fourEdited),
    RegisteredModel("kernel-four-both", "four resources; a lost reply and an edit", .fourBoth),
    RegisteredModel("kernel-four-crash", "four resources; a crash", .fourCrash),
    RegisteredModel(
      "kernel-crashes", "two crashes, a lost reply, and a reply that comes twice", .twoCrashes),
    RegisteredModel(
      "kernel-machine", "an instance, asked for with a token; a crash and a lost reply", .machine),
    RegisteredModel(
      "kernel-replace", "an update that replaces everything; a crash", .replacing),
    RegisteredModel("kernel-replace-lost", "the same with a lost reply", .replacingLost),
    RegisteredModel(
      "kernel-replace-both", "the same with a crash and a lost reply", .replacingBoth),
    RegisteredModel(
      "kernel-guarded", "killed, though a resource bears data; a crash and a lost reply", .guarded),
    RegisteredModel(
      "kernel-undone", "a second controller undoes what the kernel repairs, five times", .undoing),
    RegisteredModel("kernel-undone-crash", "the same four times, with a crash", .undoingCrash),
    RegisteredModel("kernel-torn", "a crash that may tear a record, and a lost reply", .torn),
    RegisteredModel(
      "kernel-old-proof", "the prover answers with an old certificate; two edits", .oldProof),
    RegisteredModel(
      "kernel-lease", "a kernel sleeps over its lease, another takes over; a lost reply", .lease),
    RegisteredModel("kernel-lease-crash", "the same with a crash", .leaseCrash),
    RegisteredModel(
      "kernel-neighbours", "two processes in one account, at once; a crash", .neighbours),
    RegisteredModel("kernel-neighbours-lost", "the same with a lost reply", .neighboursLost),
    RegisteredModel(
      "kernel-neighbours-both", "the same with a crash and a lost reply", .neighboursBoth),
    RegisteredModel(
      "kernel-machine-replaced", "the instance's subnet is replaced; a lost reply",
      .machineReplaced),
    RegisteredModel(
      "kernel-machine-late", "an instance that a read may not show yet", .machineLate),
    RegisteredModel("kernel-machine-ended", "somebody ends the instance", .machineEnded),
    RegisteredModel("kernel-whole", "an instance in a group; throttling", .whole),
    RegisteredModel("kernel-whole-killed", "the same, killed; a lost reply", .wholeKilled),
    RegisteredModel("kernel-circle", "two groups that let each other in, killed; a crash", .circle),
    RegisteredModel(
      "kernel-dropped", "one of the two groups is declared no more; a crash", .dropped),
    RegisteredModel(
      "kernel-patient", "a window of five polls; a lost reply, an edit and a stale read", .patient),
    RegisteredModel(
      "kernel-named", "a role, killed at any moment; a lost reply and throttling", .named),
    RegisteredModel(
      "kernel-again", "applied, and otherwise at any moment; reads step by step", .again),
    RegisteredModel(
      "kernel-hurried", "the same with a lost reply and throttling; looks in one step", .hurried),
    RegisteredModel(
      "kernel-window", "reads and lost calls as late as the settle window allows", .withinWindow),
    RegisteredModel(
      "kernel-beyond-window", "the same a millisecond later: two are kept", mustFail: true,
      .beyondWindow),
  ]
}
