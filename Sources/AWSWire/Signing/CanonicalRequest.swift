/// A request in the one form that is signed.
/// Source: AWS, "Create a signed AWS API request", step 1.
struct CanonicalRequest {
  /// The bytes.
  let bytes: [UInt8]
  /// The names of the headers that are signed, lower-case, in order, with `;` between.
  let signedHeaders: [UInt8]

  /// Makes a request canonical.
  ///
  /// - Parameters:
  ///   - headers: What is signed, by lower-case name.
  ///   - payload: The body's digest in hexadecimal digits, or a word in its place.
  init(
    method: String, path: String, query: [WireField], headers: [CanonicalHeader],
    payload: [UInt8], rules: SigningRules
  ) {
    let newline = UInt8(ascii: "\n")
    var out: [UInt8] = []
    out.reserveCapacity(512)
    out.append(contentsOf: method.utf8)
    out.append(newline)
    out.appendCanonicalPath(path, rules: rules)
    out.append(newline)
    out.appendCanonicalQuery(query)
    out.append(newline)
    var names: [UInt8] = []
    var last: [UInt8]?
    for header in headers.sorted(by: CanonicalHeader.precedes) {
      if header.name == last {
        out.append(UInt8(ascii: ","))
      } else {
        if last != nil {
          out.append(newline)
          names.append(UInt8(ascii: ";"))
        }
        out.append(contentsOf: header.name)
        out.append(UInt8(ascii: ":"))
        names.append(contentsOf: header.name)
      }
      out.append(contentsOf: header.value)
      last = header.name
    }
    if last != nil { out.append(newline) }
    out.append(newline)
    out.append(contentsOf: names)
    out.append(newline)
    out.append(contentsOf: payload)
    bytes = out
    signedHeaders = names
  }

  /// What is signed in the end: algorithm, moment, scope and the digest of the request.
  func stringToSign(stamp: String, scope: SigningScope) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(192)
    out.append(contentsOf: "AWS4-HMAC-SHA256\n".utf8)
    out.append(contentsOf: stamp.utf8)
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: scope.description.utf8)
    out.append(UInt8(ascii: "\n"))
    out.appendDigest(of: bytes)
    return out
  }
}

/// A header as it is signed: lower-case name, and a value without blanks at its ends and with
/// single ones inside.
struct CanonicalHeader {
  let name: [UInt8]
  let value: [UInt8]
  /// Where it stood: values of one name keep their order.
  let index: Int

  init(_ name: String, _ value: String, index: Int) {
    self.name = name.utf8.map {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0
    }
    self.value = Self.folded(value.utf8)
    self.index = index
  }

  static func precedes(_ a: CanonicalHeader, _ b: CanonicalHeader) -> Bool {
    a.name == b.name ? a.index < b.index : a.name.lexicographicallyPrecedes(b.name)
  }

  private static func folded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var hasGap = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: " "), 9...13: hasGap = !out.isEmpty
      default:
        if hasGap { out.append(UInt8(ascii: " ")) }
        hasGap = false
        out.append(byte)
      }
    }
    return out
  }
}

extension [UInt8] {
  fileprivate mutating func appendCanonicalPath(_ path: String, rules: SigningRules) {
    guard rules.normalizesPath else {
      append(contentsOf: path.isEmpty ? "/".utf8 : path.utf8)
      return
    }
    let bytes = path.utf8
    guard bytes.contains(where: { $0 != UInt8(ascii: "/") }) else {
      append(UInt8(ascii: "/"))
      return
    }
    var segments: [String.UTF8View.SubSequence] = []
    for segment in bytes.split(separator: UInt8(ascii: "/")) {
      if segment.elementsEqual(".".utf8) { continue }
      if segment.elementsEqual("..".utf8) {
        segments = segments.dropLast()
      } else {
        segments.append(segment)
      }
    }
    append(UInt8(ascii: "/"))
    for (index, segment) in segments.enumerated() {
      if index > 0 { append(UInt8(ascii: "/")) }
      appendEncoded(segment)
    }
    if !segments.isEmpty, bytes.last == UInt8(ascii: "/") { append(UInt8(ascii: "/")) }
  }

  fileprivate mutating func appendCanonicalQuery(_ query: [WireField]) {
    if query.isEmpty { return }
    var pairs = query.map { field in
      var name: [UInt8] = []
      name.appendEncoded(field.name.utf8)
      var value: [UInt8] = []
      value.appendEncoded((field.value ?? "").utf8)
      return (name: name, value: value)
    }
    pairs.sort { a, b in
      a.name == b.name
        ? a.value.lexicographicallyPrecedes(b.value) : a.name.lexicographicallyPrecedes(b.name)
    }
    for (index, pair) in pairs.enumerated() {
      if index > 0 { append(UInt8(ascii: "&")) }
      append(contentsOf: pair.name)
      append(UInt8(ascii: "="))
      append(contentsOf: pair.value)
    }
  }
}
