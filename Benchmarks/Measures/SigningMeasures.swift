import AWSWire
import CloudModel

/// Signature Version 4, as a client makes it and as a server holds it against a secret.
enum SigningMeasures {
  static var all: [Benchmark] {
    [
      microseconds("sign", "a request of 500 bytes with seven headers, signed") {
        let made = sample()
        var signer = made.signer
        return { number throws(BenchmarkFailure) in
          var request = made.request
          signer.sign(
            &request, host: "sqs.us-east-1.amazonaws.com",
            at: SigningMoment(secondsSince1970: 1_800_000_000 + Int64(number & 1023)))
          try BenchmarkFailure.unless(request.headers.count == 8, "it is not signed")
        }
      },
      microseconds("verify-signature", "the same, verified by its receiver") {
        var made = sample()
        let now = SigningMoment(secondsSince1970: 1_800_000_000)
        made.signer.sign(&made.request, host: "sqs.us-east-1.amazonaws.com", at: now)
        let (request, known) = (made.request, made.signer.credentials)
        let verifier = SignatureVerifier(region: "us-east-1", service: "sqs")
        return { _ throws(BenchmarkFailure) in
          guard case .success = verifier.verify(request, at: now, key: { _ in .valid(known) })
          else { throw BenchmarkFailure("it is not verified") }
        }
      },
    ]
  }

  private static func sample() -> (request: WireRequest, signer: RequestSigner) {
    let request = WireRequest(
      headers: [
        WireField("Content-Type", "application/x-amz-json-1.0"),
        WireField("X-Amz-Target", "AmazonSQS.SendMessage"),
        WireField("User-Agent", "fugue/0.1"), WireField("Accept-Encoding", "identity"),
        WireField("X-Amzn-Query-Mode", "true"),
      ], body: (0..<500).map { UInt8($0 & 63 + 32) })
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    return (
      request, RequestSigner(credentials: credentials, region: "us-east-1", service: "sqs")
    )
  }

  /// CPU microseconds each, of 50,000.
  private static func microseconds(
    _ name: String, _ what: String,
    _ prepare: @escaping () -> (Int) throws(BenchmarkFailure) -> Void
  ) -> Benchmark {
    Benchmark(name: name, what: what, unit: "us") { () throws(BenchmarkFailure) in
      let count = 50_000
      let work = prepare()
      let seconds = try CPUClock.median { () throws(BenchmarkFailure) in
        for number in 0..<count { try work(number) }
      }
      return seconds * 1_000_000 / Double(count)
    }
  }
}
