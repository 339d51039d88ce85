extension PacketBox {
  /// Every header.
  package static let all = PacketBox(
    source: 0...(.max), destination: 0...(.max), transport: 0...(.max),
    sourcePorts: 0...(.max), destinationPorts: 0...(.max))

  /// Headers in both; nil where there are none.
  package func intersection(_ other: PacketBox) -> PacketBox? {
    guard let source = common(source, other.source),
      let destination = common(destination, other.destination),
      let transport = common(transport, other.transport),
      let sourcePorts = common(sourcePorts, other.sourcePorts),
      let destinationPorts = common(destinationPorts, other.destinationPorts)
    else { return nil }
    return PacketBox(
      source: source, destination: destination, transport: transport, sourcePorts: sourcePorts,
      destinationPorts: destinationPorts)
  }

  /// Headers in this box and not in another, as disjoint boxes, at most ten.
  package func minus(_ other: PacketBox) -> [PacketBox] {
    guard let inner = intersection(other) else { return [self] }
    var out: [PacketBox] = []
    var rest = self
    func cut<Bound>(
      _ field: WritableKeyPath<PacketBox, ClosedRange<Bound>>
    ) where Bound: FixedWidthInteger {
      let (whole, part) = (rest[keyPath: field], inner[keyPath: field])
      if whole.lowerBound < part.lowerBound {
        var piece = rest
        piece[keyPath: field] = whole.lowerBound...(part.lowerBound - 1)
        out.append(piece)
      }
      if part.upperBound < whole.upperBound {
        var piece = rest
        piece[keyPath: field] = (part.upperBound + 1)...whole.upperBound
        out.append(piece)
      }
      rest[keyPath: field] = part
    }
    cut(\.source)
    cut(\.destination)
    cut(\.transport)
    cut(\.sourcePorts)
    cut(\.destinationPorts)
    return out
  }

  /// Whether every header of another box is in this one.
  package func contains(_ other: PacketBox) -> Bool { intersection(other) == other }
}

private func common<Bound>(
  _ a: ClosedRange<Bound>, _ b: ClosedRange<Bound>
) -> ClosedRange<Bound>? {
  let (lower, upper) = (max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
  return lower <= upper ? lower...upper : nil
}
