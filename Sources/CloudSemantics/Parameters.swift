import Canon
import CloudModel

/// A call's parameters, read with AWS's errors for what is missing or of the wrong kind.
struct Parameters {
  /// The service, which decides the code of errors.
  let service: String
  /// The record of parameters.
  let record: Value

  /// The error for a parameter that is not there.
  func missing(_ name: String) -> CallError {
    switch service {
    case "iam": CallError("ValidationError", "Value at '\(name)' must not be null.")
    case "secretsmanager": CallError("ValidationException", "Value at '\(name)' must not be null.")
    case "s3": CallError("MalformedXML", "The XML you provided lacks \(name).")
    default:
      CallError("MissingParameter", "The request must contain the parameter \(name)")
    }
  }

  /// The error for a parameter that AWS does not accept.
  func invalid(_ name: String, _ value: String, _ why: String = "") -> CallError {
    let code =
      switch service {
      case "iam": "ValidationError"
      case "secretsmanager": "InvalidParameterException"
      case "s3": "MalformedXML"
      default: "InvalidParameterValue"
      }
    return CallError(
      code, "Value (\(value)) for parameter \(name) is invalid.\(why.isEmpty ? "" : " " + why)")
  }

  /// A text that may be missing.
  func text(_ name: String) throws(CallError) -> String? {
    switch record[name] {
    case .null: return nil
    case .string(let text): return text
    default: throw invalid(name, "…", "A text is expected.")
    }
  }

  /// A text that must be there.
  func need(_ name: String) throws(CallError) -> String {
    guard let text = try text(name) else { throw missing(name) }
    return text
  }

  /// A whole number that may be missing.
  func number(_ name: String) throws(CallError) -> Int? {
    switch record[name] {
    case .null: return nil
    case .int(let number): return Int(number)
    default: throw invalid(name, "…", "A number is expected.")
    }
  }

  /// A whole number that must be there.
  func needNumber(_ name: String) throws(CallError) -> Int {
    guard let number = try number(name) else { throw missing(name) }
    return number
  }

  /// A truth value that may be missing.
  func truth(_ name: String) throws(CallError) -> Bool? {
    switch record[name] {
    case .null: return nil
    case .bool(let truth): return truth
    default: throw invalid(name, "…", "A truth value is expected.")
    }
  }

  /// The truth value in an `AttributeBooleanValue` that may be missing.
  func attribute(_ name: String) throws(CallError) -> Bool? {
    try part(name)?.truth("Value")
  }

  /// A list of texts; empty where it is missing.
  func texts(_ name: String) throws(CallError) -> [String] {
    var out: [String] = []
    for item in try list(name) {
      guard let text = item.text else { throw invalid(name, "…", "Texts are expected.") }
      out.append(text)
    }
    return out
  }

  /// A list of structures; empty where it is missing.
  func parts(_ name: String) throws(CallError) -> [Parameters] {
    var out: [Parameters] = []
    for item in try list(name) {
      guard case .record = item else { throw invalid(name, "…", "Structures are expected.") }
      out.append(Parameters(service: service, record: item))
    }
    return out
  }

  /// A structure that may be missing.
  func part(_ name: String) throws(CallError) -> Parameters? {
    switch record[name] {
    case .null: return nil
    case .record: return Parameters(service: service, record: record[name])
    default: throw invalid(name, "…", "A structure is expected.")
    }
  }

  /// A block of IPv4 addresses that may be missing. Bits past the prefix are cleared, as AWS does.
  func cidr(_ name: String) throws(CallError) -> CIDR? {
    guard let text = try text(name) else { return nil }
    guard let cidr = CIDR(text) else {
      throw invalid(name, text, "This is not a valid CIDR block.")
    }
    return cidr
  }

  /// A block of IPv4 addresses that must be there.
  func needCIDR(_ name: String) throws(CallError) -> CIDR {
    guard let cidr = try cidr(name) else { throw missing(name) }
    return cidr
  }

  private func list(_ name: String) throws(CallError) -> [Value] {
    switch record[name] {
    case .null: return []
    case .list(let items): return items
    default: throw invalid(name, "…", "A list is expected.")
    }
  }
}
