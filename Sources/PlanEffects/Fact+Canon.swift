package import Canon
import CloudModel

extension AddressRange: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(unsigned: UInt64(lower))
    encoder.write(unsigned: UInt64(upper))
  }
}

extension Fact: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .vpc(let id, let cidr): encoder.put(0, id, cidr)
    case .subnet(let id, let vpc, let cidr): encoder.put(1, id, vpc, cidr)
    case .gateway(let id, let vpc): encoder.put(2, id, vpc)
    case .route(let table, let cidr, let target):
      encoder.put(3, table, cidr)
      encoder.write(target)
    case .mainTable(let vpc, let table): encoder.put(4, vpc, table)
    case .tableOf(let subnet, let table): encoder.put(5, subnet, table)
    case .aclOf(let subnet, let acl): encoder.put(6, subnet, acl)
    case .aclEntry(let acl, let entry):
      encoder.put(7, acl)
      encoder.write(entry)
    case .rule(let group, let isEgress, let rule):
      encoder.put(8, group)
      encoder.write(isEgress)
      encoder.write(rule)
    case .instance(let id, let subnet, let addresses): encoder.put(9, id, subnet, addresses)
    case .member(let instance, let group): encoder.put(10, instance, group)
    case .publicAddress(let instance, let addresses): encoder.put(11, instance, addresses)
    case .forwards(let instance): encoder.put(12, instance)
    case .mapsPublic(let subnet): encoder.put(16, subnet)
    case .named(let address, let process, let id):
      encoder.put(13, address.text, process, id)
    case .bucket(let name, let blocks):
      encoder.put(14, name)
      encoder.write(blocks)
    case .bucketPolicy(let name, let policy): encoder.put(15, name, policy)
    }
  }
}

extension CanonicalEncoder {
  fileprivate mutating func put<each Part: CanonicalEncodable>(
    _ number: UInt8, _ parts: repeat each Part
  ) {
    tag(number)
    repeat write(each parts)
  }

  fileprivate mutating func write(_ target: Route.Target) {
    switch target {
    case .local: tag(0)
    case .internetGateway(let id): put(1, id)
    case .instance(let id): put(2, id)
    }
  }

  fileprivate mutating func write(_ entry: NetworkACLEntry) {
    write(entry.number)
    write(entry.isEgress)
    write(entry.isAllow)
    write(entry.transport, entry.ports, entry.icmp)
    write(entry.cidr)
  }

  fileprivate mutating func write(_ rule: SecurityGroupRule) {
    write(rule.transport, rule.ports, rule.icmp)
    switch rule.peer {
    case .cidr(let cidr): put(0, cidr)
    case .cidr6(let text): put(1, text)
    case .group(let id): put(2, id)
    }
  }

  private mutating func write(
    _ transport: Transport, _ ports: ClosedRange<UInt16>, _ icmp: ICMPTypeCode?
  ) {
    write(transport.aws)
    write(Int(ports.lowerBound))
    write(Int(ports.upperBound))
    write(icmp?.type ?? -2)
    write(icmp?.code ?? -2)
  }
}
