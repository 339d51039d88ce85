/// The lines of a catalog text, read and written here alone:
///
/// ```
/// service ec2 2016-11-15 ec2
/// operation CreateVpc CreateVpcRequest CreateVpcResult Error.Code …
/// structure CreateVpcRequest
///  CidrBlock string
///  TagSpecifications [TagSpecification]
/// ```
/// A `-` stands for no structure. After a member's name `!` says required, `~` that it is the
/// client token, `*` that it is sensitive. `[T]` is a list, `{T}` a map from texts.
package enum CatalogText {
  static let scalars: [(word: String, shape: CatalogShape)] = [
    ("string", .string), ("integer", .integer), ("float", .float), ("boolean", .boolean),
    ("blob", .blob), ("timestamp", .timestamp),
  ]

  static func operation(_ words: [Substring]) -> CatalogOperation? {
    guard words.count >= 4 else { return nil }
    return CatalogOperation(
      name: String(words[1]), input: words[2] == "-" ? nil : String(words[2]),
      output: words[3] == "-" ? nil : String(words[3]), errors: words[4...].map(String.init))
  }

  static func line(_ operation: CatalogOperation) -> String {
    (["operation", operation.name, operation.input ?? "-", operation.output ?? "-"]
      + operation.errors).joined(separator: " ")
  }

  static func member(_ line: Substring) -> CatalogMember? {
    let words = line.split(separator: " ")
    guard words.count == 2, let shape = shape(words[1]) else { return nil }
    let flags = words[0].suffix(while: { "!~*".contains($0) })
    return CatalogMember(
      name: String(words[0].dropLast(flags.count)), shape: shape,
      isRequired: flags.contains("!"), isIdempotencyToken: flags.contains("~"),
      isSensitive: flags.contains("*"))
  }

  static func line(_ member: CatalogMember) -> String {
    " \(member.name)" + (member.isRequired ? "!" : "") + (member.isIdempotencyToken ? "~" : "")
      + (member.isSensitive ? "*" : "") + " \(text(member.shape))"
  }

  static func shape(_ text: Substring) -> CatalogShape? {
    if text.hasPrefix("["), text.hasSuffix("]") {
      return shape(text.dropFirst().dropLast()).map { .list(of: $0) }
    }
    if text.hasPrefix("{"), text.hasSuffix("}") {
      return shape(text.dropFirst().dropLast()).map { .map(of: $0) }
    }
    return scalars.first { $0.word == text }?.shape ?? .structure(String(text))
  }

  static func text(_ shape: CatalogShape) -> String {
    switch shape {
    case .list(let element): "[\(text(element))]"
    case .map(let element): "{\(text(element))}"
    case .structure(let name): name
    case .string: "string"
    case .integer: "integer"
    case .float: "float"
    case .boolean: "boolean"
    case .blob: "blob"
    case .timestamp: "timestamp"
    }
  }
}

extension Substring {
  fileprivate func suffix(while isIncluded: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, isIncluded(self[index(before: start)]) {
      start = index(before: start)
    }
    return self[start...]
  }
}
