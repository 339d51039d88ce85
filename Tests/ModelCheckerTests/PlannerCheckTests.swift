import Canon
import CloudModel
import Diagnostics
import Foundation
import Ludwig
import ModelChecker
import Models
import TestSupport
import Testing
import Text

/// Planners with one mistake each, and the library's own.
@Suite struct PlannerCheckTests {
  /// A composition with what is made in Ludwig's library, and other planners for some types.
  private func blueprint(
    _ source: String, planners: [(sheet: String, from: String, to: String)] = []
  ) throws -> Blueprint {
    let root = Sheets.root
    let inputs = CompilationInputs(
      readFile: { path in
        if path == "my.lw" { return Array(source.utf8) }
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        var text = String(decoding: data, as: UTF8.self)
        for planner in planners where path.hasSuffix(planner.sheet) {
          let before = text
          text = text.replacing(planner.from, with: planner.to)
          if text == before { Issue.record("\(planner.sheet) has no '\(planner.from)'") }
        }
        return Array(text.utf8)
      }, environment: { _ in nil },
      commit: { name, _ in SecretCommitment(digest: keyedDigest(of: [], key: [1]), name: name) },
      builtinFolder: root + "Library")
    let compilation = compile(path: "my.lw", inputs: inputs)
    let renderer = DiagnosticRenderer(sources: compilation.sources)
    return try #require(
      compilation.blueprint as Blueprint?,
      "\(compilation.diagnostics.map { renderer.render($0) }.joined())")
  }

  private static let subnet = """
    composition "A subnet"

    import Fugue.AWS as AWS
    import Fugue.AWS.EC2 as EC2

    vpc: EC2.Vpc.new { cidrBlock: "10.9.0.0/16", region: AWS.Us-east-1 }
    subnet: EC2.Subnet.new {
      vpc: vpc,
      cidrBlock: "10.9.1.0/24",
      availabilityZone: AWS.A,
      mapPublicIpOnLaunch: False,
    }
    """

  private static let planner = "Planners/Fugue/Core/AWS/EC2/Subnet.lw"

  /// What a trial comes to: nil if all is well, or what is wrong.
  private func verdict(_ trial: PlannerTrial, _ faults: KernelScope) -> String? {
    do throws(UserSystem.Problem) {
      let report = explore(try trial.system(faults).kernel)
      if let violation = report.violation { return violation.property }
      return report.holds ? nil : "not known"
    } catch { return error.message }
  }

  /// All that is wrong with a planner's resource.
  private func wrongs(
    _ planners: [(sheet: String, from: String, to: String)], changed: String = "",
    faults: KernelScope = KernelScope(crashes: 0, lostReplies: 0, edits: 0)
  ) throws -> [String] {
    let before = try blueprint(Self.subnet, planners: planners)
    var trials = PlannerTrial.ofLife(of: ResourceAddress("subnet"), in: before)
    if !changed.isEmpty {
      let after = try blueprint(
        Self.subnet.replacing(
          changed.split(separator: "→")[0], with: changed.split(separator: "→")[1]),
        planners: planners)
      let change = PlannerTrial.change(of: ResourceAddress("subnet"), from: before, to: after)
      trials.append(try #require(change))
    }
    return trials.compactMap { trial in verdict(trial, faults).map { "\(trial.deed): \($0)" } }
  }

  @Test func `the library's planner of subnets is right, under a crash and a lost reply`() throws {
    #expect(try wrongs([], changed: "Launch: False→Launch: True") == [])
    #expect(try wrongs([], changed: "10.9.1.0→10.9.2.0") == [])
    let faults = KernelScope(crashes: 1, lostReplies: 0, edits: 0)
    #expect(try wrongs([], changed: "Launch: False→Launch: True", faults: faults) == [])
  }

  @Test func `a field that no update carries is found`() throws {
    let wrong = try wrongs(
      [
        (
          Self.planner, "want: want.(Core.Subnet).mapPublicIpOnLaunch,",
          "want: None,"
        )
      ], changed: "Launch: False→Launch: True")
    #expect(wrong.count == 1 && wrong[0].contains("no call of the planner's depends on it"))
  }

  @Test func `a field that creation carries and no comparison sees is found`() throws {
    let wrong = try wrongs(
      [
        (
          Self.planner,
          """
              Planner.compare {
                name: "cidrBlock",
                want: Net.normal(want.(Core.Subnet).cidrBlock),
                have: item.cidrBlock,
              },

          """, ""
        )
      ], changed: "10.9.1.0→10.9.2.0")
    #expect(wrong.count == 1 && wrong[0].contains("it is not as if it had been declared so"))
  }

  @Test func `a creation that is not recognised again is found`() throws {
    let wrong = try wrongs([
      (
        Self.planner,
        "tagSpecifications: Planner.tagSpecifications(\"subnet\", want, want.(Core.Subnet).tags),",
        ""
      )
    ])
    #expect(wrong.contains { $0.hasPrefix("create") }, "\(wrong)")
  }

  @Test func `an update that puts the wrong value is found`() throws {
    let wrong = try wrongs(
      [
        (
          Self.planner, "mapPublicIpOnLaunch: { value: value }",
          "mapPublicIpOnLaunch: { value: False }"
        )
      ],
      changed: "Launch: False→Launch: True")
    #expect(wrong.contains { $0.hasPrefix("update") }, "\(wrong)")
  }

  @Test func `a deletion that deletes nothing is found`() throws {
    let wrong = try wrongs([
      (
        Self.planner, "[Planner.call(Api.DeleteSubnet { subnetId: want.(Core.Subnet).subnetId })]",
        "[]"
      )
    ])
    #expect(wrong.contains { $0.hasPrefix("delete") }, "\(wrong)")
  }

  @Test func `a deletion that goes too far is found`() throws {
    let wrong = try wrongs([
      (
        Self.planner, "[Planner.call(Api.DeleteSubnet { subnetId: want.(Core.Subnet).subnetId })]",
        """
        [
            Planner.call(Api.DeleteSubnet { subnetId: want.(Core.Subnet).subnetId }),
            Planner.call(Api.DeleteVpc { vpcId: want.(Core.Subnet).vpc.(Core.Vpc).vpcId }),
          ]
        """
      )
    ])
    #expect(wrong.contains { $0.hasPrefix("delete") }, "\(wrong)")
  }

  @Test func `settling that does not wait for lagging reads is found`() throws {
    let blueprint = try blueprint(
      Self.subnet,
      planners: [
        (Self.planner, "isExclusive: True,", "isExclusive: True,\n  settle: Planner.Acknowledged,")
      ])
    let subnet = try #require(blueprint.resources.first { $0.address.text == "subnet" })
    #expect(PlannerTrial.unsettled(subnet)?.contains("reads of ec2 lag") == true)
    let right = try self.blueprint(Self.subnet)
    #expect(right.resources.allSatisfy { PlannerTrial.unsettled($0) == nil })
  }
}
