import AWSCatalog
import Foundation
import Testing

@Suite struct ResourceSchemaTests {
  private let schemas = ResourceSchemas()

  @Test func `the types of AWS are there, in order`() {
    let types = schemas.types
    #expect(types.count >= 1_896)
    #expect(types == types.sorted())
    #expect(types.allSatisfy { $0.hasPrefix("AWS::") })
    #expect(schemas.schema("AWS::EC2::Unicorn") == nil)
  }

  @Test func `a type says what is created once, read only, required and referred to`() throws {
    let subnet = try #require(schemas.schema("AWS::EC2::Subnet"))
    #expect(subnet.primaryIdentifier == ["SubnetId"])
    #expect(subnet.forcesReplacement("CidrBlock"))
    #expect(subnet.forcesReplacement("VpcId"))
    #expect(!subnet.forcesReplacement("MapPublicIpOnLaunch"))
    #expect(subnet.conditionallyCreateOnly == ["Ipv6CidrBlock"])
    #expect(subnet.readOnly.contains("SubnetId"))
    #expect(subnet.required == ["VpcId"])
    #expect(subnet.property("VpcId")?.references == ["AWS::EC2::VPC.Id"])
    #expect(subnet.property("CidrBlock")?.format == "ipv4-network")
    #expect(subnet.property("Tags")?.type == "[#Tag]")
    #expect(subnet.definition("Tag")?.properties.map(\.name) == ["Key", "Value"])
    let role = try #require(schemas.schema("AWS::IAM::Role"))
    #expect(role.forcesReplacement("RoleName"))
    let secret = try #require(schemas.schema("AWS::SecretsManager::Secret"))
    #expect(secret.writeOnly.contains("SecretString"))
  }

  @Test func `a type says which permissions each of its handlers needs`() throws {
    let queue = try #require(schemas.schema("AWS::SQS::Queue"))
    #expect(queue.permissions(.delete) == ["sqs:DeleteQueue", "sqs:GetQueueAttributes"])
    #expect(queue.permissions(.create)?.contains("sqs:CreateQueue") == true)
    #expect(queue.permissions(.list) == ["sqs:ListQueues"])
    let said = schemas.types.filter { schemas.schema($0)?.permissions(.create) != nil }
    #expect(said.count >= 1_763)
    // What is named is an action that IAM knows, mostly: schemas are ahead of it, and have slips.
    let actions = ServiceActions()
    var (known, unknown) = (0, 0)
    for type in said {
      for handler in ResourceHandler.allCases {
        for permission in schemas.schema(type)?.permissions(handler) ?? [] {
          let parts = permission.lowercased().split(separator: ":").map(String.init)
          guard parts.count == 2, !parts[1].contains("*") else { continue }
          if actions.actions(of: parts[0])?.contains(parts[1]) == true {
            known += 1
          } else {
            unknown += 1
          }
        }
      }
    }
    #expect(known > 20_000 && unknown * 20 < known, "\(known) known, \(unknown) unknown")
  }

  @Test func `every path and every definition that a type names is there`() throws {
    for type in schemas.types {
      let schema = try #require(schemas.schema(type))
      let names = Set(schema.properties.map(\.name))
      for path in schema.required { #expect(names.contains(path), "\(type) \(path)") }
      let known = Set(schema.definitions.map(\.name))
      for property in schema.properties + schema.definitions.flatMap(\.properties) {
        let target = property.type.drop { "[{".contains($0) }.prefix { !"]}".contains($0) }
        guard target.hasPrefix("#") else { continue }
        let name = CatalogText.unescaped(target.dropFirst())
        if !known.contains(name) { Issue.record("\(type).\(property.name) names \(name)") }
      }
    }
  }

  @Test func `the actions of IAM are there`() {
    let actions = ServiceActions()
    #expect(actions.services.count > 400)
    #expect(actions.actions(of: "ec2")?.contains("createvpc") == true)
    #expect(actions.actions(of: "lambda")?.contains("invokefunction") == true)
    #expect(actions.actions(of: "s3")?.contains("listbucket") == true)
    #expect(actions.actions(of: "unicorn") == nil)
  }

  /// Planners beside the types that they teach.
  private static let planners: KeyValuePairs = [
    "EC2/Vpc": "AWS::EC2::VPC", "EC2/Subnet": "AWS::EC2::Subnet",
    "EC2/SecurityGroup": "AWS::EC2::SecurityGroup", "EC2/RouteTable": "AWS::EC2::RouteTable",
    "EC2/NetworkAcl": "AWS::EC2::NetworkAcl", "EC2/Instance": "AWS::EC2::Instance",
    "EC2/InternetGateway": "AWS::EC2::InternetGateway", "IAM/Role": "AWS::IAM::Role",
    "IAM/InstanceProfile": "AWS::IAM::InstanceProfile", "S3/Bucket": "AWS::S3::Bucket",
    "SecretsManager/Secret": "AWS::SecretsManager::Secret",
  ]

  /// What calls and schemas name differently: the item's member, and the property.
  private static let otherNames = [
    "Description": "GroupDescription", "Placement": "AvailabilityZone",
  ]

  /// Where a planner replaces though AWS could change in place: an instance would have to be
  /// stopped for the first; the second is a call of its own that the planner does not make.
  private static let stricter: Set = [
    "EC2/Instance InstanceType", "EC2/Instance IamInstanceProfile",
  ]

  /// Where a planner does not replace by what AWS creates once: names by which a resource is found
  /// again, so that another name is another resource.
  private static let looser: Set = [
    "IAM/Role RoleName", "IAM/InstanceProfile InstanceProfileName", "SecretsManager/Secret Name",
  ]

  @Test func `a planner replaces by what AWS creates once, but for what is said here`() throws {
    var stricter: Set<String> = []
    var looser: Set<String> = []
    for (sheet, type) in Self.planners {
      let schema = try #require(schemas.schema(type))
      let text = try planner(sheet)
      let replacing = Set(
        members(in: text, from: "  replaceOn:", before: "have: item.")
          .map { Self.otherNames[$0] ?? $0 })
      let created = Set(
        members(in: text, from: "  create:", before: nil).map { Self.otherNames[$0] ?? $0 })
      for name in replacing where !schema.forcesReplacement(name) {
        stricter.insert("\(sheet) \(name)")
      }
      for name in created.subtracting(replacing) where schema.forcesReplacement(name) {
        looser.insert("\(sheet) \(name)")
      }
    }
    #expect(stricter == Self.stricter)
    #expect(looser == Self.looser)
  }

  private func planner(_ sheet: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Library/Planners/Fugue/Core/AWS/\(sheet).lw")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The names that a field of a planner has, with a capital: those after a mark, or all fields'.
  private func members(in text: String, from start: String, before mark: String?) -> [String] {
    guard let found = text.range(of: start) else { return [] }
    var lines = text[found.upperBound...].split(separator: "\n")[...]
    lines = lines.dropFirst().prefix { $0.hasPrefix("   ") } + []
    return lines.flatMap { line -> [String] in
      let parts =
        mark.map { line.components(separatedBy: $0).dropFirst().map { $0[...] } }
        ?? line.split { $0 == " " || $0 == "{" }.filter { $0.hasSuffix(":") }.map { $0[...] }
      return parts.map { part in
        // IAM's replies hold the thing under its own name.
        var rest = part
        for wrap in ["role.", "instanceProfile."] where rest.hasPrefix(wrap) {
          rest = rest.dropFirst(wrap.count)
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber }
        return name.prefix(1).uppercased() + name.dropFirst()
      }
    }
  }
}
