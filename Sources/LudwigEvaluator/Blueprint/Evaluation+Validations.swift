internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Evaluation {
  /// The type of a node of `NodeStream`, the graph of a composition.
  static let nodeType = TypeName(module: ModuleName("Ludwig.NodeStream"), name: "Node")

  /// Whether a validation judges the whole graph.
  static func isOfGraph(_ validation: CheckedValidation) -> Bool {
    if case .named(_, let arguments) = validation.subject, arguments.count == 1,
      case .named(nodeType, _) = arguments[0]
    {
      true
    } else {
      false
    }
  }

  /// Runs the functions that `validate` statements register, each on every value of its type, or
  /// on the graph of all values.
  mutating func validate(_ graph: ResourceGraph) {
    for module in program.modules.values {
      for validation in module.validations {
        if Self.isOfGraph(validation) {
          attempt { (self: inout Self) throws(EvaluationFailure) in
            try self.judge(self.stream(of: graph), by: validation)
          }
          continue
        }
        guard case .named(let type, _) = validation.subject,
          program.types[type]?.constructors.isEmpty == false
        else {
          judgeAll(validation)
          continue
        }
        for value in graph.judged[type] ?? [] {
          attempt { (self: inout Self) throws(EvaluationFailure) in
            try self.judge(value, by: validation)
          }
        }
      }
    }
  }

  /// Runs a validation on every value of a type other than a sum, found by the values' types.
  private mutating func judgeAll(_ validation: CheckedValidation) {
    switch validation.subject {
    case .function, .variable, .unknown: return report(notRun(validation))
    case .named, .record, .tuple: break
    }
    var values: [Ref] = []
    attempt { (self: inout Self) throws(EvaluationFailure) in
      values = try TypedWalk(
        for: validation.subject, from: self.program.root, in: &self.machine
      ).found
    }
    for value in values {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        try self.judge(value, by: validation)
      }
    }
  }

  /// The graph as a list of nodes, in order of their paths.
  private mutating func stream(of graph: ResourceGraph) -> Ref {
    let nodes = graph.nodes.map { node in
      let tag = machine.heap.add(.string(node.type.description))
      let address = machine.heap.add(.string(node.address.text))
      return machine.heap.add(
        .record(
          RecordValue(fields: ["address": address, "tag": tag, "value": node.ref], site: nil)))
    }
    return machine.heap.add(.list(ArraySlice(nodes)))
  }

  private mutating func judge(
    _ value: Ref, by validation: CheckedValidation
  ) throws(EvaluationFailure) {
    let site = Machine.site(of: try machine.force(value))
    let function = machine.global(validation.function)
    let verdict = machine.heap.add(.application(function, [value], site))
    let (name, constructed) = try machine.constructed(verdict, "A validation's verdict")
    guard let payload = constructed.payload else { return }
    if name == "Failure" {
      report(failure(try machine.text(payload), [], site.map { [$0] } ?? [], validation))
    } else {
      for problem in try machine.elements(payload) {
        report(try self.problem(problem, site, validation))
      }
    }
  }

  private mutating func problem(
    _ problem: Ref, _ site: SourceRange?, _ validation: CheckedValidation
  ) throws(EvaluationFailure) -> Diagnostic {
    let fields = try machine.fields(problem, "A problem")
    var notes: [String] = []
    if case .some(let title) = try machine.force(machine.field("title", of: fields)) {
      notes.append(try machine.text(title))
    }
    var sites = site.map { [$0] } ?? []
    for value in try machine.elements(machine.field("values", of: fields)).prefix(8) {
      let found = try machine.force(value)
      if case .string(let text) = found { notes.append(text) }
      if let place = Machine.site(of: found), !sites.contains(place) { sites.append(place) }
    }
    let message = try machine.text(machine.field("message", of: fields))
    return failure(message, notes, sites, validation)
  }

  private func failure(
    _ message: String, _ notes: [String], _ sites: [SourceRange], _ validation: CheckedValidation
  ) -> Diagnostic {
    let labels = sites.enumerated().map { index, site in
      DiagnosticLabel(site, "this was judged", isPrimary: index == 0)
    }
    return Diagnostic(
      "FG0317", message,
      labels: labels + [DiagnosticLabel(validation.range, "by this", isPrimary: labels.isEmpty)],
      notes: notes + ["It comes from the validation \(validation.function)."],
      hint: "change the value, or what the validation demands")
  }

  private func notRun(_ validation: CheckedValidation) -> Diagnostic {
    Diagnostic(
      "FG0317", "This validation's type has no values that could be judged",
      labels: [DiagnosticLabel(validation.range, "registered here")],
      notes: ["Functions, and values of just any type, are not judged."],
      hint: "say the type of the parameter")
  }
}
