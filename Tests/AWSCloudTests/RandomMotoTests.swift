import AWSCloud
import AWSWire
import Canon
import CloudModel
import Foundation
import Testing

/// Operations that are drawn from a seed, by boto3 and by ours on one moto server, each on a fresh
/// account whose chance is seeded alike. `FUGUE_MOTO_SEEDS=1,2,3` tries other seeds, and
/// `FUGUE_MOTO_COUNT` other numbers of calls a seed.
@Suite struct RandomMotoTests {
  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  @Test func `operations that are drawn at random give what they give boto3`() async throws {
    guard let moto = try await MotoServer.start() else {
      print("moto 5.2.1 is not installed for python3: nothing was compared with boto3")
      return
    }
    defer { moto.stop() }
    let seeds = (Self.setting("FUGUE_MOTO_SEEDS") ?? "a,b").split(separator: ",").map(String.init)
    let count = Self.setting("FUGUE_MOTO_COUNT").flatMap { Int($0) } ?? 120
    for seed in seeds {
      let lines = try await moto.randomCalls(seed: seed, count)
      #expect(lines.count == count, "seed \(seed)")
      try await moto.reset()
      try await compare(lines, moto, seed)
    }
  }

  private func compare(_ lines: [JSON], _ moto: MotoServer, _ seed: String) async throws {
    let client = moto.client(RetryPolicy(attempts: 1))
    var counts = Comparison()
    var services: Set<String> = []
    var answered = 0
    for (number, line) in lines.enumerated() {
      let call = Call(
        service: line["service"]?.text ?? "", operation: line["operation"]?.text ?? "",
        parameters: Value(plain: line["parameters"] ?? .null))
      services.insert(call.service)
      try await moto.seed(number)
      let place = "seed \(seed), \(number): \(call.service) \(call.operation)"
      do throws(CloudFailure) {
        let output = try await client.call(call).output
        if line["garbled"] == .bool(true) {
          continue  // boto3 cannot read it: there is nothing to compare.
        } else if let theirs = line["output"] {
          counts.compare(output, theirs, at: "", place)
          answered += 1
        } else {
          Issue.record("\(place) succeeded, while boto3 said \(line.text())")
        }
      } catch {
        check(error, line, place)
      }
    }
    for difference in counts.differences { Issue.record("\(difference)") }
    print(
      "moto, seed \(seed): \(lines.count) calls of \(services.count) services, \(answered) with an "
        + "output, \(counts.equal) values equal, \(counts.alike) drawn anew, "
        + "\(counts.differences.count) different")
  }

  /// Holds an error against boto3's.
  private func check(_ error: CloudFailure, _ line: JSON, _ place: String) {
    if line["garbled"] == .bool(true) { return }
    guard case .refused(let failure, _) = error, let code = line["error"]?.text else {
      Issue.record("\(place): \(error), while boto3 said \(line.text().suffix(300))")
      return
    }
    #expect(
      failure.code == code && Int64(failure.status) == line["status"]?.integer,
      "\(place): \(error), while boto3 said \(line.text().suffix(300))")
  }
}
