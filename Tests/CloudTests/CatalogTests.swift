import AWSCatalog
import Canon
import Foundation
import Testing

@Suite struct CatalogTests {
  let catalog = Catalog()

  @Test func `the catalog has the services of first light, and no others`() {
    #expect(catalog.services == ["ec2", "iam", "s3", "secretsmanager", "sqs", "sts"])
    #expect(catalog.service("route53") == nil)
  }

  @Test func `an operation gives its input and its output`() throws {
    let ec2 = try #require(catalog.service("ec2"))
    #expect(ec2.wireProtocol == "ec2")
    #expect(ec2.apiVersion == "2016-11-15")
    #expect(ec2.operation("CreateVpc")?.input == "CreateVpcRequest")
    let input = try #require(ec2.input(of: "CreateVpc"))
    #expect(input.member("CidrBlock")?.shape == .string)
    #expect(input.member("DryRun")?.shape == .boolean)
    #expect(input.member("TagSpecifications")?.shape == .list(of: .structure("TagSpecification")))
    let output = try #require(ec2.output(of: "CreateVpc"))
    #expect(output.member("Vpc")?.shape == .structure("Vpc"))
    #expect(ec2.structure("Vpc")?.member("VpcId")?.shape == .string)
    #expect(ec2.operation("CreateUnicorn") == nil)
    #expect(ec2.input(of: "CreateUnicorn") == nil)
  }

  @Test func `required members, client tokens and sensitive members are marked`() throws {
    let ec2 = try #require(catalog.service("ec2"))
    let group = try #require(ec2.input(of: "CreateSecurityGroup"))
    #expect(group.member("Description")?.isRequired == true)
    #expect(group.member("VpcId")?.isRequired == false)
    #expect(ec2.input(of: "RunInstances")?.member("ClientToken")?.isIdempotencyToken == true)
    let secrets = try #require(catalog.service("secretsmanager"))
    #expect(secrets.input(of: "CreateSecret")?.member("SecretString")?.isSensitive == true)
    let queues = try #require(catalog.service("sqs"))
    #expect(queues.input(of: "CreateQueue")?.member("Attributes")?.shape == .map(of: .string))
    #expect(queues.operation("CreateQueue")?.errors.contains("QueueDeletedRecently") == true)
    let identity = try #require(catalog.service("iam"))
    #expect(identity.operation("DeleteRole")?.errors.contains("DeleteConflict") == true)
  }

  @Test func `an operation that gives nothing has an output without members`() throws {
    let s3 = try #require(catalog.service("s3"))
    #expect(s3.operation("PutBucketPolicy")?.output == nil)
    #expect(s3.output(of: "PutBucketPolicy")?.members.isEmpty == true)
    #expect(s3.input(of: "PutBucketPolicy")?.members.map(\.name).contains("Policy") == true)
  }

  @Test func `every structure that a member names is there`() throws {
    for name in catalog.services {
      let service = try #require(catalog.service(name))
      #expect(service.operations.map(\.name) == service.operations.map(\.name).sorted())
      let known = Set(service.structures)
      for operation in service.operations {
        for end in [operation.input, operation.output].compactMap({ $0 }) {
          #expect(known.contains(end), "\(name) \(end)")
        }
      }
      for structure in known.sorted() {
        for member in service.structure(structure)?.members ?? [] {
          if let target = structureName(member.shape), !known.contains(target) {
            Issue.record("\(name) \(structure).\(member.name) names \(target)")
          }
        }
      }
    }
  }

  @Test func `regenerating from botocore's models gives the same bytes`() throws {
    guard let models = try unpackedModels(catalog.services) else { return }
    defer { try? FileManager.default.removeItem(at: models) }
    for service in catalog.services {
      let folder = models.appending(path: service)
      let version = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.path()).max())
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "\(version)/service-2.json")))
      let text = try ServiceModel(json: JSON(parsing: bytes)).catalogText(service: service)
      let stored = try String(
        contentsOf: root.appending(path: "Catalog/\(service).txt"), encoding: .utf8)
      #expect(text == stored, "run scripts/generate-catalog")
    }
  }

  private var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private func structureName(_ shape: CatalogShape) -> String? {
    switch shape {
    case .structure(let name): name
    case .list(let element), .map(let element): structureName(element)
    case .string, .integer, .float, .boolean, .blob, .timestamp: nil
    }
  }

  /// The models of the botocore that Python has here, if it is the pinned version; otherwise says
  /// so and gives nil.
  private func unpackedModels(_ services: [String]) throws -> URL? {
    let target = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID())")
    let script = """
      import botocore, os, subprocess, sys
      if botocore.__version__ != "1.43.11": sys.exit(3)
      data = os.path.join(os.path.dirname(botocore.__file__), "data")
      sys.exit(subprocess.call(["scripts/unpack-models", data] + sys.argv[1:]))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, target.path()] + services
    process.currentDirectoryURL = root
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus == 0 { return target }
    print("botocore 1.43.11 is not installed for python3: the catalog was not regenerated")
    return nil
  }
}
