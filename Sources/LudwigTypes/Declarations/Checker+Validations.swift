import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Registers the functions that `validate` names.
  mutating func checkValidations() {
    for module in sheets.keys {
      current = module
      for statement in tree.statements {
        guard case .validate(let name) = statement.kind else { continue }
        if let found = validation(name, statement.range) {
          validations[module, default: []].append(found)
        }
      }
    }
  }

  private mutating func validation(
    _ name: QualifiedName, _ range: SourceRange
  ) -> CheckedValidation? {
    let found = find(name, in: current, \.values)
    guard let global = found.first else {
      reportUnknown(name, .value)
      return nil
    }
    guard let type = definitions[global]?.scheme?.type else { return nil }
    switch types.arena[type] {
    case .error: return nil
    case .function(let parameters, let result)
    where parameters.count == 1 && (isValidation(result)):
      return CheckedValidation(
        function: global, subject: types.closed(parameters[0]), range: range)
    case .variable, .link, .rigid, .generic, .named, .record, .tuple, .function:
      report(
        Diagnostic(
          "FG0224", "\(name.text) is no validation",
          at: name.range, "registered here",
          notes: ["It has the type \(types.describe(type))."],
          hint: "a validation takes one value and gives a Validation"))
      return nil
    }
  }

  private func isValidation(_ type: TypeRef) -> Bool {
    switch types.arena[type] {
    case .named(let id, _): types.constructors[Int(id.index)].name.name == "Validation"
    case .error: true
    case .variable, .link, .rigid, .generic, .record, .tuple, .function: false
    }
  }
}
