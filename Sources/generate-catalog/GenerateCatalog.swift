import AWSCatalog
import ArgumentParser
import Canon
import Foundation

/// Writes `Catalog/SERVICE.txt` from botocore's service models. It needs no network:
/// `scripts/generate-catalog` fetches and unpacks the pinned models, then runs this.
@main
struct GenerateCatalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-catalog",
    abstract: "Makes the catalog of AWS operations and shapes from botocore's service models.")

  @Argument(help: "A folder with SERVICE/VERSION/service-2.json, unpacked.")
  var models: String

  @Option(help: "Where SERVICE.txt is written.")
  var output = "Catalog"

  @Option(parsing: .upToNextOption, help: "The services, as botocore names them.")
  var services = ["ec2", "iam", "s3", "secretsmanager", "sqs", "sts"]

  func run() throws {
    for service in services {
      let folder = URL(fileURLWithPath: models).appending(path: service)
      let versions = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      guard let version = versions.max() else {
        throw ValidationError("There is no version of \(service) in \(models).")
      }
      let file = folder.appending(path: "\(version)/service-2.json")
      let json = try JSON(parsing: [UInt8](Data(contentsOf: file)))
      let text = try ServiceModel(json: json).catalogText(service: service)
      let target = URL(fileURLWithPath: output).appending(path: "\(service).txt")
      try Data(text.utf8).write(to: target, options: .atomic)
      print("\(target.path()): \(text.utf8.count) bytes")
    }
  }
}
