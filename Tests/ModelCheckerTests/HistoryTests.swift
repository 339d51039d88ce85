import Canon
import CloudModel
import Conductor
import Determinism
import Foundation
import Histories
import Journal
import Ludwig
import Models
import Runtime
import ScenarioRunner
import Simulator
import TestSupport
import Testing

/// Recorded histories against the models.
@Suite struct HistoryTests {
  /// A history of three resources on a very bad day, with deaths of the kernel and an edit.
  static func history(_ seed: UInt64, crashes: [Int] = []) throws -> History {
    let blueprint = try Sheets.blueprint("Scenarios/first-light/three.lw")
    var world = SimulatedWorld(
      cloud: SimulatedCloud(
        account: .fresh(accountID: "123456789012", region: blueprint.region), seed: Seed(seed),
        faults: .rough))
    world.keepHistory()
    world.crashPlan = SimulatedWorld.CrashPlan(points: crashes)
    world.send(.apply(alias: "shop", blueprint, .none))
    world.run(until: .zero + .minutes(8))
    if let subnet = world.cloud.account.subnets.keys.first {
      _ = world.edit(
        Call(
          service: "ec2", operation: "DeleteSubnet", parameters: ["SubnetId": .string(subnet)]))
    }
    world.run(until: .zero + .minutes(14))
    return try #require(world.lines)
  }

  private func refusal(_ history: History) -> (line: Int, why: String)? {
    switch HistoryCheck.check(history) {
    case .admitted: nil
    case .refused(let line, let why): (line, why)
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `histories of the simulator are admitted`(_ seed: UInt64) throws {
    let found = refusal(try Self.history(seed, crashes: [40, 95]))
    #expect(found == nil, "line \(found?.line ?? 0): \(found?.why ?? "")")
  }

  @Test func `the history of each scenario is admitted`() throws {
    let folder = Sheets.root + "Scenarios/"
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var count = 0
    for name in names.sorted() where name.hasSuffix(".lw") {
      let text = try String(contentsOfFile: folder + name, encoding: .utf8)
      guard text.contains("Scenario.new {") else { continue }
      count += 1
      let binding = String(name.split(separator: "/").last?.dropLast(3) ?? "")
      let inputs = CompilationInputs(
        readFile: { FileManager.default.contents(atPath: $0).map { Array($0) } },
        environment: { $0 == "DB_PASSWORD" ? "correct horse battery" : nil },
        commit: { name, _ in SecretCommitment(digest: Digest(of: name), name: name) },
        builtinFolder: Sheets.root + "Library")
      let value = try #require(data(path: folder + name, binding: binding, inputs: inputs).value)
      let scenario = try ScenarioReader.read(value)
      let place = name.split(separator: "/").dropLast().joined(separator: "/")
      let blueprint = try Sheets.blueprint("Scenarios/\(place)/\(scenario.composition)")
      let outcome = try ScenarioRun.run(
        scenario, blueprint: blueprint, seed: Seed(7), keepsHistory: true)
      let found = refusal(try #require(outcome.lines))
      #expect(found == nil, "\(name), line \(found?.line ?? 0): \(found?.why ?? "")")
    }
    #expect(count > 0)
  }

  @Test func `the text of a history is read as it was written`() throws {
    let history = try Self.history(4)
    #expect(try History(text: history.text) == history)
    #expect(throws: HistoryMistake.self) { try History(text: "") }
    #expect(throws: HistoryMistake.self) { try History(text: "{\"format\":\"other\"}") }
    #expect(throws: HistoryMistake.self) { try History(text: history.text + "{}") }
  }

  @Test func `a reply that is left out is missed at the next thing that follows from it`() throws {
    var history = try Self.history(1)
    // The reply to a changing call that was done: what depends on it is never asked for.
    let place = try #require(
      history.lines.firstIndex { line in
        guard case .event(.replied(let attempt, .replied(.success))) = line.what else {
          return false
        }
        return history.lines.contains {
          if case .served(attempt, let call, _) = $0.what {
            call.operation == "CreateVpc"
          } else {
            false
          }
        }
      })
    history.lines.remove(at: place)
    let found = try #require(refusal(history))
    #expect(found.line >= place + 2)
  }

  @Test func `a timer that is left out is missed at once`() throws {
    var history = try Self.history(1)
    let place = try #require(
      history.lines.firstIndex { if case .event(.woke) = $0.what { true } else { false } })
    history.lines.remove(at: place)
    let found = try #require(refusal(history))
    #expect(found.why.contains("was due"))
    #expect((place + 2...place + 4).contains(found.line))
  }

  @Test func `two lines in the wrong order are refused at the first of them`() throws {
    var history = try Self.history(1)
    // A reply before the cloud has met the call.
    let place = try #require(
      history.lines.indices.first { index in
        guard case .event(.replied(let attempt, .replied)) = history.lines[index].what else {
          return false
        }
        return history.lines[..<index].contains {
          if case .served(attempt, _, _) = $0.what { true } else { false }
        }
      })
    guard case .event(.replied(let attempt, _)) = history.lines[place].what else { return }
    let served = try #require(
      history.lines.firstIndex {
        if case .served(attempt, _, _) = $0.what { true } else { false }
      })
    let (a, b) = (history.lines[served].what, history.lines[place].what)
    history.lines[served].what = b
    history.lines[place].what = a
    let found = try #require(refusal(history))
    #expect(found.line == served + 2)
    #expect(found.why.contains("which the cloud has not answered"))
  }

  @Test func `an outcome that was altered is refused where it arrives`() throws {
    var history = try Self.history(1)
    let place = try #require(
      history.lines.firstIndex {
        if case .event(.replied(_, .replied(.success))) = $0.what { true } else { false }
      })
    guard case .event(.replied(let attempt, _)) = history.lines[place].what else { return }
    history.lines[place].what = .event(
      .replied(attempt, .replied(.failure(CallError("Nonsense", "")))))
    #expect(refusal(history)?.line == place + 2)
  }

  @Test func `an answer that the cloud would not give is refused where it is given`() throws {
    var history = try Self.history(1)
    let place = try #require(
      history.lines.firstIndex {
        if case .served(_, let call, .success) = $0.what {
          call.operation == "CreateVpc"
        } else {
          false
        }
      })
    guard case .served(let attempt, let call, _) = history.lines[place].what else { return }
    history.lines[place].what = .served(
      attempt, call, .success(["Vpc": ["VpcId": "vpc-0123456789abcdef0"]]))
    #expect(refusal(history)?.line == place + 2)
  }

  @Test func `a call that the kernel did not make is refused where the cloud meets it`() throws {
    var history = try Self.history(1)
    let place = history.lines.count / 2
    let call = Call(
      service: "ec2", operation: "CreateVpc", parameters: ["CidrBlock": "10.0.0.0/16"])
    history.lines.insert(
      History.Line(
        at: history.lines[place].at,
        .served(AttemptID(incarnation: 0, serial: 9_999), call, .failure(CallError("X", "")))),
      at: place)
    let found = try #require(refusal(history))
    #expect(found.line == place + 2)
    #expect(found.why.contains("which the kernel did not make"))
  }

  @Test func `an edit and a plan that were altered are refused`() throws {
    let whole = try Self.history(1)
    var edited = whole
    let edit = try #require(
      edited.lines.firstIndex { if case .edited = $0.what { true } else { false } })
    guard case .edited(let call, _) = edited.lines[edit].what else { return }
    edited.lines[edit].what = .edited(call, .failure(CallError("X", "")))
    #expect(refusal(edited)?.line == edit + 2)
    var planned = whole
    let plan = try #require(
      planned.lines.firstIndex { if case .event(.planned) = $0.what { true } else { false } })
    guard case .event(.planned(let id, _)) = planned.lines[plan].what else { return }
    planned.lines[plan].what = .event(.planned(id, .refused(["no"])))
    #expect(refusal(planned)?.line == plan + 2)
  }
}
