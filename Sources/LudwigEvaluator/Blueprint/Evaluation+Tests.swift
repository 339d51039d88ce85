internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

extension Evaluation {
  /// The type of tests.
  private static let testType = TypeName(module: ModuleName("Ludwig.Test"), name: "Test")

  /// Runs the tests of the root module: its top-level values of type `Test` and `List<Test>`.
  ///
  /// Each test runs on a copy of the evaluation, so that none can spoil another, neither by an
  /// error nor by an evaluation without end.
  ///
  /// - Parameter isWanted: whether to run a test, by its names joined by ` › `.
  /// - Returns: in order of the source.
  package mutating func tests(where isWanted: (String) -> Bool) -> [SheetTest] {
    var found: [SheetTest] = []
    for name in program.modules[program.root]?.globals ?? [] {
      guard let global = program.globals[name], Self.isTest(global.type) else { continue }
      let ref = machine.global(name)
      let site = global.nameRange
      if case .named(Self.testType, _) = global.type {
        run(ref, [], site, isWanted, &found)
      } else {
        runAll(ref, [name.name], site, isWanted, &found)
      }
    }
    return found
  }

  private static func isTest(_ type: CheckedType) -> Bool {
    guard case .named(let name, let arguments) = type else { return false }
    if name == testType { return true }
    return name.name == "List" && arguments == [.named(testType, [])]
  }

  private mutating func runAll(
    _ list: Ref, _ path: [String], _ site: SourceRange?, _ isWanted: (String) -> Bool,
    _ found: inout [SheetTest]
  ) {
    do throws(EvaluationFailure) {
      let path = path
      for test in try machine.elements(list) { run(test, path, site, isWanted, &found) }
    } catch { found.append(stopped(path, site, error)) }
  }

  private mutating func run(
    _ test: Ref, _ path: [String], _ site: SourceRange?, _ isWanted: (String) -> Bool,
    _ found: inout [SheetTest]
  ) {
    var path = path
    do throws(EvaluationFailure) {
      let (kind, value) = try machine.constructed(test, "A test")
      guard let payload = value.payload else { return }
      let fields = try machine.fields(payload, "A test")
      path.append(try machine.text(machine.field("name", of: fields)))
      if kind == "Suite" {
        runAll(try machine.field("tests", of: fields), path, value.site, isWanted, &found)
      } else if isWanted(path.joined(separator: " › ")) {
        let expectation = try machine.field("expectation", of: fields)
        var own = self
        found.append(own.judge(expectation, path, value.site))
      }
    } catch {
      found.append(stopped(path.isEmpty ? ["(test)"] : path, site, error))
    }
  }

  private func stopped(
    _ path: [String], _ site: SourceRange?, _ failure: EvaluationFailure
  ) -> SheetTest {
    let diagnostic =
      failure.diagnostic
      ?? Diagnostic("FG0303", "It needs a value that could not be computed", labels: [])
    return SheetTest(
      path: path, origin: site.map { sources.origin(of: $0) }, outcome: .stopped(diagnostic))
  }

  private mutating func judge(_ expectation: Ref, _ path: [String], _ site: SourceRange?)
    -> SheetTest
  {
    do throws(EvaluationFailure) {
      let problems = try problems(expectation)
      return SheetTest(
        path: path, origin: site.map { sources.origin(of: $0) },
        outcome: problems.isEmpty ? .passed : .failed(problems))
    } catch { return stopped(path, site, error) }
  }

  private mutating func problems(
    _ expectation: Ref
  ) throws(EvaluationFailure) -> [SheetTest.Problem] {
    let (kind, value) = try machine.constructed(expectation, "An expectation")
    guard let payload = value.payload else { return [] }
    switch kind {
    case "Holds":
      guard try !machine.truth(payload) else { return [] }
      return [SheetTest.Problem(message: "The condition is false", expected: nil, found: nil)]
    case "Every":
      var all: [SheetTest.Problem] = []
      for part in try machine.elements(payload) { all += try problems(part) }
      return all
    case "Fails":
      let fields = try machine.fields(payload, "An expectation")
      return try failing(
        machine.field("value", of: fields), machine.field("message", of: fields))
    case "Equal", "Different":
      let fields = try machine.fields(payload, "An expectation")
      let isEqual = kind == "Equal"
      let other = try machine.field(isEqual ? "expected" : "unexpected", of: fields)
      return try comparing(machine.field("actual", of: fields), other, wantsEqual: isEqual)
    default: return []
    }
  }

  private mutating func comparing(
    _ actual: Ref, _ other: Ref, wantsEqual: Bool
  ) throws(EvaluationFailure) -> [SheetTest.Problem] {
    let found = try machine.plainData(actual)
    let expected = try machine.plainData(other)
    for value in [found, expected] where value.holdsFunction {
      throw machine.failure(
        "FG0304", "Functions cannot be compared", at: nil,
        hint: "compare what they give for some argument")
    }
    guard (found == expected) != wantsEqual else { return [] }
    return [
      wantsEqual
        ? SheetTest.Problem(
          message: "The values are not equal" + (expected.place(differingFrom: found) ?? ""),
          expected: try machine.shown(other), found: try machine.shown(actual))
        : SheetTest.Problem(
          message: "The values are equal", expected: nil, found: try machine.shown(actual))
    ]
  }

  private mutating func failing(
    _ value: Ref, _ message: Ref
  ) throws(EvaluationFailure) -> [SheetTest.Problem] {
    var wanted: String?
    if case .some(let text) = try machine.force(message) { wanted = try machine.text(text) }
    do throws(EvaluationFailure) {
      _ = try machine.plainData(value)
    } catch {
      // An evaluation without end is no way to fail.
      guard let diagnostic = error.diagnostic, diagnostic.code != "FG0302" else { throw error }
      guard let wanted, !diagnostic.headline.contains(wanted) else { return [] }
      return [
        SheetTest.Problem(
          message: "It fails with another message", expected: wanted,
          found: diagnostic.headline)
      ]
    }
    return [
      SheetTest.Problem(
        message: "It does not fail", expected: nil, found: try machine.shown(value))
    ]
  }
}

extension Value {
  /// Whether a function is part of it.
  fileprivate var holdsFunction: Bool {
    switch self {
    case .null, .bool, .int, .string, .secret, .residual: false
    case .list(let items): items.contains { $0.holdsFunction }
    case .record(let fields):
      fields["$"] == .string("function") || fields.contains { $0.value.holdsFunction }
    }
  }

  /// Where two values of one shape differ first, in words; nil for the whole of them.
  fileprivate func place(differingFrom other: Value) -> String? {
    var path = ""
    var (a, b) = (self, other)
    search: while true {
      switch (a, b) {
      case (.list(let x), .list(let y)):
        guard x.count == y.count, let index = x.indices.first(where: { x[$0] != y[$0] }) else {
          break search
        }
        path += "[\(index)]"
        (a, b) = (x[index], y[index])
      case (.record(let x), .record(let y)):
        guard let name = x.keys.first(where: { x[$0] != y[$0] }), let p = x[name],
          let q = y[name], name != "$"
        else { break search }
        path += ".\(name)"
        (a, b) = (p, q)
      case (_, _): break search
      }
    }
    return path.isEmpty ? nil : "; they differ first at \(path)"
  }
}
