import Testing

/// The style, held on the whole tree. Each failure lists every place.
@Suite struct TidyTests {
  private let manifest = SourceTree.manifest
  private let sources = SourceTree.sources
  private let everything = SourceTree.sources + SourceTree.tests + SourceTree.benchmarks

  private func expectNone(
    _ violations: [Violation], _ location: SourceLocation = #_sourceLocation
  ) {
    let list = violations.map(\.description).joined(separator: "\n")
    #expect(
      violations.isEmpty, "\(violations.count) places:\n\(list)", sourceLocation: location)
  }

  @Test func `the tree and its manifest are found`() {
    #expect(sources.count > 50)
    #expect(manifest.modules.count > 30)
    #expect(Set(manifest.modules.map(\.floor)) == Set(0...7))
    #expect(manifest.module("Store")?.products == ["GRDB"])
  }

  @Test func `the benchmarks' package has the modules that the project has`() {
    #expect(!SourceTree.benchmarks.isEmpty)
    let ours = SourceTree.text(of: "Package.swift")
    #expect(ours != nil && SourceTree.text(of: "Benchmarks/Package.swift") == ours)
    for folder in ["Sources", "Models", "Plugins", "Library", "Catalog"] {
      #expect(SourceTree.exists("Benchmarks/\(folder)"), "\(folder)")
    }
    let used = Pattern(#"let measures: \[Target\] = \[[^\[]*\[([^\]]*)\]"#).matches(in: ours ?? "")
    let names = Pattern(#""(\w+)""#).matches(in: used.first?.groups[1] ?? "").map { $0.groups[1] }
    #expect(names.count > 10)
    for name in names { #expect(manifest.module(name) != nil, "\(name)") }
  }

  @Test func `arrows between modules point downward`() {
    expectNone(manifest.upwardArrows)
  }

  @Test func `files import what the manifest lets their module use`() {
    expectNone(sources.flatMap { ImportRules.undeclaredImports($0, manifest) })
  }

  @Test func `below the worlds there is no clock, chance, task or output`() {
    expectNone(sources.flatMap { ImportRules.impurities($0, manifest) })
  }

  @Test func `unsafe code stands in the named files alone`() {
    expectNone(sources.flatMap(ImportRules.unsafeUses))
    for path in ImportRules.unsafeFiles { #expect(SourceTree.exists(path), "\(path)") }
  }

  @Test func `the packet walker shares nothing with prover and checker above the cloud's model`() {
    for accused in ["Prover", "CertificateChecker"] {
      let shared = ImportRules.shared(
        "PacketWalker", accused, above: "CloudModel", in: manifest)
      #expect(shared.isEmpty, "\(accused): \(shared.sorted())")
    }
  }

  @Test func `the certificate checker does without Z3 and without the prover`() {
    let used = manifest.closure(of: "CertificateChecker")
    #expect(used.isDisjoint(with: ["SMT", "CZ3", "Prover"]))
    #expect(manifest.closure(of: "Conductor").isDisjoint(with: ["SMT", "CZ3", "Prover"]))
  }

  @Test func `files and functions are short, lines fit`() {
    expectNone(everything.flatMap(ShapeRules.longFile))
    expectNone(everything.flatMap(ShapeRules.longFunctions))
    expectNone(everything.flatMap(ShapeRules.wideLines))
  }

  @Test func `package is the widest access`() {
    expectNone(everything.flatMap(ShapeRules.publicWords))
  }

  @Test func `nothing is forced`() {
    expectNone(everything.flatMap(ShapeRules.forcing))
  }

  @Test func `names say something and nothing is left for later`() {
    expectNone(everything.flatMap(ShapeRules.vagueNames))
    let others = everything.filter { $0.module != "TidyTests" }
    expectNone(others.flatMap(ShapeRules.unfinishedWork))
  }

  @Test func `names of tests state facts, and no test is skipped`() {
    let others = SourceTree.tests.filter { $0.module != "TidyTests" }
    expectNone(others.flatMap(ShapeRules.testNames))
  }

  @Test func `every package declaration is documented`() {
    expectNone(sources.flatMap(DocumentationRules.undocumented))
  }

  @Test func `every code of a diagnostic has its page, and every page its code`() {
    let used = Set(sources.flatMap { DocumentationRules.codes(in: $0.text) })
    let pages = SourceTree.files(under: ["docs/diagnostics"], ending: ".md").flatMap {
      DocumentationRules.codes(in: $0.path)
    }
    expectNone(DocumentationRules.diagnosticPages(used: used, pages: Set(pages)))
  }

  @Test func `links in README and docs lead somewhere`() {
    var pages = SourceTree.files(under: ["docs"], ending: ".md")
    for name in ["README.md", "CHANGELOG.md"] {
      if let text = SourceTree.text(of: name) { pages.append(SourceFile(path: name, text: text)) }
    }
    expectNone(
      pages.flatMap { DocumentationRules.brokenLinks($0, exists: SourceTree.exists) })
  }

  @Test func `every sheet of the library begins with a comment`() {
    let sheets = SourceTree.files(under: ["Library"], ending: ".lw")
    expectNone(sheets.flatMap(DocumentationRules.undocumentedSheet))
  }
}
