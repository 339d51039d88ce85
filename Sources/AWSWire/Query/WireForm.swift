/// A form: names and values in order, and its bytes.
struct WireForm {
  /// Names and values, decoded.
  var fields: [WireField] = []

  /// An empty form.
  init() {}

  /// Reads a body of `application/x-www-form-urlencoded`, or a query.
  init(_ bytes: [UInt8], _ limits: WireLimits) throws(WireError) {
    guard bytes.count <= limits.bodyBytes else {
      throw WireError(.limit, "a body has at most \(limits.bodyBytes) bytes")
    }
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      guard fields.count < limits.values else {
        throw WireError(.limit, "a form has at most \(limits.values) fields")
      }
      let middle = part.firstIndex(of: UInt8(ascii: "="))
      let value = middle.map { part[($0 + 1)...] }
      guard
        let name = PercentText.decoded(
          part[..<(middle ?? part.endIndex)], plusIsBlank: true),
        let text = PercentText.decoded(value ?? [], plusIsBlank: true)
      else { throw WireError(.malformed, "a form is not UTF-8") }
      fields.append(WireField(name, value == nil ? nil : text))
    }
  }

  /// The form's bytes.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    for field in fields {
      if !out.isEmpty { out.append(UInt8(ascii: "&")) }
      PercentText.append(field.name, to: &out)
      out.append(UInt8(ascii: "="))
      PercentText.append(field.value ?? "", to: &out)
    }
    return out
  }
}
