import AWSCatalog
import ArgumentParser
import Canon
import CloudModel
import Plans
import Simulator

/// `fugue cloud`: the embedded account itself.
struct CloudCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cloud", abstract: "Look at the simulated account, or change it by hand.",
    subcommands: [Edit.self])

  /// `fugue cloud edit SERVICE OPERATION JSON`.
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make one call on the simulated account, as somebody else would.",
      discussion: """
        The call is carried out at once and without faults. Reads are calls, too: \
        fugue cloud edit ec2 DescribeSecurityGroups '{}'. Identifiers stand in fugue status ALIAS.
        """)

    @Argument(help: "The service, for instance ec2.") var service: String
    @Argument(help: "The operation, for instance DeleteRoute.") var operation: String
    @Argument(help: "Its parameters as JSON, in AWS's names.") var parameters = "{}"
    @OptionGroup var state: StateOptions

    func run() throws {
      let value: Value
      do { value = Value(json: try JSON(parsing: parameters)) } catch {
        throw CommandFailure(
          .usage, "Error: the parameters are no JSON: \(error.message) (byte \(error.offset)).")
      }
      guard case .record = value else {
        throw CommandFailure(.usage, "Error: the parameters must be a JSON object.")
      }
      try check()
      var desk = try Desk(state, mustExist: true)
      let call = Call(service: service, operation: operation, parameters: value)
      switch try desk.edit(call) {
      case .success(let output): Terminal.standard.say(output.json.text(isPretty: true))
      case .failure(let error): throw CommandFailure(.no, "\(error.code): \(error.message)")
      }
    }

    private func check() throws(CommandFailure) {
      let catalog = Catalog()
      guard let known = catalog.service(service) else {
        throw CommandFailure(
          .usage,
          "Error: there is no service '\(service)'. There are: "
            + catalog.services.joined(separator: ", ") + ".")
      }
      guard known.operation(operation) != nil else {
        throw CommandFailure(.usage, "Error: \(service) has no operation '\(operation)'.")
      }
    }
  }
}

extension Value {
  /// A value of JSON; numbers with fractions become texts.
  fileprivate init(json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let truth): self = .bool(truth)
    case .number(let text): self = Int64(text).map(Value.int) ?? .string(text)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map { Value(json: $0) })
    case .object(let members):
      self = .record(SortedMap(members.map { ($0.name, Value(json: $0.value)) }))
    }
  }
}
