internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

/// Reads brakes: values of `Fugue.Enforce.Protection`.
extension StatementReader {
  /// The resources that a statement protects, in no order; empty for a statement of another kind.
  func protected(
    by statement: ConstructedValue, _ machine: inout Machine
  ) throws(EvaluationFailure) -> [ResourceAddress] {
    guard machine.program[statement.constructor].type.name == "Protection",
      let payload = statement.payload
    else { return [] }
    var found: [ResourceAddress] = []
    var open = [payload]
    while let ref = open.popLast() {
      switch try machine.force(ref) {
      case .construct(let constructed):
        if let identity = constructed.identity, let address = addresses[identity] {
          found.append(address)
        }
      case .record(let record): open += record.fields.values
      case .list(let elements): open += elements
      case .tuple(let parts): open += parts
      case .pieces(let pieces): for case .elements(let elements) in pieces { open += elements }
      case .some(let inner): open.append(inner)
      case .int, .float, .string, .bool, .dictionary, .closure, .external, .call, .none, .secret,
        .residual, .hole:
        break
      }
    }
    guard found.isEmpty else { return found }
    throw machine.failure(
      "FG0340", "There is no resource in what is to be protected", at: statement.site,
      hint: "name resources: Enforce.protect [database, bucket]")
  }
}
