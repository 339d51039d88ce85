internal import Canon

/// A service's rules of endpoints, evaluated: the first rule whose conditions hold says where to
/// go, or why not.
///
/// Source: Smithy, "Rules engine specification", "Standard library functions", "AWS rules engine
/// library functions".
struct EndpointRules {
  private let rules: JSON
  private let partitions: Partitions

  /// Reads rules.
  init(_ text: String, _ partitions: Partitions) throws(EndpointError) {
    do throws(JSONError) { rules = try JSON(parsing: text) } catch {
      throw EndpointError(message: "the rules of endpoints are no JSON: \(error.message)")
    }
    self.partitions = partitions
  }

  /// The endpoint for a question and the parameters that a call gives.
  func endpoint(
    _ question: EndpointQuestion, _ call: [String: EndpointValue]
  ) throws(EndpointError) -> CatalogEndpoint {
    var scope: [String: EndpointValue] = [:]
    for parameter in rules["parameters"]?.members ?? [] {
      let value =
        question.parameters[parameter.name] ?? call[parameter.name]
        ?? parameter.value["builtIn"]?.text.flatMap(question.builtIn)
        ?? parameter.value["default"].flatMap(EndpointValue.init(json:))
      scope[parameter.name] = value
      if value == nil, parameter.value["required"]?.truth == true {
        throw EndpointError(message: "the parameter \(parameter.name) is missing")
      }
    }
    guard let found = try first(rules["rules"]?.elements ?? [], &scope, depth: 0) else {
      throw EndpointError(message: "no rule of endpoints fits")
    }
    return found
  }

  private func first(
    _ rules: [JSON], _ scope: inout [String: EndpointValue], depth: Int
  ) throws(EndpointError) -> CatalogEndpoint? {
    guard depth < 64 else { throw EndpointError(message: "rules are nested too deep") }
    for rule in rules {
      var inner = scope
      guard try holds(rule["conditions"]?.elements ?? [], &inner) else { continue }
      if let error = rule["error"] {
        throw EndpointError(message: try value(error, inner)?.text ?? "there is no endpoint")
      }
      if let endpoint = rule["endpoint"] { return try self.endpoint(endpoint, inner) }
      if let found = try first(rule["rules"]?.elements ?? [], &inner, depth: depth + 1) {
        return found
      }
      throw EndpointError(message: "no rule of endpoints fits")
    }
    return nil
  }

  private func holds(
    _ conditions: [JSON], _ scope: inout [String: EndpointValue]
  ) throws(EndpointError) -> Bool {
    for condition in conditions {
      let result = try call(condition, scope)
      guard let result, result != .truth(false) else { return false }
      if let name = condition["assign"]?.text { scope[name] = result }
    }
    return true
  }

  private func endpoint(
    _ endpoint: JSON, _ scope: [String: EndpointValue]
  ) throws(EndpointError) -> CatalogEndpoint {
    guard
      let url = try endpoint["url"].flatMap({ (json) throws(EndpointError) in
        try value(json, scope)?.text
      })
    else { throw EndpointError(message: "a rule names no address") }
    var headers: [String: [String]] = [:]
    for header in endpoint["headers"]?.members ?? [] {
      var texts: [String] = []
      for item in header.value.elements ?? [] { texts.append(try value(item, scope)?.text ?? "") }
      headers[header.name] = texts
    }
    var schemes: [EndpointAuthScheme] = []
    for scheme in endpoint["properties"]?["authSchemes"]?.elements ?? [] {
      var set: [String] = []
      for region in scheme["signingRegionSet"]?.elements ?? [] {
        set.append(try value(region, scope)?.text ?? "")
      }
      func text(_ name: String) throws(EndpointError) -> String? {
        guard let json = scheme[name] else { return nil }
        return try value(json, scope)?.text
      }
      schemes.append(
        EndpointAuthScheme(
          name: try text("name") ?? "sigv4", signingName: try text("signingName"),
          signingRegion: try text("signingRegion"), signingRegionSet: set,
          disablesDoubleEncoding: scheme["disableDoubleEncoding"]?.truth == true))
    }
    return CatalogEndpoint(
      url: url.hasSuffix("/") ? String(url.dropLast()) : url, headers: headers,
      authSchemes: schemes)
  }

  /// The value of an expression: a literal, a template, a reference or a call; nil for nothing.
  private func value(
    _ json: JSON, _ scope: [String: EndpointValue]
  ) throws(EndpointError) -> EndpointValue? {
    switch json {
    case .string(let text):
      return .text(text.contains("{") ? try template(text, scope) : text)
    case .object:
      if let name = json["ref"]?.text { return scope[name] }
      if json["fn"] != nil { return try call(json, scope) }
      return EndpointValue(json: json)
    case .null, .bool, .number, .array: return EndpointValue(json: json)
    }
  }

  /// A text with what stands in braces filled in: `{name}` or `{name#attribute}`.
  private func template(
    _ text: String, _ scope: [String: EndpointValue]
  ) throws(EndpointError) -> String {
    var out = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}") else { break }
      let parts = rest[..<close].split(separator: "#", maxSplits: 1)
      var value = parts.first.flatMap { scope[String($0)] }
      if parts.count == 2 { value = value.flatMap { Self.attribute($0, String(parts[1])) } }
      guard let piece = value?.text else {
        throw EndpointError(message: "'\(rest[..<close])' is not known in '\(text)'")
      }
      out += piece
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  private func call(
    _ json: JSON, _ scope: [String: EndpointValue]
  ) throws(EndpointError) -> EndpointValue? {
    var arguments: [EndpointValue?] = []
    for argument in json["argv"]?.elements ?? [] {
      arguments.append(try value(argument, scope))
    }
    let first = arguments.first ?? nil
    let second = arguments.count > 1 ? arguments[1] : nil
    switch json["fn"]?.text {
    case "isSet": return .truth(first != nil)
    case "not": return .truth(first == nil || first == .truth(false))
    case "stringEquals", "booleanEquals": return .truth(first == second)
    case "getAttr": return first.flatMap { Self.attribute($0, second?.text ?? "") }
    case "substring": return Self.substring(arguments)
    case "parseURL": return first?.text.flatMap(EndpointText.url)
    case "uriEncode": return first?.text.map { .text(EndpointText.encoded($0)) }
    case "isValidHostLabel":
      return .truth(
        first.map { EndpointText.isHostLabel($0.text ?? "", dotted: second?.truth == true) }
          ?? false)
    case "aws.partition": return partitions.partition(of: first?.text ?? "")
    case "aws.parseArn": return first?.text.flatMap(EndpointText.arn)
    case "aws.isVirtualHostableS3Bucket":
      return .truth(
        first.map { EndpointText.isBucketHost($0.text ?? "", dotted: second?.truth == true) }
          ?? false)
    case let name: throw EndpointError(message: "the function \(name ?? "") is not known")
    }
  }

  /// What stands at a path: names with dots between them, at the end perhaps an index in brackets.
  private static func attribute(_ value: EndpointValue, _ path: String) -> EndpointValue? {
    var here = value
    for part in path.split(separator: ".") {
      let name = part.prefix { $0 != "[" }
      if !name.isEmpty {
        guard case .record(let fields) = here, let next = fields[String(name)] else { return nil }
        here = next
      }
      guard name.endIndex < part.endIndex else { continue }
      guard let index = Int(part[name.endIndex...].dropFirst().dropLast()),
        case .list(let items) = here, items.indices.contains(index)
      else { return nil }
      here = items[index]
    }
    return here
  }

  private static func substring(_ arguments: [EndpointValue?]) -> EndpointValue? {
    guard arguments.count == 4, let text = arguments[0]?.text,
      case .number(let start)? = arguments[1],
      case .number(let stop)? = arguments[2], let isReversed = arguments[3]?.truth,
      text.utf8.allSatisfy({ $0 < 128 }), start < stop, text.utf8.count >= stop
    else { return nil }
    let bytes = Array(text.utf8)
    let range = isReversed ? (bytes.count - stop)..<(bytes.count - start) : start..<stop
    return .text(String(decoding: bytes[range], as: UTF8.self))
  }
}
