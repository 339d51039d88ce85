internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import OrderedCollections
internal import Text

/// Reading library values whose shape the library's own types guarantee.
extension Machine {
  /// The fields of a record, or of the record that a constructor holds.
  mutating func fields(
    _ ref: Ref, _ what: String
  ) throws(EvaluationFailure) -> SortedMap<String, Ref> {
    var value = try force(ref)
    if case .construct(let constructed) = value, let payload = constructed.payload {
      value = try force(payload)
    }
    guard case .record(let record) = value else {
      throw unexpected(value, wanted: what, nil, Self.site(of: value))
    }
    return record.fields
  }

  /// A field that must be there.
  func field(
    _ name: String, of fields: SortedMap<String, Ref>
  ) throws(EvaluationFailure) -> Ref {
    if let ref = fields[name] { return ref }
    throw failure("FG0313", "A planner's value lacks the field '\(name)'", at: nil)
  }

  /// The constructor's name and what it holds.
  mutating func constructed(
    _ ref: Ref, _ what: String
  ) throws(EvaluationFailure) -> (name: String, value: ConstructedValue) {
    let value = try force(ref)
    guard case .construct(let constructed) = value else {
      throw unexpected(value, wanted: what, nil, Self.site(of: value))
    }
    return (name: program[constructed.constructor].name, value: constructed)
  }

  /// The elements of a list, all of them known.
  mutating func elements(_ ref: Ref) throws(EvaluationFailure) -> ArraySlice<Ref> {
    let value = try force(ref)
    if case .list(let elements) = value { return elements }
    throw unexpected(value, wanted: "A list", nil, nil)
  }

  /// A text.
  mutating func text(_ ref: Ref) throws(EvaluationFailure) -> String {
    let value = try force(ref)
    if case .string(let text) = value { return text }
    throw unexpected(value, wanted: "A text", nil, nil)
  }

  /// A list of texts.
  mutating func texts(_ ref: Ref) throws(EvaluationFailure) -> [String] {
    var out: [String] = []
    for element in try elements(ref) { out.append(try text(element)) }
    return out
  }

  /// A whole number.
  mutating func number(_ ref: Ref) throws(EvaluationFailure) -> Int64 {
    let value = try force(ref)
    if case .int(let number) = value { return number }
    throw unexpected(value, wanted: "A whole number", nil, nil)
  }

  /// A truth value.
  mutating func truth(_ ref: Ref) throws(EvaluationFailure) -> Bool {
    let value = try force(ref)
    if case .bool(let truth) = value { return truth }
    throw unexpected(value, wanted: "A truth value", nil, nil)
  }

  /// A path from a symbol.
  mutating func path(_ ref: Ref) throws(EvaluationFailure) -> [String] {
    let value = try force(ref)
    if case .residual(.path(_, let path)) = value { return path }
    throw failure(
      "FG0313", "A path into a reply or an item is wanted, and this is \(value.kindName)",
      at: Self.site(of: value))
  }
}
