import AWSCatalog
import AWSWire
import Canon
import CloudModel
import Foundation

/// A large message as AWS's clients and services send them, read from `Tests/Wire/samples.json`:
/// what stands in one of its lists is repeated, with a number in it, each time a value of its own
/// that shares nothing with the others.
struct WireSample {
  /// What went wrong with the file, in a sentence.
  struct Unusable: Error {
    /// The sentence.
    let reason: String
  }

  /// How it travels.
  let speaks: WireProtocol
  /// The operation.
  let operation: String
  /// Whether it is a call, which a client writes and a server reads; else it is a reply.
  let isCall: Bool
  /// The parameters or the output.
  let value: Value
  private let wire: ServiceWire

  /// The samples of a file.
  static func all(_ path: String = "Tests/Wire/samples.json") throws -> [WireSample] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Unusable(reason: "the samples cannot be read from '\(path)'")
    }
    return try (JSON(parsing: text).elements ?? []).map(WireSample.init)
  }

  private init(_ json: JSON) throws {
    guard let name = json["service"]?.text, let service = Catalog().service(name),
      let speaks = json["protocol"]?.text.flatMap(WireProtocol.init),
      let operation = json["operation"]?.text, let count = json["count"]?.integer,
      let repeated = json["repeat"]?.text, let value = json["value"]
    else { throw Unusable(reason: "a sample lacks something: \(json.text().prefix(80))") }
    self.speaks = speaks
    self.operation = operation
    isCall = json["kind"]?.text == "call"
    wire = ServiceWire(service, speaking: speaks)
    let path = repeated.split(separator: ".").map(String.init)
    self.value = try Self.repeating(Value(json: value), path[...], Int(count))
  }

  private static func repeating(
    _ value: Value, _ path: ArraySlice<String>, _ count: Int
  ) throws -> Value {
    guard let name = path.first else {
      let text = (value.elements.first ?? .null).json.text()
      return .list(
        try (0..<count).map { index in
          let number = String(index)
          let padded = String(repeating: "0", count: max(0, 5 - number.count)) + number
          let own = text.replacingOccurrences(of: "{index5}", with: padded)
            .replacingOccurrences(of: "{index}", with: number)
          return try Value(json: JSON(parsing: own))
        })
    }
    var fields = value.fields
    fields[name] = try repeating(value[name], path.dropFirst(), count)
    return .record(fields)
  }

  /// Ways to write the message and to read it, both whole: from the value to the bytes with all
  /// that is around them, and back; and how many bytes its body has.
  func work() throws -> (write: () throws -> Void, read: () throws -> Void, bytes: Int) {
    let (wire, operation, value) = (wire, operation, value)
    if isCall {
      let request = try wire.request(for: operation, parameters: value)
      guard try wire.call(from: request).parameters == value else {
        throw Unusable(reason: "\(operation) is not read as it was written")
      }
      return (
        { _ = try wire.request(for: operation, parameters: value) },
        { _ = try wire.call(from: request) }, request.body.count
      )
    }
    let response = try wire.response(to: operation, output: value, requestID: "r")
    guard case .success(let output) = try wire.reply(to: operation, response),
      try wire.response(to: operation, output: output.value, requestID: "r") == response
    else { throw Unusable(reason: "\(operation) is not read as it was written") }
    return (
      { _ = try wire.response(to: operation, output: value, requestID: "r") },
      { _ = try wire.reply(to: operation, response) }, response.body.count
    )
  }
}
