extension TypeSystem {
  /// A type as people write it.
  mutating func describe(_ type: TypeRef) -> String { describe([type])[0] }

  /// Types as people write them, unknowns named alike in all of them. Named types are written
  /// without module, unless that would make two different ones look the same.
  mutating func describe(_ list: [TypeRef]) -> [String] {
    var writer = TypeWriter()
    let short = list.map { write($0, 0, &writer) }
    if !writer.isAmbiguous { return short }
    var full = TypeWriter(isFull: true)
    return list.map { write($0, 0, &full) }
  }

  private mutating func write(_ type: TypeRef, _ depth: Int, _ writer: inout TypeWriter) -> String {
    guard depth < 7 else { return "…" }
    let ref = arena.resolve(type)
    switch arena[ref] {
    case .error, .link: return "?"
    case .rigid(let name): return name
    case .generic, .variable: return writer.name(of: ref)
    case .named(let id, let arguments):
      let name = writer.name(of: constructors[Int(id.index)].name)
      if arguments.isEmpty { return name }
      var parts: [String] = []
      for argument in arguments { parts.append(write(argument, depth + 1, &writer)) }
      return "\(name)<\(parts.joined(separator: ", "))>"
    case .tuple(let elements):
      var parts: [String] = []
      for element in elements { parts.append(write(element, depth + 1, &writer)) }
      return "(\(parts.joined(separator: ", ")))"
    case .function(let parameters, let result):
      var parts: [String] = []
      for parameter in parameters { parts.append(write(parameter, depth + 1, &writer)) }
      return "fun(\(parts.joined(separator: ", "))) -> \(write(result, depth + 1, &writer))"
    case .record:
      guard let view = record(ref) else { return "{}" }
      var parts: [String] = []
      for field in view.fields.prefix(8) {
        parts.append("\(field.name): \(write(field.type, depth + 1, &writer))")
      }
      if view.fields.count > 8 || view.rest != nil { parts.append("…") }
      return "{\(parts.joined(separator: ", "))}"
    }
  }
}

/// Names that a description has given out.
private struct TypeWriter {
  /// Whether named types are written with their module.
  var isFull = false
  /// Whether two types have been written alike.
  var isAmbiguous = false
  private var unknowns: [TypeRef] = []
  private var named: [String: TypeName] = [:]

  init(isFull: Bool = false) { self.isFull = isFull }

  mutating func name(of unknown: TypeRef) -> String {
    let index = unknowns.firstIndex(of: unknown) ?? unknowns.count
    if index == unknowns.count { unknowns.append(unknown) }
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return String(letters[index % 26]) + (index < 26 ? "" : "\(index / 26)")
  }

  mutating func name(of type: TypeName) -> String {
    if isFull { return type.description }
    if let other = named[type.name], other != type { isAmbiguous = true }
    named[type.name] = type
    return type.name
  }
}
