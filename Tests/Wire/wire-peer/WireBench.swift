import AWSCatalog
import AWSWire
import Foundation

/// Times the writing and the reading of large messages, in bytes a CPU second, and the opening of
/// EC2's catalog. `Benchmarks/run` holds the slowest of each protocol.
enum WireBench {
  /// The best of some runs, in CPU seconds.
  private static func best(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<9 {
      let start = clock()
      for _ in 0..<4 { try body() }
      best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC) / 4)
    }
    return best
  }

  /// Prints a line a message.
  static func run(only names: [String]) throws {
    let open = try best {
      guard let ec2 = Catalog().service("ec2"), ec2.operation("DescribeInstances") != nil else {
        throw WireError(.unsupported, "EC2 is missing")
      }
    }
    print("EC2 opened in \((open * 1e6).rounded() / 1000) ms")
    for sample in try WireSample.all() where names.isEmpty || names.contains(sample.operation) {
      let work = try sample.work()
      let megabytes = Double(work.bytes) / 1e6
      let write = Int(try megabytes / best(work.write))
      let read = Int(try megabytes / best(work.read))
      print(
        "\(sample.speaks.rawValue) \(sample.operation) (\(sample.isCall ? "call" : "reply"), "
          + "\(work.bytes) bytes): writes \(write) MB/s, reads \(read) MB/s")
    }
  }
}
