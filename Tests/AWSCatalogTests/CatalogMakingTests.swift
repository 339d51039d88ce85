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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let peers = root.appending(path: ".build/peers/bin/python").path()
    let python = FileManager.default.isExecutableFile(atPath: peers) ? peers : "python3"
    process.arguments = [python, "-c", script, target.path()] + services
    process.currentDirectoryURL = root
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus == 0 { return target }
    print("botocore 1.43.11 is not installed for python3: the catalog was not regenerated")
    return nil
  }
}
