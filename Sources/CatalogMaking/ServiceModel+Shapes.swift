internal import AWSCatalog
internal import Canon

extension ServiceModel {
  /// Whether a shape is a bare scalar, which stands by its type's name.
  func isPlain(_ name: String) -> Bool {
    guard let shape = shapes[name], let type = shape["type"]?.text, Self.scalars.contains(type)
    else { return false }
    return traits(of: shape).words.isEmpty
  }

  private static let scalars: Set = [
    "string", "character", "integer", "long", "float", "double", "boolean", "blob", "timestamp",
  ]

  /// What stands for a shape where it is named: a scalar's type, or the shape's name.
  func target(_ name: String) -> String {
    guard isPlain(name), let type = shapes[name]?["type"]?.text else { return Self.safe(name) }
    return type == "character" ? "string" : type
  }

  /// The name of a shape, which no scalar's is.
  static func safe(_ name: String) -> String {
    scalars.contains(name) ? name + "_" : name
  }

  /// A shape's line, and below it its members.
  func lines(ofShape name: String) throws(ModelError) -> [String] {
    guard let shape = shapes[name], let type = shape["type"]?.text else {
      throw ModelError(message: "\(name) has no type")
    }
    var line = CatalogLine(type, Self.safe(name))
    switch type {
    case "list":
      line.word(target(shape["member"]?["shape"]?.text ?? ""))
      line.add("item", shape["member"]?["locationName"]?.text)
      line.flag("item.jsonvalue", shape["member"]?["jsonvalue"]?.truth == true)
    case "map":
      line.word(target(shape["key"]?["shape"]?.text ?? ""))
      line.word(target(shape["value"]?["shape"]?.text ?? ""))
      line.add("key", shape["key"]?["locationName"]?.text)
      line.add("value", shape["value"]?["locationName"]?.text)
    case "structure": break
    default:
      guard Self.scalars.contains(type) else {
        throw ModelError(message: "\(name) is of the type \(type), which the catalog lacks")
      }
      if type == "character" { line = CatalogLine("string", Self.safe(name)) }
    }
    line.words += traits(of: shape).words
    let required = Set((shape["required"]?.elements ?? []).compactMap(\.text))
    return [line.text]
      + (shape["members"]?.members ?? []).map { member in
        self.line(of: member, isRequired: required.contains(member.name))
      }
  }

  private func line(of member: JSON.Member, isRequired: Bool) -> String {
    let value = member.value
    let name =
      member.name + (isRequired ? "!" : "")
      + (value["idempotencyToken"]?.truth == true ? "~" : "")
    var line = CatalogLine("", name, target(value["shape"]?.text ?? ""))
    line.add("at", value["location"]?.text)
    line.add("name", serializedName(of: member))
    line.add("query", value["queryName"]?.text)
    addNamespace(value, to: &line)
    line.add("time", value["timestampFormat"]?.text)
    line.add("context", value["contextParam"]?["name"]?.text)
    for flag in [
      "flattened", "xmlAttribute", "streaming", "jsonvalue", "hostLabel", "eventpayload",
      "eventheader", "deprecated",
    ] { line.flag(flag.lowercased(), value[flag]?.truth == true) }
    return line.text
  }

  /// The member's name on the wire where it is another; EC2 makes a name's first letter a capital
  /// where one is given.
  private func serializedName(of member: JSON.Member) -> String? {
    guard let name = member.value["locationName"]?.text else { return nil }
    let isSame =
      name == member.name && member.value["xmlAttribute"] == nil
      && (metadata["protocol"]?.text != "ec2" || name.first?.isUppercase == true)
    return isSame ? nil : name
  }

  private func addNamespace(_ value: JSON, to line: inout CatalogLine) {
    line.add("xmlns", value["xmlNamespace"]?.text ?? value["xmlNamespace"]?["uri"]?.text)
    line.add("xmlns.prefix", value["xmlNamespace"]?["prefix"]?.text)
  }

  private func traits(of shape: JSON) -> CatalogLine {
    var line = CatalogLine()
    for bound in ["min", "max"] {
      if case .number(let text)? = shape[bound] { line.add(bound, text) }
      line.add(bound, shape[bound]?.text)
    }
    line.add("pattern", shape["pattern"]?.text)
    line.add("enum", (shape["enum"]?.elements ?? []).compactMap(\.text))
    line.add("name", shape["locationName"]?.text)
    addNamespace(shape, to: &line)
    line.add("time", shape["timestampFormat"]?.text)
    line.add("payload", shape["payload"]?.text)
    for flag in [
      "sensitive", "flattened", "streaming", "eventstream", "event", "document", "union", "sparse",
      "exception", "fault", "requiresLength", "deprecated",
    ] { line.flag(flag.lowercased(), shape[flag]?.truth == true) }
    line.add("code", shape["error"]?["code"]?.text)
    line.add("status", shape["error"]?["httpStatusCode"]?.integer.map(String.init))
    line.flag("sender", shape["error"]?["senderFault"]?.truth == true)
    line.flag("fault", shape["error"]?["fault"]?.truth == true && shape["fault"] == nil)
    if let retry = shape["retryable"] {
      line.add("retry", retry["throttling"]?.truth == true ? "throttling" : "yes")
    }
    return line
  }
}
