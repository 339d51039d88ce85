internal import Canon
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Evaluation {
  /// Runs the functions that `validate` statements register, each on every value of its type.
  mutating func validate(_ graph: ResourceGraph) {
    for module in program.modules.values {
      for validation in module.validations {
        guard case .named(let type, _) = validation.subject,
          program.types[type]?.constructors.isEmpty == false
        else {
          report(notRun(validation))
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

  private mutating func judge(
    _ value: Ref, by validation: CheckedValidation
  ) throws(EvaluationFailure) {
    let site = Machine.site(of: try machine.force(value))
    let function = machine.global(validation.function)
    let verdict = machine.heap.add(.application(function, [value], site))
    let (name, constructed) = try machine.constructed(verdict, "A validation's verdict")
    guard name == "Failure", let payload = constructed.payload else { return }
    let fields = try machine.fields(payload, "A failure")
    var notes: [String] = []
    for field in ["title", "when"] {
      if let ref = fields[field], case .some(let text) = try machine.force(ref) {
        notes.append(try machine.text(text))
      }
    }
    let labels = site.map { [DiagnosticLabel($0, "this was judged")] } ?? []
    report(
      Diagnostic(
        "FG0317", try machine.text(machine.field("message", of: fields)),
        labels: labels + [DiagnosticLabel(validation.range, "by this", isPrimary: false)],
        notes: notes + ["It comes from the validation \(validation.function)."]))
  }

  private func notRun(_ validation: CheckedValidation) -> Diagnostic {
    Diagnostic(
      "FG0317", "This validation's type has no values that could be judged",
      labels: [DiagnosticLabel(validation.range, "registered here")],
      notes: [
        "Validations of types with constructors are run; of records, and of the whole graph "
          + "(NodeStream), not yet."
      ])
  }
}
