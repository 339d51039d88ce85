import CloudModel
import Determinism
import Ludwig
import Testing

/// `Fugue.NetAddr` against RFC 5952's examples, and against the addresses that the prover uses.
@Suite struct AddressValueTests {
  private func it(_ expression: String) -> Value? {
    let imports = "import Fugue.NetAddr as Net\n"
    return Workshop.it(imports + "it: \(expression)\n").value
  }

  @Test func `addresses have the form of RFC 5952`() {
    let written = [
      "2001:0db8::0001", "2001:db8:0:0:0:0:2:1", "2001:db8:0:1:1:1:1:1", "2001:0:0:1:0:0:0:1",
      "2001:db8:0:0:1:0:0:1", "::", "::1", "1::", "2001:DB8::AAAA", "::ffff:192.0.2.1", "10.0.0.1",
    ]
    let wanted = [
      "2001:db8::1", "2001:db8::2:1", "2001:db8:0:1:1:1:1:1", "2001:0:0:1::1",
      "2001:db8::1:0:0:1", "::", "::1", "1::", "2001:db8::aaaa", "::ffff:c000:201", "10.0.0.1",
    ]
    let list = written.map { "\"\($0)\"" }.joined(separator: ", ")
    let value = it("[Net.IpAddress.toString(Net.IpAddress.parse(t)) for t in [\(list)]]")
    #expect(value == .list(wanted.map { .string($0) }))
  }

  @Test func `what is no address is none`() {
    let written = [
      "", ":", ":::", "1:2", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "g::",
      "10.0.0", "10.0.0.01", "256.0.0.1", "1.2.3.4.5", "fe80::1%eth0", "10.0.0.1/8", " 10.0.0.1",
      ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
    ]
    let list = written.map { "\"\($0)\"" }.joined(separator: ", ")
    #expect(
      it("[t for t in [\(list)] if Optional.isSome(Net.IpAddress.fromString(t))]") == .list([]))
    let blocks = "[\"10.0.0.0/33\", \"10.0.0.0/+8\", \"10.0.0.0/08\", \"::/129\", \"10.0.0.0/\"]"
    #expect(it("[t for t in \(blocks) if Optional.isSome(Net.Cidr.fromString(t))]") == .list([]))
  }

  @Test func `containment and overlap are as the prover sees them`() throws {
    var random = RandomSource(Seed(2018))
    var pairs: [(CIDR, CIDR)] = []
    for _ in 0..<150 {
      let bits = UInt32(truncatingIfNeeded: random.next()) & 0x0303_0303
      let other = UInt32(truncatingIfNeeded: random.next()) & 0x0303_0303
      pairs.append(
        (
          CIDR(IPv4Address(bits: bits), length: random.below(33)),
          CIDR(IPv4Address(bits: other), length: random.below(33))
        ))
    }
    let list = pairs.map { "(\"\($0.0)\", \"\($0.1)\")" }.joined(separator: ", ")
    let value = try #require(
      it(
        """
        [[Net.Cidr.contains(Net.Cidr.parse(a), Net.Cidr.parse(b)),
          Net.Cidr.overlaps(Net.Cidr.parse(a), Net.Cidr.parse(b))] for (a, b) in [\(list)]]
        """))
    #expect(value.elements.count == pairs.count)
    for (found, (a, b)) in zip(value.elements, pairs) {
      #expect(found == .list([.bool(a.contains(b)), .bool(a.overlaps(b))]), "\(a) \(b)")
    }
  }

  @Test func `the parts of a block fill it and do not overlap`() {
    let value = it(
      """
      (fun(parts): [
        List.length(parts), Optional.unpack(0, Net.Cidr.size(List.index(parts, 0))),
      ])(Net.Cidr.subnets(22, Net.Cidr.parse("10.0.0.0/16")))
      """)
    #expect(value == .list([.int(64), .int(1024)]))
    let far = it(
      """
      Optional.map(
        Net.Cidr.toString, Net.Cidr.subnet(64, 65535, Net.Cidr.parse("2001:db8::/48")))
      """)
    #expect(far == .string("2001:db8:0:ffff::/64"))
  }
}
