/// What stands at one place of a message, ready for reading and writing.
///
/// A class, since readers and writers go through thousands a message: a copy of a structure with
/// that many parts would cost more than what is read.
final class WireNode: Sendable {
  /// What it is made of.
  enum Kind: Sendable {
    case structure, list, map, string, integer, float, boolean, blob, timestamp, document
  }

  /// What it is made of.
  let kind: Kind
  /// AWS's name of the shape; that of the type for a bare scalar.
  let name: String
  /// A structure's members; a list's element; a map's key and value.
  let members: [WireMember]
  /// The places of a structure's members in order of their names, as `Value` has them.
  let order: [Int]
  /// For each member where it stands in that order.
  let ranks: [Int]
  /// The place of the member that is the body.
  let payload: Int?
  /// Whether it is a stream of events, which nothing here reads or writes.
  let isEventStream: Bool
  /// A 32-bit fraction, which CBOR writes shorter.
  let isSingle: Bool
  /// Whether a member is an attribute in XML.
  let hasAttributes: Bool
  /// The members by their names in objects.
  let names: NameTable
  /// The members by the names of their elements in XML.
  let elementNames: NameTable
  /// The members by their names in forms.
  let formNames: NameTable
  /// The members by their names in EC2's forms.
  let ec2FormNames: NameTable

  /// Makes a node; of a structure with the members in the model's order.
  init(
    kind: Kind, name: String, members: [WireMember] = [], payload: Int? = nil,
    isEventStream: Bool = false, isSingle: Bool = false
  ) {
    self.kind = kind
    self.name = name
    self.members = members
    self.payload = payload
    self.isEventStream = isEventStream
    self.isSingle = isSingle
    let order =
      kind == .structure
      ? members.indices.sorted { members[$0].name < members[$1].name } : []
    var ranks = order
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    self.order = order
    self.ranks = ranks
    hasAttributes = members.contains { $0.isXMLAttribute }
    let all = kind == .structure ? Array(members.indices) : []
    names = NameTable(all.map { (members[$0].bytes, $0) })
    formNames = NameTable(
      all.flatMap { place in
        let member = members[place]
        return (member.elementBytes.map { [($0, place)] } ?? []) + [(member.bytes, place)]
      })
    ec2FormNames = NameTable(
      all.map { (Array(WireQueryName.request(members[$0], isEC2: true).utf8), $0) })
    let elements = all.filter { members[$0].location == .body && !members[$0].isXMLAttribute }
    elementNames = NameTable(
      elements.flatMap { place in
        let member = members[place]
        return (member.elementBytes.map { [($0, place)] } ?? []) + [(member.bytes, place)]
      })
  }
}

/// A member of a structure, the element of a list, or a map's key or value.
final class WireMember: Sendable {
  /// What may be said of a member beside its name and place.
  struct Traits: Sendable {
    var isRequired = false
    var isFlattened = false
    var isXMLAttribute = false
    var isJSONValue = false
    var isHostLabel = false
    var timeFormat: WireTimeFormat?
    var xmlNamespace: String?
    var xmlNamespacePrefix: String?
  }

  /// AWS's name; empty for elements, keys and values.
  let name: String
  /// Its place in the arena.
  let node: Int
  /// The name that the model gives it on the wire; nil where it gives none.
  let explicitName: String?
  /// Its name in EC2's queries, where that is given.
  let queryName: String?
  /// The bytes of its name on the wire.
  let bytes: [UInt8]
  /// The bytes of the name that the elements of a flattened list have in answers.
  let elementBytes: [UInt8]?
  /// Its name in forms, encoded.
  let formBytes: [UInt8]
  /// Its name in EC2's forms, encoded.
  let ec2FormBytes: [UInt8]
  /// Where it travels.
  let location: WireLocation
  /// What else is said of it.
  private let traits: Traits

  /// Makes a member.
  init(
    name: String, node: Int, explicitName: String? = nil, queryName: String? = nil,
    elementName: String? = nil, location: WireLocation = .body, _ traits: Traits = Traits()
  ) {
    self.name = name
    self.node = node
    self.explicitName = explicitName
    self.queryName = queryName
    bytes = Array((explicitName ?? name).utf8)
    formBytes = Array(PercentText.encoded(explicitName ?? name).utf8)
    let ec2 = queryName ?? explicitName.map(WireQueryName.capitalised) ?? name
    ec2FormBytes = Array(PercentText.encoded(ec2).utf8)
    elementBytes = elementName.map { Array($0.utf8) }
    self.location = location
    self.traits = traits
  }

  var isRequired: Bool { traits.isRequired }
  var isFlattened: Bool { traits.isFlattened }
  var isXMLAttribute: Bool { traits.isXMLAttribute }
  var isJSONValue: Bool { traits.isJSONValue }
  var isHostLabel: Bool { traits.isHostLabel }
  var timeFormat: WireTimeFormat? { traits.timeFormat }
  var xmlNamespace: String? { traits.xmlNamespace }
  var xmlNamespacePrefix: String? { traits.xmlNamespacePrefix }

  /// Its name on the wire.
  var wireName: String { explicitName ?? name }
}

/// Where a member travels.
enum WireLocation: String, Sendable {
  case body
  case header
  case headers
  case uri
  case querystring
  case statusCode
}

/// The forms of moments.
enum WireTimeFormat: String, Sendable {
  case iso8601
  case rfc822
  case unixTimestamp
}
