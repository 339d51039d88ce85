/// Scheme, host and port of an endpoint, and the path that stands before all others there.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  /// Whether it is reached by TLS.
  package var isSecure: Bool
  /// The host, lower-case; an IPv6 address in brackets.
  package var host: String
  /// The port; nil for the scheme's own.
  package var port: Int?
  /// What stands before each path, without a slash at its end; mostly empty.
  package var basePath: String

  /// Makes an origin.
  package init(isSecure: Bool = true, host: String, port: Int? = nil, basePath: String = "") {
    self.isSecure = isSecure
    self.host = host
    self.port = port == (isSecure ? 443 : 80) ? nil : port
    self.basePath = basePath
  }

  /// Reads `http://127.0.0.1:5000/base`; nil for anything that is no such address.
  package init?(url: String) {
    let isSecure: Bool
    let rest: Substring
    if url.lowercased().hasPrefix("https://") {
      (isSecure, rest) = (true, url.dropFirst("https://".count))
    } else if url.lowercased().hasPrefix("http://") {
      (isSecure, rest) = (false, url.dropFirst("http://".count))
    } else {
      return nil
    }
    let authority = rest.prefix { $0 != "/" }
    var path = rest[authority.endIndex...]
    guard !path.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else { return nil }
    while path.hasSuffix("/") { path = path.dropLast() }
    let host: Substring
    let tail: Substring
    if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
      (host, tail) = (authority[...close], authority[authority.index(after: close)...])
    } else {
      host = authority.prefix { $0 != ":" }
      tail = authority[host.endIndex...]
    }
    guard Self.isHost(host) else { return nil }
    var port: Int?
    if !tail.isEmpty {
      guard tail.first == ":", let number = Int(tail.dropFirst()), (1...65_535).contains(number)
      else { return nil }
      port = number
    }
    self.init(isSecure: isSecure, host: host.lowercased(), port: port, basePath: String(path))
  }

  /// The value of the header `Host`.
  package var hostHeader: String { port.map { "\(host):\($0)" } ?? host }

  /// `https://sqs.eu-west-1.amazonaws.com`, with the base path.
  package var description: String {
    "\(isSecure ? "https" : "http")://\(hostHeader)\(basePath)"
  }

  /// Whether the host is an address of the machine itself.
  package var isLoopback: Bool {
    host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
  }

  private static func isHost(_ host: Substring) -> Bool {
    !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: ".-_[]:".utf8.contains(byte)
        }
      }
  }
}
