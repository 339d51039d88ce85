internal import CloudModel

/// A path of bindings and fields from the composition.
struct AddressPath: Hashable, Comparable, Sendable {
  /// One step of a path.
  enum Segment: Hashable, Comparable, Sendable {
    /// An element of a list or tuple, from 0.
    case index(Int)
    /// A field.
    case field(String)
    /// An entry of a dictionary.
    case key(String)
  }

  /// How many statements (connections, invariants) the path leads through.
  var statements = 0
  /// How many other resources it leads through.
  var resources = 0
  /// The steps.
  var segments: [Segment] = []

  /// Paths of bindings and records come before paths through other resources, and these before
  /// paths through statements; so a name does not change when somebody refers to the resource
  /// from elsewhere. Then the shortest path is the first, then the lexicographically least.
  static func < (a: Self, b: Self) -> Bool {
    if a.statements != b.statements { return a.statements < b.statements }
    if a.resources != b.resources { return a.resources < b.resources }
    if a.segments.count != b.segments.count { return a.segments.count < b.segments.count }
    return a.segments.lexicographicallyPrecedes(b.segments)
  }

  /// The path with a step more.
  func appending(_ segment: Segment) -> AddressPath {
    var longer = self
    longer.segments.append(segment)
    return longer
  }

  /// The path as an address: `network.privateSubnets[0]`.
  var address: ResourceAddress {
    var text = ""
    for segment in segments {
      switch segment {
      case .index(let index): text += "[\(index)]"
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .key(let key): text += "[\"\(key)\"]"
      }
    }
    return ResourceAddress(text)
  }
}
