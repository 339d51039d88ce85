extension CheckedType: CustomStringConvertible {
  /// The type as people write it; named types without their modules.
  package var description: String {
    switch self {
    case .named(let name, let arguments):
      arguments.isEmpty ? name.name : "\(name.name)<\(list(arguments))>"
    case .record(let fields, let isOpen):
      "{"
        + (fields.map { "\($0.name): \($0.type)" } + (isOpen ? ["…"] : []))
        .joined(separator: ", ") + "}"
    case .tuple(let elements): "(\(list(elements)))"
    case .function(let parameters, let result): "fun(\(list(parameters))) -> \(result)"
    case .variable(let index): variableName(index)
    case .unknown: "?"
    }
  }

  private func list(_ types: [CheckedType]) -> String {
    types.map(\.description).joined(separator: ", ")
  }

  private func variableName(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return String(letters[index % 26]) + (index < 26 ? "" : "\(index / 26)")
  }
}
