package import Canon
package import CloudModel

// Places in the text are for people; they have no part in what an invariant says.

extension Invariant: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(title)
    encoder.write(claim)
  }
}

extension Claim: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .never(let from, let to, let traffic): encoder.flow(0, from, to, traffic)
    case .always(let from, let to, let traffic): encoder.flow(1, from, to, traffic)
    case .only(let from, let to, let traffic): encoder.flow(2, from, to, traffic)
    case .forall(let type, let results):
      encoder.tag(3)
      encoder.write(type)
      encoder.write(results)
    case .nobodyOutside(let action, let resource, let path):
      encoder.tag(4)
      encoder.write(action)
      encoder.write(resource)
      encoder.write(path)
    }
  }
}

extension Endpoint: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .internet: encoder.tag(0)
    case .cidr(let cidr):
      encoder.tag(1)
      encoder.write(cidr)
    case .resource(let address):
      encoder.tag(2)
      encoder.write(address)
    }
  }
}

extension Traffic: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(transport.aws)
    encoder.write(Int(ports.lowerBound))
    encoder.write(Int(ports.upperBound))
  }
}

extension PredicateResult: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(address)
    encoder.write(holds.map { $0 ? 1 : 0 } ?? 2)
  }
}

extension CanonicalEncoder {
  fileprivate mutating func flow(
    _ number: UInt8, _ from: [Endpoint], _ to: [Endpoint], _ traffic: Traffic
  ) {
    tag(number)
    write(from)
    write(to)
    write(traffic)
  }
}
