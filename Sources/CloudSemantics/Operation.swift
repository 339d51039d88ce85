import Canon
import CloudModel

/// One operation of the cloud: its parameters and what carries it out.
struct Operation: Sendable {
  /// What carries it out.
  typealias Body = @Sendable (inout Turn) throws(CallError) -> Value

  /// The service, in botocore's word.
  let service: String
  /// The operation.
  let name: String
  /// Parameters it must have.
  let needs: [String]
  /// Parameters it knows.
  let known: Set<String>
  /// Whether it changes anything.
  let writes: Bool
  /// What carries it out.
  let carryOut: Body

  private init(
    _ service: String, _ name: String, needs: String, takes: String, writes: Bool,
    _ body: @escaping Body
  ) {
    self.service = service
    self.name = name
    self.needs = needs.split(separator: " ").map(String.init)
    self.known = Set(self.needs + takes.split(separator: " ").map(String.init) + ["DryRun"])
    self.writes = writes
    self.carryOut = body
  }

  /// An operation that reads; parameters with one blank between.
  static func read(
    _ service: String, _ name: String, needs: String = "", takes: String = "",
    _ body: @escaping Body
  ) -> Operation {
    Operation(service, name, needs: needs, takes: takes, writes: false, body)
  }

  /// An operation that writes.
  static func write(
    _ service: String, _ name: String, needs: String = "", takes: String = "",
    _ body: @escaping Body
  ) -> Operation {
    Operation(service, name, needs: needs, takes: takes, writes: true, body)
  }

  /// Every operation, by service and name.
  private static let all: [String: [String: Operation]] = {
    let families: [[Operation]] = [
      vpcOperations, subnetOperations, gatewayOperations, routeTableOperations, routeOperations,
      networkACLOperations, networkACLEntryOperations, securityGroupOperations,
      securityGroupRuleOperations, launchOperations, instanceOperations,
      profileAssociationOperations, tagOperations,
      bucketOperations, bucketSettingOperations,
      roleOperations, rolePolicyOperations, instanceProfileOperations, secretOperations,
      queueOperations, callerOperations,
    ]
    var out: [String: [String: Operation]] = [:]
    for operation in families.joined() {
      out[operation.service, default: [:]][operation.name] = operation
    }
    return out
  }()

  /// The operation of a call; nil where there is none.
  static func find(_ call: Call) -> Operation? { all[call.service]?[call.operation] }

  /// The operation of a call, or AWS's error for an unknown one.
  static func named(_ call: Call) throws(CallError) -> Operation {
    if let operation = find(call) { return operation }
    let code = call.service == "secretsmanager" ? "UnknownOperationException" : "InvalidAction"
    throw CallError(
      code, "The action \(call.operation) is not valid for this web service (\(call.service)).")
  }

  /// Checks which parameters are there: every needed one, and none that is not modelled, since a
  /// parameter that is silently passed over would make the account a wrong witness.
  func accept(_ call: Call) throws(CallError) -> Parameters {
    let parameters = Parameters(service: service, record: call.parameters)
    for name in needs where call.parameters[name] == .null { throw parameters.missing(name) }
    for (name, value) in call.parameters.fields where !known.contains(name) && value != .null {
      throw CallError(
        "UnsupportedOperation",
        "The simulated account does not model the parameter \(name) of \(self.name).")
    }
    return parameters
  }
}
