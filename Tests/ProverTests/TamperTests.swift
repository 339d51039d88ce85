import Canon
import CertificateChecker
import Certificates
import CloudModel
import Determinism
import Foundation
import PlanEffects
import Plans
import Prover
import Testing

@Suite struct TamperTests {
  private func file(
    _ plan: Plan, _ invariants: [Invariant], _ baseline: AccountState
  ) -> CertificateFile? {
    let proof = Prover.prove(plan: plan, baseline: baseline, invariants: invariants)
    return proof.certificate.map {
      CertificateFile(plan: plan, invariants: invariants, baseline: baseline, certificate: $0)
    }
  }

  private var sample: CertificateFile? {
    let fixture = ThreeTierFixture()
    return file(
      testPlan([ThreeTierFixture.open("10.0.0.10/32")]), ThreeTierFixture.invariants,
      fixture.account)
  }

  @Test func `a certificate for one thing is refused for another`() throws {
    let good = try #require(sample)
    #expect(CertificateChecker.check(good) == .accepted)
    var plan = good
    plan.plan.steps.append(contentsOf: testPlan([ThreeTierFixture.open()]).steps)
    #expect(CertificateChecker.check(plan) == .refused("it is for another plan"))
    var invariants = good
    invariants.invariants.removeLast()
    #expect(CertificateChecker.check(invariants) == .refused("it is for other invariants"))
    var baseline = good
    baseline.baseline.internetGateways["igw-1"]?.vpc = nil
    #expect(
      CertificateChecker.check(baseline) == .refused("it assumes another state of the account"))
  }

  @Test func `a certificate that was stamped anew for a plan that opens is refused`() throws {
    var forged = try #require(sample)
    forged.plan.steps.append(contentsOf: testPlan([ThreeTierFixture.open()]).steps)
    stamp(&forged)
    guard case .refused = CertificateChecker.check(forged) else {
      Issue.record("it was accepted")
      return
    }
  }

  /// Digests as if the certificate were for what it stands beside.
  private func stamp(_ file: inout CertificateFile) {
    file.certificate.plan = file.plan.digest
    file.certificate.invariants = Certificate.digest(of: file.invariants)
    file.certificate.baseline = file.baseline.proofDigest
  }

  @Test(arguments: 0..<16)
  func `arguments of one proof convince of another plan only where it is true`(
    seed: Int
  ) throws {
    var network = DrawnNetwork(UInt64(5000 + seed))
    let ids = network.account.instances.keys
    let invariant = Invariant(
      title: "never",
      claim: .never(
        from: [.internet, .cidr(.all)], to: [.resource(ResourceAddress(network.pick(ids)))],
        Traffic(.tcp, 443...443)), origin: nowhere)
    guard var forged = file(network.plan(steps: 2), [invariant], network.account) else { return }
    for _ in 0..<5 {
      forged.plan = network.plan(steps: 3)
      stamp(&forged)
      guard CertificateChecker.check(forged) == .accepted else { continue }
      let proof = Prover.prove(
        plan: forged.plan, baseline: forged.baseline, invariants: [invariant])
      #expect(proof.certificate != nil, "seed \(seed): \(proof.verdicts)")
    }
  }

  @Test(arguments: 0..<8)
  func `no mutilated file crashes or convinces of another thing`(seed: Int) throws {
    let good = try #require(sample)
    let bytes = Array(try JSONEncoder().encode(good))
    var random = RandomSource(Seed(UInt64(seed)).split("tamper"))
    for _ in 0..<30 {
      guard var read = mutilated(bytes, &random) else { continue }
      if CertificateChecker.check(read) == .accepted {
        #expect(read.plan.digest == good.plan.digest)
        #expect(
          Certificate.digest(of: read.invariants) == Certificate.digest(of: good.invariants))
      }
      // With fitting digests, the semantics meet the mutilated account and plan.
      stamp(&read)
      if CertificateChecker.check(read) == .accepted {
        let proof = Prover.prove(
          plan: read.plan, baseline: read.baseline, invariants: read.invariants)
        #expect(proof.certificate != nil, "seed \(seed): \(proof.verdicts)")
      }
    }
  }

  private func mutilated(
    _ bytes: [UInt8], _ random: inout RandomSource
  ) -> CertificateFile? {
    var bytes = bytes
    let place = random.below(bytes.count)
    switch random.below(3) {
    case 0: bytes[place] = UInt8(48 + random.below(10))
    case 1: bytes[place] = UInt8(32 + random.below(95))
    default:
      let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
      bytes[digits[random.below(digits.count)]] = UInt8(48 + random.below(10))
    }
    return try? JSONDecoder().decode(CertificateFile.self, from: Data(bytes))
  }
}
