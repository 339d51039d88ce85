import AWSCatalog
import Canon
import CatalogMaking
import Foundation
import Testing

@Suite struct CatalogMakingTests {
  private var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  @Test func `regenerating from botocore's models gives the same bytes`() throws {
    let services = Catalog().services
    guard let models = try unpackedModels(services) else { return }
    defer { try? FileManager.default.removeItem(at: models) }
    for service in services {
      let bytes = try [UInt8](Data(contentsOf: models.appending(path: "\(service).json")))
      let text = try ServiceModel(json: JSON(parsing: bytes)).catalogText(service: service)
      let stored = try String(
        contentsOf: root.appending(path: "Catalog/\(service).txt"), encoding: .utf8)
      #expect(text == stored, "\(service): run scripts/generate-catalog")
    }
    let partitions = try [UInt8](Data(contentsOf: models.appending(path: "partitions.json")))
    let stored = try String(
      contentsOf: root.appending(path: "Catalog/facts/partitions.txt"), encoding: .utf8)
    #expect(try PartitionsModel.text(JSON(parsing: partitions)) == stored)
  }

  @Test func `regenerating from cfn-lint's schemas gives the same bytes`() throws {
    let target = FileManager.default.temporaryDirectory.appending(path: "schemas-\(UUID())")
    defer { try? FileManager.default.removeItem(at: target) }
    let script = """
      import cfnlint, importlib.metadata, os, subprocess, sys
      if importlib.metadata.version("cfn-lint") != "1.58.0": sys.exit(3)
      data = os.path.join(os.path.dirname(cfnlint.__file__), "data")
      sys.exit(subprocess.call(["scripts/unpack-schemas", data] + sys.argv[1:]))
      """
    guard try succeeds([python, "-c", script, target.path()]) else {
      print("cfn-lint 1.58.0 is not installed for python3: the schemas were not regenerated")
      return
    }
    func json(_ name: String) throws -> JSON {
      try JSON(parsing: [UInt8](Data(contentsOf: target.appending(path: "\(name).json"))))
    }
    func stored(_ name: String) throws -> String {
      try String(contentsOf: root.appending(path: "Catalog/facts/\(name).txt"), encoding: .utf8)
    }
    let texts = try [
      SchemaModel.text(types: json("types")), SchemaModel.text(actions: json("actions")),
    ]
    #expect(try texts[0] == stored("resources"), "run scripts/generate-catalog")
    #expect(try texts[1] == stored("actions"), "run scripts/generate-catalog")
  }

  private var python: String {
    let peers = root.appending(path: ".build/peers/bin/python").path()
    return FileManager.default.isExecutableFile(atPath: peers) ? peers : "python3"
  }

  private func succeeds(_ words: [String]) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = root
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test func `the list of services is that of the texts`() throws {
    let list = try String(
      contentsOf: root.appending(path: "scripts/catalog-services.txt"), encoding: .utf8)
    #expect(list.split(separator: "\n").map(String.init) == Catalog().services)
  }

  @Test func `every text of the folder is embedded`() throws {
    let names = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: "Catalog").path()
    ).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    let stored = try String(
      contentsOf: root.appending(path: "Sources/CatalogData/catalog_data.c"), encoding: .utf8)
    #expect(Embedding.source(of: names) == stored, "run scripts/generate-catalog")
  }

  @Test func `a word may hold anything`() {
    for text in ["", "plain", "a b", "100%", "line\nbreak", "a,b", "é€", "%41"] {
      let word = CatalogText.escaped(text, also: UInt8(ascii: ","))
      #expect(!word.contains(" ") && !word.contains("\n") && !word.contains(","))
      #expect(CatalogText.unescaped(word) == text)
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
    if try succeeds([python, "-c", script, target.path()] + services) { return target }
    print("botocore 1.43.11 is not installed for python3: the catalog was not regenerated")
    return nil
  }
}
