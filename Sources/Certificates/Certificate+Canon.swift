package import Canon
import Plans

extension Certificate: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write("fugue.certificate.1")
    encoder.write(version)
    encoder.write(plan)
    encoder.write(invariants)
    encoder.write(baseline)
    encoder.write(arguments)
  }
}

extension Argument: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .separators(let separators):
      encoder.tag(0)
      encoder.write(separators)
    case .evaluated: encoder.tag(1)
    }
  }
}

extension Separator: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(flow)
    encoder.write(behind) { boxes, encoder in encoder.write(boxes) }
  }
}

extension GuardedBox: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(inForce)
    encoder.write(notInForce)
    encoder.write(box)
  }
}

extension PacketBox: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(range: source)
    encoder.write(range: destination)
    encoder.write(range: transport)
    encoder.write(range: sourcePorts)
    encoder.write(range: destinationPorts)
  }
}

extension CanonicalEncoder {
  fileprivate mutating func write(range: ClosedRange<some UnsignedInteger>) {
    write(unsigned: UInt64(range.lowerBound))
    write(unsigned: UInt64(range.upperBound))
  }
}
