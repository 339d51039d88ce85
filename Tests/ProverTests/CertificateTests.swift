import Canon
import CertificateChecker
import Certificates
import CloudModel
import Foundation
import Plans
import Prover
import Testing

@Suite struct CertificateTests {
  let baseline = AccountState(accountID: "123456789012", region: "us-east-1")
  let plan = Plan(
    composition: Digest(of: "main"), process: "dev", baseline: Digest(of: "empty"), steps: [],
    edges: [], known: [])

  @Test func `a plan without invariants gets a certificate that is for it alone`() throws {
    let proof = Prover.prove(plan: plan, baseline: baseline, invariants: [])
    let certificate = try #require(proof.certificate)
    #expect(
      CertificateChecker.check(certificate, plan: plan, invariants: [], baseline: baseline)
        == .accepted)
    var other = plan
    other.process = "prod"
    #expect(
      CertificateChecker.check(certificate, plan: other, invariants: [], baseline: baseline)
        == .refused("it is for another plan"))
    var changed = baseline
    changed.vpcs["vpc-1"] = Vpc(id: "vpc-1", cidr: .all)
    #expect(
      CertificateChecker.check(certificate, plan: plan, invariants: [], baseline: changed)
        == .refused("it assumes another state of the account"))
  }

  @Test func `a certificate file survives its way through JSON`() throws {
    let proof = Prover.prove(plan: plan, baseline: baseline, invariants: [])
    let file = CertificateFile(
      plan: plan, invariants: [], baseline: baseline,
      certificate: try #require(proof.certificate))
    let read = try JSONDecoder().decode(
      CertificateFile.self, from: try JSONEncoder().encode(file))
    #expect(read == file)
    #expect(CertificateChecker.check(read) == .accepted)
  }
}
