import ArgumentParser
import Canon
import CatalogMaking
import Foundation

/// Writes `Catalog/` from what botocore and cfn-lint know. It needs no network:
/// `scripts/generate-catalog` fetches and unpacks the pinned packages, then runs this.
@main
struct GenerateCatalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-catalog",
    abstract: "Makes the catalog of AWS's operations and resource types.",
    subcommands: [Services.self, Schemas.self], defaultSubcommand: Services.self)

  /// Writes one text a service.
  struct Services: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "services",
      abstract: "Makes the catalog of operations and shapes from botocore's models.")

    @Argument(help: "A folder with SERVICE.json, as scripts/unpack-models makes it.")
    var models: String

    @Option(help: "Where SERVICE.txt is written.")
    var output = "Catalog"

    @Option(help: "Where the list of the texts to embed is written.")
    var source = "Sources/CatalogData/catalog_data.c"

    func run() throws {
      let folder = URL(fileURLWithPath: models)
      let names = try FileManager.default.contentsOfDirectory(atPath: models).sorted()
      for name in names where name.hasSuffix(".json") && name != "partitions.json" {
        let service = String(name.dropLast(5))
        let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
        let text = try ServiceModel(json: JSON(parsing: bytes)).catalogText(service: service)
        let target = URL(fileURLWithPath: output).appending(path: "\(service).txt")
        try Data(text.utf8).write(to: target, options: .atomic)
        print("\(target.path()): \(text.utf8.count) bytes")
      }
      let partitions = try [UInt8](Data(contentsOf: folder.appending(path: "partitions.json")))
      let facts = URL(fileURLWithPath: output).appending(path: "facts")
      try FileManager.default.createDirectory(at: facts, withIntermediateDirectories: true)
      try Data(PartitionsModel.text(JSON(parsing: partitions)).utf8)
        .write(to: facts.appending(path: "partitions.txt"), options: .atomic)
      try EmbeddingSource.write(source, texts: output)
    }
  }
}

extension GenerateCatalog {
  /// Writes the resource types and IAM's actions.
  struct Schemas: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schemas",
      abstract: "Makes the catalog of resource types and of IAM's actions from cfn-lint's data.")

    @Argument(
      help: "A folder with types.json and actions.json, as scripts/unpack-schemas makes it.")
    var folder: String

    @Option(help: "Where facts/resources.txt and facts/actions.txt are written.")
    var output = "Catalog"

    @Option(help: "Where the list of the texts to embed is written.")
    var source = "Sources/CatalogData/catalog_data.c"

    func run() throws {
      let facts = URL(fileURLWithPath: output).appending(path: "facts")
      try FileManager.default.createDirectory(at: facts, withIntermediateDirectories: true)
      let texts = try [
        ("resources", SchemaModel.text(types: read("types"))),
        ("actions", SchemaModel.text(actions: read("actions"))),
      ]
      for (name, text) in texts {
        let target = facts.appending(path: "\(name).txt")
        try Data(text.utf8).write(to: target, options: .atomic)
        print("\(target.path()): \(text.utf8.count) bytes")
      }
      try EmbeddingSource.write(source, texts: output)
    }

    private func read(_ name: String) throws -> JSON {
      let file = URL(fileURLWithPath: folder).appending(path: "\(name).json")
      return try JSON(parsing: [UInt8](Data(contentsOf: file)))
    }
  }
}

/// The C file that embeds the texts of a folder.
enum EmbeddingSource {
  static func write(_ path: String, texts folder: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    try Data(Embedding.source(of: names).utf8)
      .write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
