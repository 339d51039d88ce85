/// The types that a string literal becomes where one of them is wanted, checked as it is written.
/// The library declares each, with its functions, in a module of its own.
enum CheckedLiteral: String, CaseIterable {
  case cidr = "Fugue.NetAddr.Cidr.Cidr"
  case ipAddress = "Fugue.NetAddr.IpAddress.IpAddress"
  case portRange = "Fugue.PortRange.PortRange"
  case arn = "Fugue.Arn.Arn"
  case duration = "Fugue.Duration.Duration"
  case byteSize = "Fugue.ByteSize.ByteSize"
  case ipProtocol = "Fugue.Core.AWS.EC2.IpProtocol"

  /// The type.
  var type: TypeName {
    let parts = rawValue.split(separator: ".")
    return TypeName(
      module: ModuleName(parts.dropLast().joined(separator: ".")), name: String(parts.last ?? ""))
  }

  /// The library's function that makes a value of a text.
  var parser: GlobalName {
    GlobalName(module: type.module, name: self == .ipProtocol ? "protocol" : "parse")
  }

  /// An example, for hints.
  var example: String {
    switch self {
    case .cidr: "10.0.0.0/16"
    case .ipAddress: "10.0.0.1"
    case .portRange: "8000-8080"
    case .arn: "arn:aws:s3:::bucket"
    case .duration: "1h30m"
    case .byteSize: "10GiB"
    case .ipProtocol: "tcp"
    }
  }

  /// What it is, with its article.
  var words: String {
    switch self {
    case .cidr: "an address block"
    case .ipAddress: "an IP address"
    case .portRange: "a range of ports"
    case .arn: "an ARN"
    case .duration: "a length of time"
    case .byteSize: "an amount of data"
    case .ipProtocol: "a protocol"
    }
  }

  /// What is wrong with a text, and at which of its bytes; nil where it is well.
  func mistake(in text: String) -> LiteralMistake? {
    let reader = LiteralReader(text)
    return switch self {
    case .cidr: reader.block()
    case .ipAddress: reader.address()
    case .portRange: reader.ports()
    case .arn: reader.arn()
    case .duration: reader.amounts(of: ["ms", "s", "m", "h", "d", "w"])
    case .byteSize:
      reader.amount(of: [
        "B", "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB",
      ])
    case .ipProtocol: reader.ipProtocol()
    }
  }
}

/// What is wrong with a literal.
struct LiteralMistake: Hashable {
  /// The bytes of the text that are wrong; empty where something is missing.
  var range: Range<Int>
  /// What is wrong with them, for a label.
  var message: String

  init(_ range: Range<Int>, _ message: String) {
    self.range = range
    self.message = message
  }
}
