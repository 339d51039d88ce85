import Certificates
import CloudModel
import PlanEffects

/// Closed ranges of addresses, ascending and disjoint.
typealias AddressSpace = [ClosedRange<UInt32>]

extension CIDR {
  /// Its addresses.
  var range: ClosedRange<UInt32> { lower...upper }
}

extension AddressRange {
  /// Its addresses.
  var range: ClosedRange<UInt32> { lower...upper }
}

/// The addresses of a space without those of a range.
func without(_ range: ClosedRange<UInt32>, _ space: AddressSpace) -> AddressSpace {
  space.flatMap { part -> AddressSpace in
    guard part.overlaps(range) else { return [part] }
    var out: AddressSpace = []
    if part.lowerBound < range.lowerBound { out.append(part.lowerBound...(range.lowerBound - 1)) }
    if range.upperBound < part.upperBound { out.append((range.upperBound + 1)...part.upperBound) }
    return out
  }
}

/// The addresses of a space that are in a range.
func within(_ range: ClosedRange<UInt32>, _ space: AddressSpace) -> AddressSpace {
  space.filter { $0.overlaps(range) }.map { $0.clamped(to: range) }
}

extension FactIndex {
  /// Addresses that hosts outside the account may have: all that can be on the internet, without
  /// those that instances have throughout. The latter are left in where no narrow rule could tell
  /// them apart, since that only makes claims stronger.
  var internet: AddressSpace {
    var space: AddressSpace = [0...(.max)]
    for block in CIDR.neverOnTheInternet { space = without(block.range, space) }
    let narrow = narrowBlocks
    guard !narrow.isEmpty else { return space }
    for instance in instances {
      for address in publicAddresses[instance.content.id] ?? []
      where address.occurrence.isPermanent && address.content.isKnown
        && narrow.contains(where: { $0.contains(IPv4Address(bits: address.content.lower)) })
      {
        space = without(address.content.range, space)
      }
    }
    return space
  }

  private var narrowBlocks: [CIDR] {
    var blocks: Set<CIDR> = []
    for rules in [ingress, egress] {
      for group in rules.keys.sorted() {
        for rule in rules[group] ?? [] {
          if case .cidr(let block) = rule.content.peer, block.length >= 28 { blocks.insert(block) }
        }
      }
    }
    for acl in entries.keys.sorted() {
      for entry in entries[acl] ?? [] where entry.content.cidr.length >= 28 {
        blocks.insert(entry.content.cidr)
      }
    }
    return blocks.sorted()
  }
}
