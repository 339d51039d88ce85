import Certificates
import PlanEffects

/// Packets on their way, at some moments: how they look now, and how they were sent.
struct Beam: Hashable {
  /// The moments.
  var moments: Guard
  /// The headers as they are now.
  var box: PacketBox
  /// Source addresses as sent, once a gateway has replaced them.
  var sentSource: ClosedRange<UInt32>?
  /// Destination addresses as sent, once a gateway has replaced them.
  var sentDestination: ClosedRange<UInt32>?

  /// The headers as they were sent.
  var sent: PacketBox {
    var box = box
    box.source = sentSource ?? box.source
    box.destination = sentDestination ?? box.destination
    return box
  }

  /// The same packets narrowed to a box, at moments that are in a guard as well.
  func narrowed(to box: PacketBox, _ guardian: Guard) -> Beam {
    var beam = self
    beam.box = box
    beam.moments = moments.and(guardian)
    return beam
  }

  /// Whether another beam's packets, at all its moments, are among these.
  func includes(_ other: Beam) -> Bool {
    box.contains(other.box) && sent.contains(other.sent)
      && moments.inForce.allSatisfy(other.moments.inForce.contains)
      && moments.notInForce.allSatisfy(other.moments.notInForce.contains)
  }
}
