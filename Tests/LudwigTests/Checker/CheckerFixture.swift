import AWSCatalog
import Diagnostics
import Foundation
import LudwigLibrary
import LudwigSyntax
import LudwigTypes
import Text

/// Sheets to check: some given as text, the others from folders.
struct CheckerFixture {
  /// The repository.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The built-in library's sheets; another folder may be set for trying.
  static let library: URL =
    ProcessInfo.processInfo.environment["LUDWIG_LIBRARY"].map { URL(filePath: $0) }
    ?? repository.appending(path: "Library")

  /// Sheets given as text, by module.
  var sheets: [String: String] = [:]
  /// Where other sheets are looked for before the library.
  var folder: URL?

  /// What a check gives.
  struct Outcome {
    /// The program.
    var program: CheckedProgram
    /// All mistakes, those of the parser first.
    var diagnostics: [Diagnostic]
    /// The sources that labels point into.
    var sources: SourceSet

    /// The line of a mistake, from 1.
    func line(of diagnostic: Diagnostic) -> Int {
      diagnostic.labels.first.map { sources.position(of: $0.range).line } ?? 0
    }

    /// Mistakes as people read them, or the types of the root's values where there are none.
    var text: String {
      let renderer = DiagnosticRenderer(sources: sources)
      let problems = diagnostics.map { renderer.render($0) }.joined(separator: "\n")
      if diagnostics.contains(where: { $0.severity == .error }) { return problems }
      let globals = program.module(program.root)?.globals ?? []
      let types = globals.compactMap { name in
        program.global(name).map { "\(name.name) : \($0.type)\n" }
      }
      return problems + types.joined()
    }
  }

  /// Checks a module.
  func check(_ root: String) -> Outcome {
    final class Reading {
      var sources = SourceSet()
      var diagnostics: [Diagnostic] = []
      var libraryModules: Set<ModuleName> = []
    }
    let reading = Reading()
    let catalog = Catalog()
    let published = PublishedNames()
    let inputs = CheckerInputs(
      load: { module in
        guard let (name, text) = find(module.text) else { return nil }
        if name.hasPrefix("<library>") { reading.libraryModules.insert(module) }
        let source = SourceText(name: name, text: text)
        let (tree, problems) = parse(source, id: reading.sources.add(source))
        reading.diagnostics += problems
        return tree
      },
      externalModule: { catalogInterface($0, catalog) },
      isLibrary: { reading.libraryModules.contains($0) },
      implicitModules: [
        "List", "String", "Optional", "Dictionary", "Int", "Float", "Bool", "Bytes", "Template",
        "Validation", "NodeStream", "Random", "Debug",
      ].map { (qualifier: $0, module: ModuleName("Ludwig.\($0)")) },
      companion: { type in
        let name = "Planners.\(type)"
        return find(name) == nil ? nil : ModuleName(name)
      },
      knownModules: ["Fugue.AWS", "Fugue.AWS.EC2", "Ludwig.List"].map { ModuleName($0) },
      isPublished: { published.contains(module: $0, member: $1) })
    let result = LudwigTypes.check(root: ModuleName(root), inputs: inputs)
    return Outcome(
      program: result.program,
      diagnostics: (reading.diagnostics + result.diagnostics).inOrderOfPlaces,
      sources: reading.sources)
  }

  private func find(_ module: String) -> (name: String, text: String)? {
    if let text = sheets[module] { return ("\(module).lw", text) }
    let path = module.split(separator: ".").joined(separator: "/") + ".lw"
    if let folder, let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    {
      return (path, text)
    }
    let file = CheckerFixture.library.appending(path: path)
    return (try? String(contentsOf: file, encoding: .utf8)).map { ("<library>/\(path)", $0) }
  }
}

/// A service's operations as a virtual module, `Api.EC2` and its like.
func catalogInterface(_ module: ModuleName, _ catalog: Catalog) -> ModuleInterface? {
  let services = [
    "Api.EC2": "ec2", "Api.S3": "s3", "Api.IAM": "iam", "Api.SecretsManager": "secretsmanager",
    "Api.SQS": "sqs", "Api.STS": "sts",
  ]
  guard let name = services[module.text], let service = catalog.service(name) else { return nil }
  return ModuleInterface(
    functionNames: service.operations.map(\.name),
    function: { operation in
      guard service.operation(operation) != nil else { return nil }
      return InterfaceFunction(
        parameter: service.input(of: operation)?.name, reply: service.output(of: operation)?.name)
    },
    record: { shape in
      service.structure(shape)?.members.map { member in
        InterfaceField(
          name: member.name.prefix(1).lowercased() + member.name.dropFirst(),
          type: interfaceType(member.shape), isRequired: member.isRequired)
      }
    })
}

private func interfaceType(_ shape: CatalogShape) -> InterfaceType {
  switch shape {
  case .string, .timestamp: .string
  case .integer: .int
  case .float: .float
  case .boolean: .bool
  case .blob: .bytes
  case .list(let element): .list(interfaceType(element))
  case .map(let element): .dictionary(interfaceType(element))
  case .structure(let name): .record(name)
  }
}
