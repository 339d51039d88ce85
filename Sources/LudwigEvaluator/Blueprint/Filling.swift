internal import Canon
internal import CloudModel

/// Where the holes of a datum are, and what goes into them. What has no hole is not looked at when
/// they are filled, and stays shared.
indirect enum Filling: Sendable {
  /// The whole is a hole.
  case hole(Hole)
  /// An output of the resource at a place.
  case output(place: Int32)
  /// Elements of a list, by index.
  case list([(index: Int, filling: Filling)])
  /// Fields of a record, by index.
  case record([(index: Int, filling: Filling)])
  /// Parts of a text, by index.
  case concat([(index: Int, filling: Filling)])
  /// What a loop goes over, and its body.
  case each(source: Filling?, body: Filling?)
  /// What is searched, and what for.
  case find(source: Filling?, equals: Filling?)

  /// The holes of a datum; nil where it has none.
  init?(of value: Value) {
    switch value {
    case .null, .bool, .int, .string, .secret: return nil
    case .list(let items):
      guard let parts = Self.parts(items) else { return nil }
      self = .list(parts)
    case .record(let fields):
      guard let parts = Self.parts(fields.values) else { return nil }
      self = .record(parts)
    case .residual(let residual):
      guard let filling = Self(of: residual) else { return nil }
      self = filling
    }
  }

  private init?(of residual: Residual) {
    switch residual {
    case .path:
      guard let hole = Hole(residual) else { return nil }
      self = .hole(hole)
    case .output(let address, _):
      guard let place = Machine.identity(of: address).flatMap({ Hole.place(of: $0) }) else {
        return nil
      }
      self = .output(place: place)
    case .concat(let values):
      guard let parts = Self.parts(values) else { return nil }
      self = .concat(parts)
    case .each(let source, _, let body):
      let (source, body) = (Self(of: source), Self(of: body))
      if source == nil && body == nil { return nil }
      self = .each(source: source, body: body)
    case .find(let source, _, let equals, _):
      let (source, equals) = (Self(of: source), Self(of: equals))
      if source == nil && equals == nil { return nil }
      self = .find(source: source, equals: equals)
    }
  }

  private static func parts(_ values: [Value]) -> [(index: Int, filling: Filling)]? {
    let parts = values.enumerated().compactMap { index, value in
      Self(of: value).map { (index: index, filling: $0) }
    }
    return parts.isEmpty ? nil : parts
  }
}

/// What goes into the holes of one resource's lifecycle.
struct Contents {
  /// What the looks showed, by place.
  let shown: [RuntimeValue]
  /// The addresses of all resources.
  let addresses: [ResourceIdentity: ResourceAddress]
  /// Outputs that were filled in, each kept once.
  private var outputs: [(place: Int32, name: String, value: Value)] = []

  /// What looks showed.
  init(shown: [RuntimeValue], addresses: [ResourceIdentity: ResourceAddress]) {
    self.shown = shown
    self.addresses = addresses
  }

  /// The address of the resource at a place.
  func address(_ place: Int32) -> ResourceAddress {
    let identity: ResourceIdentity? =
      switch shown[Int(place)] {
      case .construct(let made): made.identity
      case .residual(.output(let placeholder, _)): Machine.identity(of: placeholder)
      case .int, .float, .string, .bool, .list, .pieces, .tuple, .record, .dictionary, .closure,
        .external, .call, .none, .some, .secret, .residual, .hole:
        nil
      }
    return identity.flatMap { addresses[$0] } ?? ResourceAddress("")
  }

  /// The datum with its holes filled.
  mutating func filled(_ value: Value, _ filling: Filling) -> Value {
    switch (value, filling) {
    case (_, .hole(let hole)): return content(hole)
    case (.list(var items), .list(let parts)):
      for part in parts { items[part.index] = filled(items[part.index], part.filling) }
      return .list(items)
    case (.record(let fields), .record(let parts)):
      var values = fields.values
      for part in parts { values[part.index] = filled(values[part.index], part.filling) }
      return .record(SortedMap(ascending: fields.keys, values))
    case (.residual(.concat(var texts)), .concat(let parts)):
      for part in parts { texts[part.index] = filled(texts[part.index], part.filling) }
      return Closing.text(joining: texts)
    case (.residual(.output(_, let name)), .output(let place)):
      return output(of: place, name)
    case (.residual(let residual), _): return .residual(filled(residual, filling))
    case (_, _): return value
    }
  }

  private mutating func output(of place: Int32, _ name: String) -> Value {
    if let known = outputs.first(where: { $0.place == place && $0.name == name }) {
      return known.value
    }
    let value = Value.residual(.output(address(place), name: name))
    outputs.append((place: place, name: name, value: value))
    return value
  }

  private mutating func filled(_ residual: Residual, _ filling: Filling) -> Residual {
    switch (residual, filling) {
    case (.output(_, let name), .output(let place)): return .output(address(place), name: name)
    case (.each(let source, let variable, let body), .each(let sourceHoles, let bodyHoles)):
      return .each(
        source: filled(source, sourceHoles), variable: variable, body: filled(body, bodyHoles))
    case (.find(let source, let key, let equals, let path), .find(let sourceHoles, let holes)):
      return .find(
        source: filled(source, sourceHoles), key: key, equals: filled(equals, holes), path: path)
    case (_, _): return residual
    }
  }

  private mutating func filled(_ value: Value, _ filling: Filling?) -> Value {
    if let filling { filled(value, filling) } else { value }
  }

  private mutating func filled(_ residual: Residual, _ filling: Filling?) -> Residual {
    if let filling { filled(residual, filling) } else { residual }
  }

  private func content(_ hole: Hole) -> Value {
    switch (shown[Int(hole.place)], hole.change) {
    case (.string(let text), .block): .string(CIDR(text)?.description ?? text)
    case (.string(let text), _): .string(text)
    case (.int(let number), .digits): .string(String(number))
    case (.int(let number), _): .int(number)
    case (_, _): .string(address(hole.place).text)
    }
  }
}
