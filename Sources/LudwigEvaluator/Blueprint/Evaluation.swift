package import Canon
package import CloudModel
package import Diagnostics
package import LudwigTypes
internal import OrderedCollections
package import Text

/// Evaluates a checked program: to a blueprint, or to data.
package struct Evaluation: Sendable {
  /// The program.
  let program: CheckedProgram
  /// Its sources, for origins and titles.
  let sources: SourceSet
  /// The machine.
  var machine: Machine
  /// How many resources of a type get their planner applied before others may share with them.
  let plannedFirst: Int
  private var diagnostics: [Diagnostic] = []
  private var origins = Origins()

  /// Prepares an evaluation.
  ///
  /// `userSources` are those that are not the library's: values remember the innermost place in
  /// them that caused them. The planner of a type is applied to its `plannedFirst` first resources;
  /// further ones share with those that look alike, which gives the same sooner.
  package init(
    program: CheckedProgram, sources: SourceSet, userSources: Set<SourceID>,
    inputs: EvaluationInputs, limits: EvaluationLimits = EvaluationLimits(),
    plannedFirst: Int = 2
  ) {
    self.plannedFirst = plannedFirst
    self.program = program
    self.sources = sources
    machine = Machine(
      program: program, userSources: userSources, inputs: inputs, limits: limits)
  }

  /// The module in which the planner of a type is looked for; its value `planner`.
  package static func plannerModule(of type: TypeName) -> ModuleName {
    ModuleName("Planners.\(type.description)")
  }

  /// What the root module comes to; nil where there were mistakes.
  package mutating func blueprint(composition: Digest) -> (Blueprint?, [Diagnostic]) {
    let graph = walk()
    validate(graph)
    reportNeighbours()
    let refined = refine(graph)
    let declared = withPlanners(byAddress(graph))
    let values = declared.map { identity in
      (
        identity: identity,
        value: refined[identity]
          ?? machine.heap.add(.construct(machine.resources[identity.number]))
      )
    }
    var resources: [DeclaredResource] = []
    var sharing = ResourceSharing()
    var regions = SortedMap<String, ResourceAddress>()
    var known: [ConstructorID: Int] = [:]
    for (identity, value) in values {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        let type = self.machine.resources[identity.number].constructor
        let count = known[type, default: 0]
        known[type] = count + 1
        let (resource, region) = try self.resource(identity, value, after: count)
        resources.append(sharing.shared(resource))
        if let region, regions[region] == nil { regions[region] = resource.address }
      }
    }
    if regions.count > 1 { diagnostics.append(severalRegions(regions)) }
    var reader = StatementReader(addresses: machine.addresses, sources: sources)
    var invariants: [Invariant] = []
    for statement in graph.statements {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        invariants += try reader.invariants(
          of: statement.value, declared: values, &self.machine)
      }
    }
    let kept = protected(graph, reader)
    for index in resources.indices where kept.contains(resources[index].address) {
      resources[index].isProtected = true
    }
    leave(ignored(graph), in: &resources)
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    return (
      Blueprint(
        composition: composition, region: regions.keys.first ?? "us-east-1",
        resources: resources, invariants: invariants), []
    )
  }

  /// A top-level value of the root module as data; nil where there were mistakes.
  package mutating func data(binding: String) -> (Value?, [Diagnostic]) {
    let name = GlobalName(module: program.root, name: binding)
    guard program.globals[name] != nil else {
      let known = program.modules[program.root]?.globals.map(\.name) ?? []
      return (
        nil,
        [
          Diagnostic(
            "FG0316", "There is no value '\(binding)' in \(program.root)",
            hint: known.isEmpty ? nil : "it has: " + known.joined(separator: ", "))
        ]
      )
    }
    _ = walk()
    var out: Value?
    attempt { (self: inout Self) throws(EvaluationFailure) in
      let data = try self.machine.plainData(self.machine.global(name), isTop: true)
      var closing = Closing(addresses: self.machine.addresses)
      out = closing.close(data)
    }
    return diagnostics.isEmpty ? (out, []) : (nil, diagnostics)
  }

  /// Keeps a mistake.
  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// The mistakes so far.
  func takeDiagnostics() -> [Diagnostic] { diagnostics }

  /// Does work; keeps the mistake that stops it.
  mutating func attempt(
    _ work: (inout Self) throws(EvaluationFailure) -> Void
  ) {
    do throws(EvaluationFailure) {
      try work(&self)
    } catch {
      if let diagnostic = error.diagnostic { diagnostics.append(diagnostic) }
    }
  }

  /// The resources in order of their addresses.
  func byAddress(_ graph: ResourceGraph) -> [ResourceIdentity] {
    graph.resources.map { (address: $0.value, identity: $0.key) }
      .sorted { $0.address < $1.address }.map(\.identity)
  }

  /// The resources that brakes protect.
  private mutating func protected(
    _ graph: ResourceGraph, _ reader: StatementReader
  ) -> Set<ResourceAddress> {
    var kept: Set<ResourceAddress> = []
    for statement in graph.statements {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        kept.formUnion(try reader.protected(by: statement.value, &self.machine))
      }
    }
    return kept
  }

  /// Looks at everything that the root module's values lead to, and gives the addresses.
  mutating func walk() -> ResourceGraph {
    let validations = program.modules.values.flatMap(\.validations)
    let types = validations.compactMap { validation -> TypeName? in
      if case .named(let type, _) = validation.subject { type } else { nil }
    }
    var graph = ResourceGraph(
      of: program.root, gathering: Set(types),
      hasNodes: validations.contains { Self.isOfGraph($0) }, in: &machine)
    diagnostics += graph.diagnostics
    applyMoves(to: &graph)
    machine.addresses = graph.resources
    return graph
  }

  /// A resource's address; an empty one before `walk`.
  func address(_ identity: ResourceIdentity) -> ResourceAddress {
    machine.addresses[identity] ?? ResourceAddress("")
  }

  /// The values of resources that connections change.
  mutating func refine(_ graph: ResourceGraph) -> [ResourceIdentity: Ref] {
    let name = GlobalName(module: ResourceGraph.statementModule, name: "lower")
    guard program.globals[name] != nil else { return [:] }
    var refined: [ResourceIdentity: Ref] = [:]
    for statement in graph.statements
    where program[statement.value.constructor].type.name == "Flow" {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        try self.refine(statement, by: self.machine.global(name), &refined)
      }
    }
    return refined
  }

  private mutating func refine(
    _ statement: (value: ConstructedValue, ref: Ref), by lower: Ref,
    _ refined: inout [ResourceIdentity: Ref]
  ) throws(EvaluationFailure) {
    guard let payload = statement.value.payload,
      let isConnection = try machine.fields(payload, "A flow")["isConnection"],
      try machine.truth(isConnection)
    else { return }
    let site = statement.value.site
    let lowered = machine.heap.add(.application(lower, [statement.ref], site))
    for refinement in try machine.elements(lowered) {
      let fields = try machine.fields(refinement, "A refinement")
      let subject = try machine.force(machine.field("of", of: fields))
      guard case .construct(let constructed) = subject, let identity = constructed.identity
      else { continue }
      let before =
        refined[identity]
        ?? machine.heap.add(.construct(machine.resources[identity.number]))
      let change = try machine.field("change", of: fields)
      let after = machine.heap.add(.application(change, [before], site))
      refined[identity] = try keepingIdentity(identity, of: after)
    }
  }

  /// The changed value, still the same resource.
  private mutating func keepingIdentity(
    _ identity: ResourceIdentity, of ref: Ref
  ) throws(EvaluationFailure) -> Ref {
    let original = machine.resources[identity.number]
    guard case .construct(var changed) = try machine.force(ref), let payload = changed.payload
    else { return machine.heap.add(.construct(original)) }
    let outputs = program[original.constructor].outputs
    changed.payload = machine.heap.add(.outputs(of: payload, identity, outputs))
    changed.identity = identity
    changed.site = original.site
    return machine.heap.add(.construct(changed))
  }

  private mutating func resource(
    _ identity: ResourceIdentity, _ value: Ref, after count: Int
  ) throws(EvaluationFailure) -> (DeclaredResource, region: String?) {
    let resource = machine.resources[identity.number]
    let type = program[resource.constructor].type
    let planned = try planned(identity, value, after: count)
    let mark = machine.beginScratch()
    defer { machine.endScratch(mark) }
    var declared = Closing(addresses: machine.addresses)
    let address = address(identity)
    return (
      DeclaredResource(
        address: address, type: type.description,
        declared: declared.close(try machine.plainData(value, isTop: true)),
        lifecycle: planned.lifecycle,
        dependencies: planned.dependencies.filter { $0 != address }.sorted(),
        isProtected: planned.isProtected, origin: origin(resource.site),
        parts: planned.parts.map {
          PartOrigin(aspect: $0.aspect, element: $0.element, origin: origins[$0.site, in: sources])
        }), region: planned.region
    )
  }

  private func type(of identity: ResourceIdentity) -> TypeName {
    program[machine.resources[identity.number].constructor].type
  }

  /// The resources whose types have planners; reports the other types, each once.
  private mutating func withPlanners(_ declared: [ResourceIdentity]) -> [ResourceIdentity] {
    var groups: OrderedDictionary<TypeName, [ResourceIdentity]> = [:]
    for identity in declared where !hasPlanner(type(of: identity)) {
      groups[type(of: identity), default: []].append(identity)
    }
    for (type, resources) in groups {
      let sites = resources.compactMap { machine.resources[$0.number].site }
      let labels = sites.prefix(3).enumerated().map { index, site in
        DiagnosticLabel(site, "this resource cannot be planned", isPrimary: index == 0)
      }
      let others = resources.count - labels.count
      let more = others > 0 ? ["\(others) more of this type are declared."] : []
      report(
        Diagnostic(
          "FG0308", "Nothing says how a '\(type)' is created, compared and deleted",
          labels: labels,
          notes: more + [
            "The composition is right so far; what is missing is a planner for this type: the "
              + "value 'planner' of \(Self.plannerModule(of: type))."
          ], hint: "import a library that has one, or name its folder with -i"))
    }
    return declared.filter { groups[type(of: $0)] == nil }
  }

  private func hasPlanner(_ type: TypeName) -> Bool {
    program.globals[GlobalName(module: Self.plannerModule(of: type), name: "planner")] != nil
  }

  /// A place as data; an empty one where none is known.
  mutating func origin(_ site: SourceRange?) -> Origin {
    site.map { origins[$0, in: sources] }
      ?? Origin(file: "", line: 1, column: 1, length: 1, text: "")
  }

  private func severalRegions(_ regions: SortedMap<String, ResourceAddress>) -> Diagnostic {
    Diagnostic(
      "FG0312", "The resources of one composition are in one region; these are in several",
      notes: regions.map { "\($0.value) is in \($0.key)" },
      hint: "make a composition for each region")
  }
}
