import AWSCatalog
import AWSCloud
import AWSWire
import ArgumentParser
import Canon
import CloudModel
import Foundation

/// `fugue aws SERVICE OPERATION`: one call to AWS, or to what speaks like it.
struct AWSCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aws", abstract: "Make a call to AWS, to see what it says.",
    discussion: """
      The output is printed as JSON. Credentials, region and endpoint are found as AWS's own tools \
      find them: docs/aws.md. Other commands never use this way.

        fugue aws ec2 DescribeVpcs --json '{"VpcIds":["vpc-1"]}'
        fugue aws s3 ListBuckets --endpoint-url http://127.0.0.1:5000
      """)

  @Argument(help: "The service, for instance ec2 or secretsmanager.") var service: String?
  @Argument(help: "The operation, for instance DescribeVpcs.") var operation: String?
  @Option(help: "The parameters as JSON, in AWS's names; @FILE reads a file.") var json = "{}"
  @Option(
    help: """
      Calls from a file (- for standard input), one a line: {"service":…,"operation":…,\
      "parameters":{…}}. Each answer is a line.
      """)
  var batch: String?
  @OptionGroup var way: AWSOptions

  func validate() throws {
    guard batch == nil else { return }
    if service == nil { throw ValidationError("A service is missing, for instance ec2.") }
    if operation == nil {
      throw ValidationError("An operation is missing, for instance DescribeVpcs.")
    }
  }

  func run() throws {
    if let batch {
      try runBatch(from: batch)
    } else {
      let call = try AWSCheck.call(service ?? "", operation ?? "", try parameters())
      let desk = try AWSDesk(way, services: [call.service])
      defer { desk.close() }
      Terminal.standard.say(try desk.output(of: call).text(isPretty: true))
    }
  }

  private func parameters() throws(CommandFailure) -> Value {
    guard json.hasPrefix("@") else { return try Self.record(Array(json.utf8), "--json") }
    let path = String(json.dropFirst())
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(.usage, "Error: the file '\(path)' cannot be read.")
    }
    return try Self.record(Array(bytes), "'\(path)'")
  }

  private static func record(_ bytes: [UInt8], _ place: String) throws(CommandFailure) -> Value {
    let value: Value
    do throws(JSONError) { value = Value(plain: try JSON(parsing: bytes)) } catch {
      throw CommandFailure(
        .usage, "Error: \(place) is no JSON: \(error.message) (byte \(error.offset)).")
    }
    guard case .record = value else {
      throw CommandFailure(.usage, "Error: \(place) must be a JSON object.")
    }
    return value
  }

  /// Makes each line's call; a call that fails is told in its line, and the rest goes on.
  private func runBatch(from path: String) throws {
    let data =
      path == "-"
      ? FileHandle.standardInput.readDataToEndOfFile()
      : FileManager.default.contents(atPath: path)
    guard let data else {
      throw CommandFailure(.usage, "Error: the file '\(path)' cannot be read.")
    }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    let calls = lines.enumerated().map { index, line in
      Self.call(line, "line \(index + 1)")
    }
    let services = calls.compactMap { call in
      if case .success(let call) = call { call.service } else { nil }
    }
    let desk = try AWSDesk(way, services: services)
    defer { desk.close() }
    var worst = Exit.success
    for call in calls {
      do throws(CommandFailure) {
        let output = try desk.output(of: try call.get())
        Terminal.standard.say(JSON.object([JSON.Member("output", output)]).text())
      } catch {
        let isMarked = error.message.hasPrefix("Error: ")
        let said = error.message.dropFirst(isMarked ? "Error: ".count : 0)
        Terminal.standard.say(JSON.object([JSON.Member("error", .string(String(said)))]).text())
        if error.exit.rawValue > worst.rawValue { worst = error.exit }
      }
    }
    guard worst == .success else { throw CommandFailure(worst) }
  }

  private static func call(_ line: Substring, _ place: String) -> Result<Call, CommandFailure> {
    do throws(CommandFailure) {
      let value = try record(Array(line.utf8), place)
      return .success(
        try AWSCheck.call(
          value["service"].text ?? "", value["operation"].text ?? "",
          value["parameters"] == .null ? .record([:]) : value["parameters"]))
    } catch { return .failure(error) }
  }
}

/// Where calls go, and how.
struct AWSOptions: ParsableArguments {
  @Option(help: "The region, in place of AWS_REGION and the profile's.") var region: String?
  @Option(help: "The profile, in place of AWS_PROFILE.") var profile: String?
  @Option(
    name: .customLong("endpoint-url"), help: "Where calls go in place of AWS, http://host:port.")
  var endpointURL: String?
  @Flag(name: .customLong("no-sign-request"), help: "Sign nothing; no credentials are needed.")
  var isUnsigned = false
  @Flag(help: "Take all pages, put together as one output.") var paginate = false
  @Flag(help: "Print requests and responses to standard error, without secrets.")
  var debug = false
}
