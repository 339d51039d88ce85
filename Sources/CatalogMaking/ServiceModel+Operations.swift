internal import AWSCatalog
internal import Canon

extension ServiceModel {
  /// An operation's line, and below it that of its pages where it has some.
  func lines(of member: JSON.Member, errorSets: [String]) -> [String] {
    let value = member.value
    let http = value["http"]
    var line = CatalogLine(
      "operation", member.name, http?["method"]?.text ?? "POST",
      CatalogText.escaped(http?["requestUri"]?.text ?? "/"))
    line.add("in", value["input"]?["shape"]?.text)
    line.add("in.name", value["input"]?["locationName"]?.text)
    line.add("in.xmlns", value["input"]?["xmlNamespace"]?["uri"]?.text)
    line.add("out", value["output"]?["shape"]?.text)
    line.add("wrapper", value["output"]?["resultWrapper"]?.text)
    let status = http?["responseCode"]?.integer
    line.add("status", status == 200 ? nil : status.map(String.init))
    line.add("host", value["endpoint"]?["hostPrefix"]?.text)
    line.add("authtype", value["authtype"]?.text)
    line.add("auth", (value["auth"]?.elements ?? []).compactMap(\.text))
    for flag in [
      "unsignedPayload", "idempotent", "readonly", "deprecated", "httpChecksumRequired",
      "endpointoperation",
    ] { line.flag(flag.lowercased(), value[flag]?.truth == true) }
    addChecksum(value["httpChecksum"], to: &line)
    line.add(
      "compression", (value["requestcompression"]?["encodings"]?.elements ?? []).compactMap(\.text))
    if let discovery = value["endpointdiscovery"] {
      line.add("discovery", discovery["required"]?.truth == true ? "required" : "optional")
    }
    line.add("context", pairs(value["staticContextParams"], "value"))
    line.add("contextpath", pairs(value["operationContextParams"], "path"))
    line.add("errors", errorSets.firstIndex(of: Self.errorSet(of: value)).map(String.init))
    guard let pages = pages[member.name] else { return [line.text] }
    return [line.text, pageLine(pages)]
  }

  private func addChecksum(_ checksum: JSON?, to line: inout CatalogLine) {
    line.add("checksum.member", checksum?["requestAlgorithmMember"]?.text)
    line.flag("checksum.required", checksum?["requestChecksumRequired"]?.truth == true)
    line.add("checksum.mode", checksum?["requestValidationModeMember"]?.text)
    line.add(
      "checksum.response", (checksum?["responseAlgorithms"]?.elements ?? []).compactMap(\.text))
  }

  private func pairs(_ parameters: JSON?, _ key: String) -> [String] {
    (parameters?.members ?? []).map { parameter in
      "\(parameter.name):\(parameter.value[key].map { $0.text ?? $0.text() } ?? "")"
    }
  }

  private func pageLine(_ pages: JSON) -> String {
    func texts(_ name: String) -> [String] {
      guard let value = pages[name] else { return [] }
      return (value.elements ?? [value]).compactMap(\.text)
    }
    var line = CatalogLine("", "page")
    line.add("in", texts("input_token"))
    line.add("out", texts("output_token"))
    line.add("result", texts("result_key"))
    line.add("limit", pages["limit_key"]?.text)
    line.add("more", pages["more_results"]?.text)
    line.add("kept", texts("non_aggregate_keys"))
    return line.text
  }
}
