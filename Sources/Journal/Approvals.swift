package import CloudModel

/// What a person lets the kernel do beyond its brakes.
package struct Approvals: Hashable, Codable, Sendable {
  /// Whether resources that bear data may be deleted or replaced, whichever they are. Protected
  /// ones need their address in the list even so.
  package var coversData: Bool
  /// Addresses that may be deleted or replaced, in order.
  package var addresses: [ResourceAddress]

  /// Makes approvals; the addresses are put in order.
  package init(coversData: Bool = false, addresses: [ResourceAddress] = []) {
    self.coversData = coversData
    self.addresses = addresses.sorted()
  }

  /// Nothing beyond the brakes.
  package static let none = Approvals()

  /// Whether they let nothing more happen.
  package var isNone: Bool { !coversData && addresses.isEmpty }

  /// Whether a resource may be deleted or replaced.
  package func cover(_ address: ResourceAddress, isProtected: Bool) -> Bool {
    addresses.contains(address) || (coversData && !isProtected)
  }
}
