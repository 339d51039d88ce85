internal import Canon
internal import CloudModel
internal import LudwigTypes
internal import Text

/// Stands for a text or number of the declared resource that a planner passes on unread, while its
/// application is recorded for all resources that look alike.
struct Hole: Hashable, Sendable {
  /// What becomes of the text or number on the way; what needs no decision.
  enum Change: String, Hashable, Sendable {
    /// Nothing.
    case none = ""
    /// An address block in its normal form.
    case block
    /// A number written out.
    case digits
  }

  /// The place it was seen at: the index of the look.
  let place: Int32
  /// What becomes of it.
  var change = Change.none

  /// The hole in data: a variable that no `each` binds.
  var residual: Residual {
    .path(.bound(-2 - Int(place)), change == .none ? [] : [change.rawValue])
  }

  /// A hole of a place.
  init(place: Int32, change: Change = .none) {
    self.place = place
    self.change = change
  }

  /// The hole for which a residual stands; nil where it is none.
  init?(_ residual: Residual) {
    guard case .path(.bound(let number), let path) = residual, number < -1,
      let change = Change(rawValue: path.first ?? "")
    else { return nil }
    self.init(place: Int32(truncatingIfNeeded: -2 - number), change: change)
  }

  /// What stands for the resource that was seen at a place.
  static func identity(of place: Int32) -> ResourceIdentity {
    ResourceIdentity(number: -2 - Int(place))
  }

  /// The place at which a resource was seen; nil where it is the resource itself.
  static func place(of identity: ResourceIdentity) -> Int32? {
    identity.number < -1 ? Int32(truncatingIfNeeded: -2 - identity.number) : nil
  }

  /// Stands for where the value at a place was written.
  static func site(of place: Int32) -> SourceRange {
    SourceRange(source: SourceID(index: -2 - place), lower: 0, upper: 0)
  }

  /// The place whose value was written where this says; nil where it is a site itself.
  static func place(of site: SourceRange) -> Int32? {
    site.source.index < -1 ? -2 - site.source.index : nil
  }

  /// A place of the declared resource that a value passes on; nil where there is none in it.
  static func place(in value: RuntimeValue) -> Int32? {
    switch value {
    case .hole(let hole): return hole.place
    case .residual(let residual): return place(in: residual)
    case .pieces(let pieces):
      for case .residual(let residual) in pieces {
        if let place = place(in: residual) { return place }
      }
      return nil
    case .construct(let made): return made.identity.flatMap { place(of: $0) }
    case .int, .float, .string, .bool, .list, .tuple, .record, .dictionary, .closure, .external,
      .call, .none, .some, .secret:
      return nil
    }
  }

  private static func place(in residual: Residual) -> Int32? {
    switch residual {
    case .output(let address, _): Machine.identity(of: address).flatMap { place(of: $0) }
    case .path: Hole(residual)?.place
    case .concat(let parts): place(in: parts)
    case .each(let source, _, let body): place(in: source) ?? place(in: [body])
    case .find(let source, _, let equals, _): place(in: source) ?? place(in: [equals])
    }
  }

  private static func place(in values: [Value]) -> Int32? {
    for value in values {
      let found: Int32? =
        switch value {
        case .residual(let residual): place(in: residual)
        case .list(let items): place(in: items)
        case .record(let fields): place(in: fields.values)
        case .null, .bool, .int, .string, .secret: nil
        }
      if let found { return found }
    }
    return nil
  }
}
