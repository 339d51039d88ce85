internal import AWSCatalog
package import Canon

/// What cfn-lint knows of AWS's resource types, made into the catalog's text; see `ResourceSchemas`
/// for what the text says.
///
/// Source: CloudFormation's "Resource type schema" for what the members of a schema mean.
package enum SchemaModel {
  /// The text of all types, in order of name.
  package static func text(types: JSON) -> String {
    var lines: [String] = []
    for type in (types.members ?? []).sorted(by: { $0.name < $1.name }) {
      lines += self.lines(type.name, type.value)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The text of the IAM actions of all services, a line a service.
  package static func text(actions: JSON) -> String {
    (actions.members ?? []).sorted { $0.name < $1.name }.map { service in
      (["actions", service.name] + (service.value.elements ?? []).compactMap(\.text))
        .joined(separator: " ")
    }.joined(separator: "\n") + "\n"
  }

  private static func lines(_ name: String, _ schema: JSON) -> [String] {
    var head = CatalogLine("resource", name)
    for (key, member) in [
      ("id", "primaryIdentifier"), ("create", "createOnlyProperties"),
      ("conditional", "conditionalCreateOnlyProperties"), ("read", "readOnlyProperties"),
      ("write", "writeOnlyProperties"), ("deprecated", "deprecatedProperties"),
    ] { head.add(key, paths(schema[member])) }
    head.add(
      "also",
      (schema["additionalIdentifiers"]?.elements ?? []).map { paths($0).joined(separator: "+") })
    head.add("required", (schema["required"]?.elements ?? []).compactMap(\.text))
    head.add("tags", schema["tagging"]?["tagProperty"]?.text.map(path))
    head.flag("untaggable", schema["tagging"]?["taggable"]?.truth == false)
    head.add("replacement", schema["replacementStrategy"]?.text)
    for handler in ResourceHandler.allCases {
      guard let permissions = schema["handlers"]?[handler.rawValue]?["permissions"] else {
        continue
      }
      let actions = Array(Set(texts(permissions))).sorted()
      if actions.isEmpty { head.flag("needs-\(handler.rawValue)", true) }
      head.add("needs-\(handler.rawValue)", actions)
    }
    var hoisted: [(String, JSON)] = []
    var lines = [head.text]
    lines += properties(of: schema, below: "", &hoisted)
    for definition in schema["definitions"]?.members ?? [] {
      hoisted.append((definition.name, definition.value))
    }
    var index = 0
    while index < hoisted.count {
      let (name, definition) = hoisted[index]
      index += 1
      var line = CatalogLine("", ":" + CatalogText.escaped(name), type(definition, name, &hoisted))
      addConstraints(definition, to: &line)
      line.add("required", (definition["required"]?.elements ?? []).compactMap(\.text))
      lines.append(line.text)
      lines += properties(of: definition, below: name, &hoisted)
    }
    return lines
  }

  /// The lines of an object's properties; objects within become definitions of their own.
  private static func properties(
    of object: JSON, below name: String, _ hoisted: inout [(String, JSON)]
  ) -> [String] {
    var lines: [String] = []
    for property in object["properties"]?.members ?? [] {
      let inner = name.isEmpty ? property.name : "\(name).\(property.name)"
      var line = CatalogLine(
        "", CatalogText.escaped(property.name), type(property.value, inner, &hoisted))
      addConstraints(property.value, to: &line)
      lines.append(line.text)
    }
    return lines
  }

  /// A type: a scalar's name, `[T]`, `{T}` for any keys, `#Definition`, or `any`.
  private static func type(
    _ schema: JSON, _ name: String, _ hoisted: inout [(String, JSON)]
  ) -> String {
    if let target = schema["$ref"]?.text {
      return "#" + CatalogText.escaped(String(target.split(separator: "/").last ?? ""))
    }
    let type = schema["type"]?.text
    if type == "array" || (type == nil && schema["items"] != nil) {
      return "[" + (schema["items"].map { self.type($0, name, &hoisted) } ?? "any") + "]"
    }
    if let values = schema["patternProperties"]?.members?.first?.value, schema["properties"] == nil
    {
      return "{" + self.type(values, name, &hoisted) + "}"
    }
    if schema["properties"] != nil {
      if hoisted.last?.0 == name || hoisted.contains(where: { $0.0 == name }) { return "object" }
      hoisted.append((name, schema))
      return "#" + CatalogText.escaped(name)
    }
    return type ?? "any"
  }

  private static func addConstraints(_ schema: JSON, to line: inout CatalogLine) {
    let item = schema["items"] ?? .null
    line.add("enum", texts(schema["enum"] ?? item["enum"]))
    line.add("pattern", schema["pattern"]?.text ?? item["pattern"]?.text)
    for (key, names) in [
      ("min", ["minLength", "minItems", "minimum"]), ("max", ["maxLength", "maxItems", "maximum"]),
    ] {
      if case .number(let text)? = names.compactMap({ schema[$0] }).first { line.add(key, text) }
    }
    let found = references(schema, depth: 0)
    line.add("refers", found.filter { $0.hasPrefix("AWS::") })
    line.add("format", found.first { !$0.hasPrefix("AWS::") })
    line.flag("unordered", schema["insertionOrder"]?.truth == false)
    line.flag("unique", schema["uniqueItems"]?.truth == true)
  }

  /// What a value may name: formats and relationships, also of its alternatives and its elements.
  private static func references(_ schema: JSON, depth: Int) -> [String] {
    guard depth < 4 else { return [] }
    var out = [schema["format"]?.text].compactMap { $0 }
    if let type = schema["relationshipRef"]?["typeName"]?.text,
      let path = schema["relationshipRef"]?["propertyPath"]?.text
    {
      out.append("\(type).\(self.path(path))")
    }
    for key in ["anyOf", "oneOf", "allOf"] {
      for choice in schema[key]?.elements ?? [] { out += references(choice, depth: depth + 1) }
    }
    if let items = schema["items"] { out += references(items, depth: depth + 1) }
    return Array(Set(out)).sorted()
  }

  private static func texts(_ json: JSON?) -> [String] {
    (json?.elements ?? []).compactMap { $0.text ?? $0.text() }
  }

  private static func paths(_ json: JSON?) -> [String] {
    Array(Set((json?.elements ?? []).compactMap(\.text).map(path))).sorted()
  }

  /// `/properties/A/B` as `A/B`.
  private static func path(_ text: String) -> String {
    let parts = text.split(separator: "/").filter { $0 != "properties" && $0 != "items" }
    return parts.joined(separator: "/")
  }
}
