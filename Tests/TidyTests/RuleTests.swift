import Testing

/// Each rule is given something bad, and something good that looks like it.
@Suite struct RuleTests {
  private let manifest = Manifest(
    """
    let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
    let foundations: [Target] = [
      // First.
      module("Canon", [crypto]),
      module("Graphs"),
    ]
    let cloud: [Target] = [
      module(
        "CloudModel",
        [
          "Canon", "Late",
        ], path: "X"),
      module("Late", ["Canon"]),
    ]
    let worlds: [Target] = [
      module("Store", ["Canon", "CloudModel"])
    ]
    """)

  private func file(_ text: String, _ path: String = "Sources/CloudModel/X.swift") -> SourceFile {
    SourceFile(path: path, text: text)
  }

  @Test func `comments and strings are no code, interpolations are`() {
    let text = ##"""
      let a = "public \(b + "x)" + c) await" // await
      /* one /* two */ try! */ let d = #"await \(e) \#(f)"#
      """##
    let code = file(text).code
    #expect(code.utf8.count == text.utf8.count)
    for word in ["b +", "c)", "let d", "f)"] { #expect(code.contains(word), "\(word)") }
    for word in ["public", "await", "try", "x)", "\\(e"] {
      #expect(!code.contains(word), "\(word)")
    }
    let block = "let a = \"\"\"\n  await \"x\" \\(b)\n  \"\"\"\nlet c = 1"
    #expect(!file(block).code.contains("await"))
    #expect(file(block).code.hasSuffix("let c = 1"))
  }

  @Test func `a manifest's order and products are read`() {
    #expect(manifest.modules.map(\.name) == ["Canon", "Graphs", "CloudModel", "Late", "Store"])
    #expect(manifest.modules.map(\.floor) == [0, 0, 1, 1, 6])
    #expect(manifest.module("Canon")?.products == ["Crypto"])
    #expect(
      manifest.upwardArrows.map(\.what) == ["CloudModel uses Late, which does not stand below it"])
    #expect(manifest.closure(of: "Store") == ["Store", "Canon", "CloudModel", "Late"])
  }

  @Test func `an import that the manifest does not name is found`() {
    let text = "package import Canon\nimport Graphs\ninternal import Foundation\n// import Store"
    let found = ImportRules.undeclaredImports(file(text), manifest)
    #expect(found.map(\.line) == [2, 3])
    let above = file("import Foundation\nimport Canon", "Sources/Store/X.swift")
    #expect(ImportRules.undeclaredImports(above, manifest).isEmpty)
    let essentials = file("import FoundationEssentials\nimport Crypto", "Sources/Canon/X.swift")
    #expect(ImportRules.undeclaredImports(essentials, manifest).isEmpty)
  }

  @Test func `clocks, chance, tasks and output below the worlds are found`() {
    for bad in [
      "let t = Date()", "Task { }", "await f()", "print(1)", "Int.random(in: 0...1)",
      "list.shuffled()", "UUID()", "func f() async {}", "ContinuousClock().now",
    ] {
      #expect(ImportRules.impurities(file(bad), manifest).count == 1, "\(bad)")
      #expect(
        ImportRules.impurities(file(bad, "Sources/Store/X.swift"), manifest).isEmpty, "\(bad)")
    }
    for good in [
      "// print(1)", "\"await\"", "Int.random(in: 0...1, using: &source)", "sprint(1)",
      "enum Task {}",
    ] {
      #expect(ImportRules.impurities(file(good), manifest).isEmpty, "\(good)")
    }
  }

  @Test func `what two modules share is found`() {
    #expect(ImportRules.shared("Store", "CloudModel", above: "Canon", in: manifest).count == 2)
    #expect(ImportRules.shared("Late", "CloudModel", above: "Late", in: manifest).isEmpty)
  }

  @Test func `unsafe code outside the named files is found`() {
    #expect(ImportRules.unsafeUses(file("unsafe f()\nstruct S: @unchecked Sendable {}")).count == 2)
    #expect(ImportRules.unsafeUses(file("unsafe f()", "Sources/SMT/X.swift")).isEmpty)
    #expect(ImportRules.unsafeUses(file("// unsafe")).isEmpty)
  }

  @Test func `lengths are measured to the line`() {
    func function(_ lines: Int) -> String {
      "struct S {\n  func f(\n    a: Int\n  ) {\n"
        + String(repeating: "    g { }\n", count: lines - 2) + "  }\n}\n"
    }
    #expect(ShapeRules.longFunctions(file(function(70))).isEmpty)
    #expect(ShapeRules.longFunctions(file(function(71))).map(\.line) == [2])
    let requirement = "protocol P {\n  func f()\n}\n" + String(repeating: "let a = 1\n", count: 80)
    #expect(ShapeRules.longFunctions(file(requirement)).isEmpty)
    #expect(ShapeRules.longFile(file(String(repeating: "\n", count: 600))).isEmpty)
    #expect(ShapeRules.longFile(file(String(repeating: "\n", count: 601))).count == 1)
    #expect(ShapeRules.wideLines(file(String(repeating: "ä", count: 100))).isEmpty)
    #expect(
      ShapeRules.wideLines(file("\n" + String(repeating: "x", count: 101))).map(\.line) == [2])
  }

  @Test func `public, forced and vague things are found`() {
    for bad in ["public func f()", "open class A {}", "public static let a = 1", "public import A"]
    {
      #expect(ShapeRules.publicWords(file(bad)).count == 1, "\(bad)")
    }
    #expect(ShapeRules.publicWords(file("f(public: 1) // public func")).isEmpty)
    for bad in ["a!", "f()!", "a[0]!", "try! f()", "a as! B", "a!.b", "let a: Int!"] {
      #expect(ShapeRules.forcing(file(bad)).count == 1, "\(bad)")
    }
    for good in ["!a", "a != b", "if !(a) {", "\"hey!\"", "a == !b", "[!a]"] {
      #expect(ShapeRules.forcing(file(good)).isEmpty, "\(good)")
    }
    #expect(ShapeRules.vagueNames(file("final class FileManagerHelper {}")).count == 1)
    #expect(ShapeRules.vagueNames(file("struct Database {}")).isEmpty)
    #expect(ShapeRules.unfinishedWork(file("// TO" + "DO later")).count == 1)
  }

  @Test func `plain and skipped tests are found`() {
    #expect(ShapeRules.testNames(file("@Test func works() {}")).count == 1)
    #expect(ShapeRules.testNames(file("@Test(.disabled()) func `x y`() {}")).count == 1)
    #expect(ShapeRules.testNames(file("@Test func `x is y`() {}")).isEmpty)
  }

  @Test func `declarations without comment are found, witnesses need none`() {
    let text = """
      package struct A {
        package let b = 1
        /// Documented.
        @inlinable
        package static func c() {}
        package private(set) var d: Int
        package var description: String { "" }
        let e = 1
      }
      extension A: P {
        package func f() {}
      }
      extension A {
        package func g() {}
      }
      package import B
      """
    let found = DocumentationRules.undocumented(file(text))
    #expect(found.map(\.line) == [1, 2, 6, 14])
  }

  @Test func `codes without page and pages without code are found`() {
    #expect(DocumentationRules.codes(in: #"("FG0102") FG0101 FG0102 FG1"#) == ["FG0101", "FG0102"])
    let found = DocumentationRules.diagnosticPages(
      used: ["FG0101", "FG0102"], pages: ["FG0102", "FG0103"])
    #expect(found.map(\.what) == ["no page for FG0101", "nothing gives FG0103"])
  }

  @Test func `links that lead nowhere are found`() {
    let text = "[a](b.md) [c](../d.md#e)\n[f](https://x.y) [g](#h)\n```\n[i](j.md)\n```\n[k](l.md)"
    let page = file(text, "docs/a.md")
    let found = DocumentationRules.brokenLinks(page) { $0 == "docs/b.md" || $0 == "docs/../d.md" }
    #expect(found.map(\.what) == ["no file at l.md"])
    #expect(found.map(\.line) == [6])
  }

  @Test func `a sheet without opening comment is found`() {
    #expect(DocumentationRules.undocumentedSheet(file("a: 1", "Library/A.lw")).count == 1)
    #expect(DocumentationRules.undocumentedSheet(file("# A.\na: 1", "Library/A.lw")).isEmpty)
  }
}
