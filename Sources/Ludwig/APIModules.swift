internal import AWSCatalog
internal import Canon
internal import CloudModel
internal import LudwigEvaluator
internal import LudwigTypes

/// The virtual modules `Api.EC2`, `Api.S3` …: the catalog's operations as functions from one
/// record to a call, their members with a small first letter.
struct APIModules: Sendable {
  private let catalog = Catalog()
  private var services = SortedMap<String, CatalogService>()

  /// Reads the services that some modules name, so that a call finds them decoded.
  mutating func prepare(_ modules: some Sequence<String>) {
    for module in modules {
      guard let name = service(named: module), services[name] == nil else { continue }
      services[name] = catalog.service(name)
    }
  }

  /// What is wrong with an IAM action; nil where there is one of that name. All services whose
  /// actions are known count, whether a module names them or not; the one that is meant is decoded.
  func mistake(inAction action: String) -> ActionMistake? {
    let meant = action.prefix { $0 != ":" }.lowercased()
    let operations = Self.servicesOfKnownActions.map { name in
      (
        name,
        name == meant ? (services[name] ?? catalog.service(name))?.operationNames ?? [] : []
      )
    }
    return IAMActions(operations: SortedMap(operations)).mistake(in: action)
  }

  private static let servicesOfKnownActions = [
    "ec2", "iam", "s3", "secretsmanager", "sqs", "sts",
  ]

  /// The service of a module: `Api.SecretsManager` is `secretsmanager`, `Api.BedrockAgent` is
  /// `bedrock-agent`; nil for other modules.
  func service(of module: String) -> CatalogService? {
    service(named: module).flatMap { services[$0] ?? catalog.service($0) }
  }

  private func service(named module: String) -> String? {
    module.hasPrefix("Api.") ? catalog.serviceName(resembling: module.dropFirst(4)) : nil
  }

  /// What a virtual module shows; nil for a module that is none.
  func interface(of module: String) -> ModuleInterface? {
    guard let service = service(of: module) else { return nil }
    return ModuleInterface(
      functionNames: service.operationNames,
      function: { name in
        service.operation(name).map {
          InterfaceFunction(parameter: $0.input, reply: $0.output)
        }
      },
      record: { name in
        service.structure(name)?.members.map {
          InterfaceField(
            name: Self.lowered($0.name), type: Self.type($0.shape), isRequired: $0.isRequired)
        }
      })
  }

  /// The form of an operation's calls; nil for an unknown operation.
  func form(module: String, operation: String) -> CallForm? {
    guard let service = service(of: module), let input = service.input(of: operation) else {
      return nil
    }
    let structures = Self.structures(below: input, of: service)
    return CallForm(
      service: service.name, operation: operation,
      named: { Self.named($0, as: input, structures) })
  }

  /// The structures that a structure leads to, by name.
  private static func structures(
    below root: CatalogStructure, of service: CatalogService
  ) -> [String: CatalogStructure] {
    var found: [String: CatalogStructure] = [:]
    var open = [root]
    while let next = open.popLast() {
      for member in next.members {
        var shape = member.shape
        while true {
          if case .list(let element) = shape {
            shape = element
          } else if case .map(let element) = shape {
            shape = element
          } else {
            break
          }
        }
        guard case .structure(let name) = shape, found[name] == nil,
          let structure = service.structure(name)
        else { continue }
        found[name] = structure
        open.append(structure)
      }
    }
    return found
  }

  private static func lowered(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }

  private static func type(_ shape: CatalogShape) -> InterfaceType {
    switch shape {
    case .string, .timestamp: .string
    case .integer: .int
    case .float: .float
    case .boolean: .bool
    case .blob: .bytes
    case .list(let element): .list(type(element))
    case .map(let element): .dictionary(type(element))
    case .structure(let name): .record(name)
    }
  }

  /// The record with each field under the member's name: most begin with a capital, some do not.
  private static func named(
    _ value: Value, as structure: CatalogStructure,
    _ structures: [String: CatalogStructure]
  ) -> Value {
    guard case .record(let fields) = value else { return value }
    var out = SortedMap<String, Value>()
    for (name, field) in fields {
      guard let member = structure.member(name) ?? structure.member(lowered(name)) else {
        out[name] = field
        continue
      }
      out[member.name] = named(field, as: member.shape, structures)
    }
    return .record(out)
  }

  private static func named(
    _ value: Value, as shape: CatalogShape, _ structures: [String: CatalogStructure]
  ) -> Value {
    switch (shape, value) {
    case (.structure(let name), .record):
      guard let structure = structures[name] else { return value }
      return named(value, as: structure, structures)
    case (.list(let element), .list(let items)):
      return .list(items.map { named($0, as: element, structures) })
    case (.map(let element), .record(let entries)):
      return .record(entries.mapValues { named($0, as: element, structures) })
    case (_, _): return value
    }
  }
}
