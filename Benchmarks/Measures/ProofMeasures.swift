import Canon
import CertificateChecker
import Certificates
import CloudModel
import Plans
import Prover

/// From a plan to a verdict and a certificate.
enum ProofMeasures {
  static var all: [Benchmark] {
    [
      .time("prove-first-light", "all invariants of first light, all moments, warm") {
        () throws(BenchmarkFailure) in
        let light = try FirstLight()
        return { () throws(BenchmarkFailure) in _ = try certificate(light) }
      },
      Benchmark(
        name: "certificate-share", what: "checking first light's certificate, of proving it",
        unit: "%"
      ) { () throws(BenchmarkFailure) in
        let light = try FirstLight()
        let certificate = try certificate(light)
        let proving = try CPUClock.median { () throws(BenchmarkFailure) in
          _ = try Self.certificate(light)
        }
        let checking = try CPUClock.median { () throws(BenchmarkFailure) in
          let verdict = CertificateChecker.check(
            certificate, plan: light.plan, invariants: light.blueprint.invariants,
            baseline: light.account)
          try BenchmarkFailure.unless(verdict == .accepted, "the certificate is refused")
        }
        return 100 * checking / proving
      },
      .time("prove-pair", "40 unordered steps of which one pair opens") {
        () throws(BenchmarkFailure) in
        let city = City(interfaces: 2, groups: 2, deniesInternet: true)
        var calls = (0..<40).map { city.opening("10.1.\($0).0/24") }
        calls[11] = city.opening("0.0.0.0/0")
        calls[29] = city.removingDeny
        let plan = City.plan(calls)
        return { () throws(BenchmarkFailure) in
          let proof = Prover.prove(plan: plan, baseline: city.account, invariants: [City.never])
          guard case .refuted(let found) = proof.verdicts.first?.verdict,
            found.inForce == [StepID(11), StepID(29)]
          else { throw BenchmarkFailure("the pair is not found") }
        }
      },
      .time("prove-city", "one never on 1,000 interfaces and 500 groups") {
        () throws(BenchmarkFailure) in
        let city = City(interfaces: 1_000, groups: 500)
        return proving(City.plan([city.opening("10.1.0.0/16")]), city)
      },
      .time("prove-long", "a plan of 1,000 steps, every moment") { () throws(BenchmarkFailure) in
        let city = City(interfaces: 20, groups: 8)
        return proving(
          City.plan((0..<1_000).map { city.opening("10.\($0 / 250 + 1).\($0 % 250).0/24") }), city)
      },
    ]
  }

  private static func certificate(_ light: FirstLight) throws(BenchmarkFailure) -> Certificate {
    let proof = Prover.prove(
      plan: light.plan, baseline: light.account, invariants: light.blueprint.invariants,
      resources: light.blueprint.resources)
    guard let certificate = proof.certificate else {
      throw BenchmarkFailure("first light is not proved")
    }
    return certificate
  }

  private static func proving(_ plan: Plan, _ city: City) -> Work {
    { () throws(BenchmarkFailure) in
      let proof = Prover.prove(plan: plan, baseline: city.account, invariants: [City.never])
      try BenchmarkFailure.unless(proof.certificate != nil, "the plan is not proved")
    }
  }
}
