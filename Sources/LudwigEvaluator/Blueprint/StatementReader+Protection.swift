internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// Reads statements of `Fugue.Enforce`: brakes, and what is left to others.
extension StatementReader {
  /// The resources that a statement protects, in no order; empty for a statement of another kind.
  func protected(
    by statement: ConstructedValue, _ machine: inout Machine
  ) throws(EvaluationFailure) -> [ResourceAddress] {
    guard machine.program[statement.constructor].type.name == "Protection",
      let payload = statement.payload
    else { return [] }
    return try resources(
      in: payload, statement.site, &machine, hint: "Enforce.protect [database, bucket]")
  }

  /// What a statement leaves to others, by resource; empty for a statement of another kind.
  func ignored(
    by statement: ConstructedValue, _ machine: inout Machine
  ) throws(EvaluationFailure) -> [(address: ResourceAddress, part: Ignored, site: SourceRange?)] {
    guard machine.program[statement.constructor].type.name == "Exception",
      let payload = statement.payload
    else { return [] }
    var out: [(address: ResourceAddress, part: Ignored, site: SourceRange?)] = []
    for part in try machine.elements(payload) {
      let (kind, value) = try machine.constructed(part, "A part")
      guard let payload = value.payload else { continue }
      let fields = try machine.fields(payload, "A part")
      let ignored: Ignored =
        switch kind {
        case "Field": .field(try machine.text(machine.field("name", of: fields)))
        case "Tags": .tags(prefix: try machine.text(machine.field("prefix", of: fields)))
        case _: .rules(owner: try machine.text(machine.field("owner", of: fields)))
        }
      let subject = try machine.field(kind == "Field" ? "resource" : "resources", of: fields)
      let site = value.site ?? statement.site
      out += try resources(
        in: subject, site, &machine, hint: "Enforce.tagPrefix(bucket, \"team/\")"
      ).map { (address: $0, part: ignored, site: site) }
    }
    return out
  }

  /// The resources in a value: itself, or those in a record or list.
  private func resources(
    in value: Ref, _ site: SourceRange?, _ machine: inout Machine, hint: String
  ) throws(EvaluationFailure) -> [ResourceAddress] {
    var found: [ResourceAddress] = []
    var open = [value]
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
      "FG0340", "There is no resource in what this is said of", at: site,
      hint: "name resources: \(hint)")
  }
}
