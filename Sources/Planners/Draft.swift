internal import Canon
internal import CloudModel
internal import Plans

/// A plan in the making: steps in the order in which they were thought of, and edges between them.
struct Draft {
  /// An edge by the steps' places in the draft.
  struct Edge {
    let from: Int
    let to: Int
    let kind: PlanEdge.Kind
    /// Whether it may be given up where it would close a circle.
    let isSoft: Bool
  }

  /// The steps of one address.
  struct Handle {
    /// The step after which the resource is there.
    var created: Int?
    /// Its first step.
    var firstCreate: Int?
    /// Steps that bring it to what is declared.
    var changes: [Int] = []
    /// Steps after which it no longer uses what it used before.
    var releases: [Int] = []
    /// Calls that remove what has to go.
    var deletes: [Deletion] = []
  }

  /// The calls that remove one thing.
  struct Deletion {
    let first: Int
    let last: Int
    /// Steps that empty it beforehand.
    let clearing: [Int]
    let isDuplicate: Bool
  }

  let situation: Situation
  private(set) var steps: [Step] = []
  private(set) var edges: [Edge] = []
  var problems: [PlanningProblem] = []
  /// Handles of declared resources, by the subject's position.
  var handles: [Handle]
  /// Handles of what is declared no more.
  var formerHandles: [ResourceAddress: Handle] = [:]
  /// For each step the other resources whose outputs it uses, known or not.
  private(set) var uses: [[ResourceAddress]] = []
  /// For each step the holes that are left in its call.
  private var open: [[Hole]] = []
  /// Who yields an output.
  private(set) var givers: [Hole: Int] = [:]

  init(situation: Situation) {
    self.situation = situation
    self.handles = Array(repeating: Handle(), count: situation.subjects.count)
  }

  /// Adds a step and notes what it yields.
  private mutating func add(_ step: Step, using holes: [Hole], open: [Hole]) -> Int {
    let position = steps.count
    self.open.append(open)
    var used: [ResourceAddress] = []
    for hole in holes {
      guard case .output(let address, _) = hole, address != step.address,
        !used.contains(address)
      else { continue }
      used.append(address)
    }
    uses.append(used)
    for name in step.yields.keys { givers[.output(step.address, name)] = position }
    steps.append(step)
    return position
  }

  /// Adds an edge; nothing for an edge from nowhere.
  mutating func order(
    _ from: Int?, before to: Int, _ kind: PlanEdge.Kind, isSoft: Bool = false
  ) {
    guard let from, from != to else { return }
    edges.append(Edge(from: from, to: to, kind: kind, isSoft: isSoft))
  }

  /// Adds calls that follow each other, each once the one before is acknowledged. What a call uses
  /// of the reply before it becomes an output that the earlier step yields.
  /// - Parameter carrying: What stands in the elements that the calls carry.
  /// - Returns: The first and the last step; nil for no calls.
  mutating func chain(
    _ templates: [CallTemplate], of resource: DeclaredResource, verb: Step.Verb, part: String,
    bindings: Bindings, origins: [PartOrigin], carrying: [Hole] = []
  ) -> (first: Int, last: Int)? {
    var ends: (first: Int, last: Int)?
    for (number, template) in templates.enumerated() {
      let holes = template.call.parameters.holes
      var inner = bindings
      if let last = ends?.last { bindReplies(of: last, holes, in: &inner) }
      let call = template.call.resolve(inner)
      let open = call.parameters.holes
      let makes = verb == .create && (number == 0 || !template.yields.isEmpty)
      let position = add(
        Step(
          address: resource.address, type: resource.type,
          verb: call.isRead ? .read : verb, part: part, call: call, yields: template.yields,
          errors: resource.lifecycle.errors,
          settle: resource.lifecycle.settle(
            after: call, verb, isLast: number == templates.count - 1),
          duplicates: makes && resource.lifecycle.duplicates(call, open), origins: origins),
        using: holes + carrying, open: open)
      if let last = ends?.last { order(last, before: position, steps[last].orderKind) }
      ends = (ends?.first ?? position, position)
    }
    return ends
  }

  private mutating func bindReplies(
    of step: Int, _ holes: [Hole], in bindings: inout Bindings
  ) {
    var names: [[String]: String] = [:]
    for hole in holes {
      guard case .path(.reply, let path) = hole, names[path] == nil else { continue }
      let present = steps[step].yields.first { $0.value == path }?.key
      let name = present ?? "\(steps[step].call.operation)#\(step).\(path.joined(separator: "."))"
      names[path] = name
      steps[step].yields[name] = path
      givers[.output(steps[step].address, name)] = step
    }
    if names.isEmpty { return }
    let address = steps[step].address
    let outer = bindings.unbound
    bindings.unbound = { variable, path in
      guard variable == .reply, let name = names[path] else { return outer(variable, path) }
      return .residual(.output(address, name: name))
    }
  }

  /// What is made or changed is used once it is as it should be, where that closes no circle: a
  /// route goes to a gateway that is attached, an instance into a group that has its rules. What is
  /// taken away from something that stays is not waited for.
  mutating func addReadinessEdges() {
    for (step, addresses) in uses.enumerated() {
      for address in addresses {
        guard let used = situation.index[address] else { continue }
        let releases = situation.subjects[used].isStaying ? handles[used].releases : []
        for change in handles[used].changes where !releases.contains(change) {
          order(change, before: step, steps[change].orderKind, isSoft: true)
        }
      }
    }
  }

  /// For each hole an edge from the step after which it can be filled.
  mutating func addHoleEdges() {
    for position in steps.indices {
      let step = steps[position]
      for hole in open[position] {
        switch hole {
        case .path(.token, _): continue
        case .path(let variable, _):
          problems.append(
            .openVariable(step.address, operation: step.call.operation, variable))
        case .output(let address, let name):
          guard let giver = givers[hole], let from = filler(of: address, giver, for: position)
          else {
            problems.append(
              .unresolvedHole(
                step.address, operation: step.call.operation, needs: address, output: name))
            continue
          }
          order(from, before: position, steps[from].orderKind)
        }
      }
    }
  }

  /// The step that an output's user waits for: where a creating call yields it, the resource's
  /// last one, since before it the resource is not yet fit for use.
  private func filler(of address: ResourceAddress, _ giver: Int, for user: Int) -> Int? {
    guard let subject = situation.index[address], let last = handles[subject].created,
      let first = handles[subject].firstCreate, (first...last).contains(giver)
    else { return giver }
    if (first...last).contains(user) { return giver < user ? giver : nil }
    return last
  }
}

extension DeclaredResource {
  /// How far a step of the resource must be for what hangs on it.
  var orderKind: PlanEdge.Kind { lifecycle.settle.orderKind }
}

extension Step {
  var orderKind: PlanEdge.Kind { settle.orderKind }
}

extension SettleRule {
  fileprivate var orderKind: PlanEdge.Kind {
    switch self {
    case .acknowledged: .afterAcknowledged
    case .visibleTwice, .state: .afterSettled
    }
  }
}

extension Lifecycle {
  /// Whether a successor has to wait until what it replaces is gone.
  var comesAfterOld: Bool { isExclusive || create.contains { isNamed(by: $0.call) } }

  /// Whether the call gives the very name by which the resource is recognised: AWS then never
  /// makes a second one.
  private func isNamed(by call: Call) -> Bool {
    observation.identity.text != nil && call.parameters.fields.values.contains(observation.identity)
  }

  /// When one call of several counts as in force: the last one by the resource's rule; before it
  /// only whether what is made can be seen, since its state may need the calls that follow.
  func settle(after call: Call, _ verb: Step.Verb, isLast: Bool) -> SettleRule {
    if call.isRead { return .acknowledged }
    if isLast { return settle }
    return verb == .create && settle == .visibleTwice ? settle : .acknowledged
  }

  /// Whether carrying a creating call out twice makes a second thing.
  /// - Parameter open: The call's holes.
  func duplicates(_ call: Call, _ open: [Hole]) -> Bool {
    !isNamed(by: call) && !call.isRead && !open.contains(.path(.token, []))
  }
}

extension Call {
  /// Whether it changes nothing, by AWS's names.
  var isRead: Bool { ["Describe", "Get", "List"].contains { operation.hasPrefix($0) } }
}
