import AWSWire

/// The wire both ways, of large messages as AWS has them: the slowest message of each protocol.
enum WireMeasures {
  static var all: [Benchmark] {
    WireProtocol.allCases.flatMap { speaks in
      let name = speaks == .cbor ? "cbor" : speaks.rawValue
      return [
        slowest("wire-write-\(name)", "the slowest message of the protocol, written", speaks) {
          $0.write
        },
        slowest("wire-read-\(name)", "the slowest message of the protocol, read", speaks) {
          $0.read
        },
      ]
    }
  }

  private typealias Directions = (
    write: () throws -> Void, read: () throws -> Void, bytes: Int
  )

  /// Megabytes a CPU second of the message that takes longest a byte.
  private static func slowest(
    _ name: String, _ what: String, _ speaks: WireProtocol,
    _ direction: @escaping (Directions) -> () throws -> Void
  ) -> Benchmark {
    Benchmark(name: name, what: what, unit: "MB/s") { () throws(BenchmarkFailure) in
      var slowest = Double.infinity
      do {
        for sample in try WireSample.all() where sample.speaks == speaks {
          let work = try sample.work()
          let (way, rounds) = (direction(work), max(1, 2_000_000 / work.bytes))
          let seconds = try CPUClock.median { () throws(BenchmarkFailure) in
            do { for _ in 0..<rounds { try way() } } catch { throw BenchmarkFailure("\(error)") }
          }
          slowest = min(slowest, Double(work.bytes * rounds) / 1e6 / seconds)
        }
      } catch { throw BenchmarkFailure("\(error)") }
      try BenchmarkFailure.unless(slowest.isFinite, "there is no sample")
      return slowest
    }
  }
}
