import CloudModel
import Diagnostics
import Ludwig
import Synchronization
import Testing

/// What a compilation takes from outside, and tells it: chance, traces, files.
@Suite struct OutsideTests {
  private func it(_ text: String, seed: String = "") -> Value? {
    var inputs = Workshop.inputs(files: ["here/Main.lw": text])
    inputs.seed = Array(seed.utf8)
    return Ludwig.data(path: "here/Main.lw", binding: "it", inputs: inputs).value
  }

  @Test func `random values are the same at each compilation, and another with another seed`() {
    let text = "it: Random.randomString { length: 16 }\n"
    let first = it(text)
    #expect(first != nil)
    #expect(it(text) == first)
    #expect(it(text, seed: "other") != first)
  }

  @Test func `a random value depends on its binding, not on those around it`() {
    let text = "it: Random.randomString { length: 16 }\n"
    let moved = """
      # Something new before it.
      other: [Random.randomString { length: 16 }, Random.randomString { length: 4 }]
      it: Random.randomString { length: 16 }
      """
    #expect(it(moved) == it(text))
    #expect(it("a: Random.randomString { length: 16 }\nit: a\n") != it(text))
  }

  @Test func `a key names a random value wherever it stands`() {
    let text = "it: Random.randomString { length: 16, key: \"db\" }\n"
    #expect(it("a: Random.randomString { length: 16, key: \"db\" }\nit: a\n") == it(text))
    #expect(it("it: Random.randomString { length: 16, key: \"web\" }\n") != it(text))
  }

  @Test func `two random values of one binding differ`() throws {
    let value = try #require(
      it("it: [Random.randomString { length: 16 }, Random.randomString { length: 16 }]\n"))
    #expect(value.elements.count == 2)
    #expect(value.elements.first != value.elements.last)
  }

  @Test func `random numbers stay within their bounds and reach them`() throws {
    let calls = (0..<200).map { "Random.randomInt { min: 1, max: 6, key: \"k\($0)\" }" }
    let value = try #require(it("it: [\(calls.joined(separator: ", "))]\n"))
    #expect(Set(value.elements) == Set((1...6).map { Value.int($0) }))
  }

  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  @Test func `traces are printed once each, when values are computed`() {
    let text = """
      a: Debug.traceValue { value: 6 * 7, message: "a" }
      never: Debug.trace("never")
      b:
        Debug.trace("first");
        Debug.traceValue {value: {name: "x", on: [True, None ?| False]}};
        a + a
      it: b
      """
    let lines = Lines()
    var inputs = Workshop.inputs(files: ["here/Main.lw": text])
    inputs.trace = { line in lines.all.withLock { $0.append(line) } }
    let value = Ludwig.data(path: "here/Main.lw", binding: "it", inputs: inputs).value
    #expect(value == .int(84))
    let found = lines.all.withLock { $0 }.filter { $0 != "never" }
    // Of 'a', which 'b' needs and others may need before, only that it is printed once is fixed.
    #expect(found.filter { $0 == "a: 42" } == ["a: 42"])
    #expect(found.filter { $0 != "a: 42" } == ["first", "{name: \"x\", on: [True, False]}"])
  }

  @Test func `a trace never shows a secret`() {
    let text = """
      import Fugue.Secret as Secret
      it: Debug.show({password: Secret.fromEnv("PASSWORD")})
      """
    let inputs = Workshop.inputs(
      files: ["here/Main.lw": text], environment: ["PASSWORD": "hunter2hunter2"])
    let outcome = Ludwig.data(path: "here/Main.lw", binding: "it", inputs: inputs)
    let value = outcome.value
    #expect(value == nil)
    #expect(outcome.diagnostics.map(\.code.text) == ["FG0232"])
    #expect(!"\(outcome.diagnostics)".contains("hunter2hunter2"))
  }

  @Test func `files are read relative to the composition`() {
    let text = """
      it: [String.readFileUtf8("motd.txt"), Bytes.toBase64(Bytes.readFile("motd.txt"))]
      """
    let inputs = Workshop.inputs(files: ["here/Main.lw": text, "here/motd.txt": "hi"])
    let value = Ludwig.data(path: "here/Main.lw", binding: "it", inputs: inputs).value
    #expect(value == .list([.string("hi"), .string("aGk=")]))
  }
}
