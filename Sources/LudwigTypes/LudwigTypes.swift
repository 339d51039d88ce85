package import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

/// Checks a module and all that it imports: names, types, the two coercions.
///
/// The program is complete also where there are mistakes; run it only without errors. Never fails
/// and always ends, whatever the trees hold.
///
/// - Parameters:
///   - root: The module to start from.
///   - inputs: Where trees and interfaces come from.
/// - Returns: The program, and all mistakes in order of their places.
package func check(
  root: ModuleName, inputs: CheckerInputs
) -> (program: CheckedProgram, diagnostics: [Diagnostic]) {
  var checker = Checker(root: root, inputs: inputs)
  checker.run()
  return (checker.program, checker.diagnostics.inOrderOfPlaces)
}

extension [Diagnostic] {
  /// The same mistakes by file, in the order in which files were read, and by place; those without
  /// a place first, and those of one place as they were found.
  package var inOrderOfPlaces: [Diagnostic] {
    enumerated().sorted { a, b in
      let (x, y) = (a.element.labels.first?.range, b.element.labels.first?.range)
      guard let x, let y else { return x == nil && y != nil || (x == nil && a.offset < b.offset) }
      return (x.source, x.lower, a.offset) < (y.source, y.lower, b.offset)
    }.map(\.element)
  }
}

extension Checker {
  /// All phases in order.
  mutating func run() {
    loadModules()
    declare()
    resolveExports()
    resolveOperators()
    resolveTypeBodies()
    let expressions = sheets.values.reduce(0) { $0 + $1.tree.expressions.count }
    types.fuel = max(TypeSystem.fuelLimit, 40 * expressions)
    checkDefinitions()
    checkValidations()
    concludeRepeats()
    recordBodies()
    recordModules()
  }

  /// Writes down what types hold, where a validation judges values that do not tell their type.
  private mutating func recordBodies() {
    let subjects = validations.values.flatMap { $0 }.map(\.subject)
    let isAsked = subjects.contains { subject in
      if case .named(let name, _) = subject {
        program.types[name]?.constructors.isEmpty != false
      } else {
        true
      }
    }
    guard isAsked else { return }
    for constructor in types.constructors {
      guard case .record(let body) = constructor.kind, program.types[constructor.name] != nil
      else { continue }
      program.types[constructor.name]?.record = types.closed(body)
    }
    for index in payloads.indices {
      program.constructors[index].payload = payloads[index].map { types.closed($0.held) }
    }
  }

  private mutating func recordModules() {
    var own: [ModuleName: [GlobalName]] = [:]
    for name in definitions.keys { own[name.module, default: []].append(name) }
    for (name, sheet) in sheets {
      program.modules[name] = CheckedModule(
        source: sheet.tree.source, isComposition: sheet.tree.isComposition,
        globals: own[name] ?? [], validations: validations[name] ?? [],
        imports: sheet.imports.map(\.module))
    }
  }
}
