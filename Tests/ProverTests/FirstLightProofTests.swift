import Canon
import CertificateChecker
import Certificates
import CloudModel
import CloudSemantics
import Determinism
import Diagnostics
import Foundation
import Ludwig
import PlanEffects
import Planners
import Plans
import Prover
import Testing

@Suite struct FirstLightProofTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path()
  private let empty = AccountState(accountID: "123456789012", region: "us-east-1")

  /// First light's blueprint, with texts of its main sheet replaced.
  private func blueprint(_ edits: [(String, String)] = []) throws -> Blueprint {
    let path = Self.root + "Scenarios/first-light/main.lw"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in edits {
      #expect(text.contains(old))
      text = text.replacingOccurrences(of: old, with: new)
    }
    let main = Array(text.utf8)
    let compilation = compile(
      path: path,
      inputs: CompilationInputs(
        readFile: { asked in
          asked == path ? main : FileManager.default.contents(atPath: asked).map { [UInt8]($0) }
        }, environment: { $0 == "DB_PASSWORD" ? "hunter2hunter2" : nil },
        commit: { name, bytes in
          SecretCommitment(digest: keyedDigest(of: bytes, key: [1]), name: name)
        }, libraryFolders: [], builtinFolder: Self.root + "Library"))
    let report = compilation.diagnostics.map {
      DiagnosticRenderer(sources: compilation.sources).render($0)
    }
    return try #require(compilation.blueprint, "\(report.joined())")
  }

  private func plan(_ blueprint: Blueprint) throws -> Plan {
    let inventory = Inventory(
      accountID: empty.accountID, region: empty.region, observedAt: .zero, items: [:],
      account: empty)
    switch Planner.plan(
      blueprint: blueprint, previous: nil, inventory: inventory, process: "dev")
    {
    case .plan(let plan): return plan
    case .problems(let problems): throw Trouble(text: "\(problems)")
    }
  }

  private struct Trouble: Error {
    let text: String
  }

  @Test func `first light is proved from an empty account, and the checker accepts it`() throws {
    let blueprint = try blueprint()
    let plan = try plan(blueprint)
    let proof = Prover.prove(
      plan: plan, baseline: empty, invariants: blueprint.invariants,
      resources: blueprint.resources)
    for verdict in proof.verdicts {
      #expect(verdict.verdict == .proved([]), "\(verdict.invariant.title)")
    }
    let certificate = try #require(proof.certificate)
    #expect(
      CertificateChecker.check(
        certificate, plan: plan, invariants: blueprint.invariants, baseline: empty) == .accepted)
  }

  @Test func `a database in a public subnet with an open rule is refused at that rule`() throws {
    let rule = "EC2.IpPermission.tcp(5432, EC2.IpPermission.Target.all)"
    let blueprint = try blueprint([
      ("subnets: List.drop(1, network.privateSubnets),", "subnets: network.publicSubnets,"),
      ("rules: [EC2.IpPermission.tcp(5433", "rules: [\(rule), EC2.IpPermission.tcp(5433"),
    ])
    let plan = try plan(blueprint)
    let proof = Prover.prove(
      plan: plan, baseline: empty, invariants: blueprint.invariants,
      resources: blueprint.resources)
    #expect(proof.certificate == nil)
    let never = try #require(
      proof.verdicts.first { $0.invariant.title.contains("never (internet reaches db)") })
    guard case .refuted(let found) = never.verdict else {
      Issue.record("\(never.verdict)")
      return
    }
    #expect(found.packet?.destinationPort == 5432)
    let hop = try #require(found.path.last)
    #expect(hop.text.contains("tcp 5432, 0.0.0.0/0"))
    #expect(hop.origin?.text.contains(rule) == true, "\(hop)")
  }

  @Test func `a bucket that another account may read is refused at its statement`() throws {
    let blueprint = try blueprint([
      (
        #""Effect":"Deny","Principal":"*","Action":"s3:*""#,
        #""Effect":"Allow","Principal":{"AWS":"999900001111"},"Action":"s3:Get*""#
      ), (#","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#, ""),
    ])
    let proof = Prover.prove(
      plan: try plan(blueprint), baseline: empty, invariants: blueprint.invariants,
      resources: blueprint.resources)
    #expect(proof.certificate == nil)
    let refuted = proof.verdicts.compactMap { it -> Counterexample? in
      if case .refuted(let found) = it.verdict { found } else { nil }
    }
    #expect(refuted.count == 1)
    let found = try #require(refuted.first)
    #expect(found.summary.contains("OnlyEncrypted of bucket shop-assets-first-light's policy"))
    #expect(found.summary.contains("account 999900001111"))
    let hop = try #require(found.path.first)
    #expect(hop.isDecisive && hop.step != nil)
    #expect(hop.origin?.text.contains("assets: S3.Bucket.new") == true, "\(hop)")
  }

  @Test func `a route to the gateway with a rule is refused, once addresses are public`() throws {
    let rule = "EC2.IpPermission.tcp(5432, EC2.IpPermission.Target.ipRange(\"198.51.100.0/24\"))"
    let blueprint = try blueprint([
      ("subnets: List.drop(1, network.privateSubnets),", "subnets: [exposed],"),
      ("rules: [EC2.IpPermission.tcp(5433", "rules: [\(rule), EC2.IpPermission.tcp(5433"),
      (
        "# The tiers.",
        """
        exposed: EC2.Subnet.new {
          vpc: network.vpc,
          cidrBlock: "10.0.20.0/24",
          availabilityZone: AWS.A,
          mapPublicIpOnLaunch: True,
        }

        exposed-routes: EC2.RouteTable.new {
          vpc: network.vpc,
          routes: [
            EC2.Route.new {
              destinationCidrBlock: "0.0.0.0/0", target: EC2.GatewayTarget(network.igw),
            },
          ],
          associations: [exposed],
        }

        # The tiers.
        """
      ),
    ])
    let plan = try plan(blueprint)
    let proof = Prover.prove(
      plan: plan, baseline: empty, invariants: blueprint.invariants,
      resources: blueprint.resources)
    let never = try #require(
      proof.verdicts.first { $0.invariant.title.contains("never (internet reaches db)") })
    guard case .refuted(let found) = never.verdict else {
      Issue.record("\(never.verdict)")
      return
    }
    #expect(found.packet?.source.description == "198.51.100.0")
    #expect(found.path.last?.origin?.text.contains(rule) == true)
  }
}
