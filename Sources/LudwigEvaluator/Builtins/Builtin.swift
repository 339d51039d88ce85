internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// A function of the library that is written in Swift: how far its arguments are forced before
/// it runs, and what it does.
struct Builtin: Sendable {
  /// For each argument: nil when it stays delayed, 0 for weak head normal form, else how many
  /// levels of parts are forced as well.
  let levels: [Int?]
  /// Runs it; its arguments are forced as far as `levels` says.
  let run: @Sendable (inout Machine, BuiltinCall) throws(EvaluationFailure) -> Machine.Control

  /// Makes a built-in function.
  init(
    _ levels: [Int?],
    _ run:
      @escaping @Sendable (inout Machine, BuiltinCall) throws(EvaluationFailure) ->
      Machine.Control
  ) {
    self.levels = levels
    self.run = run
  }

  /// All built-in functions by name.
  static let table: [String: Builtin] = lists.merging(texts) { $1 }
    .merging(dictionaries) { $1 }.merging(symbols) { $1 }.merging(outside) { $1 }
    .merging(values) { $1 }.merging(collections) { $1 }
    .merging(numbers) { $1 }.merging(templates) { $1 }.merging(bytes) { $1 }
    .merging(unknown) { $1 }
}

/// One call of a built-in function.
struct BuiltinCall: Sendable {
  /// The arguments.
  let arguments: [Ref]
  /// The node, for messages.
  let node: CoreID
  /// The user's place.
  let site: SourceRange?
}

extension Machine {
  /// A text argument.
  func text(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> String {
    let value = try known(call.arguments[index])
    if case .string(let text) = value { return text }
    throw unexpected(value, wanted: "A text", call.node, call.site)
  }

  /// A whole number argument.
  func number(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> Int64 {
    let value = try known(call.arguments[index])
    if case .int(let number) = value { return number }
    throw unexpected(value, wanted: "A whole number", call.node, call.site)
  }

  /// An argument with a fraction.
  func float(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> Double {
    let value = try known(call.arguments[index])
    if case .float(let number) = value { return number }
    throw unexpected(value, wanted: "A number with a fraction", call.node, call.site)
  }

  /// A truth argument.
  func truth(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> Bool {
    let value = try known(call.arguments[index])
    if case .bool(let truth) = value { return truth }
    throw unexpected(value, wanted: "A truth value", call.node, call.site)
  }

  /// A list argument, all of it known.
  func list(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> ArraySlice<Ref> {
    let value = try known(call.arguments[index])
    if case .list(let elements) = value { return elements }
    if case .pieces = value { throw branching("This", by: value, at: call.node, call.site) }
    throw unexpected(value, wanted: "A list", call.node, call.site)
  }

  /// A dictionary argument.
  func entries(
    _ call: BuiltinCall, _ index: Int
  ) throws(EvaluationFailure) -> SortedMap<String, Ref> {
    let value = try known(call.arguments[index])
    if case .dictionary(let entries) = value { return entries }
    throw unexpected(value, wanted: "A dictionary", call.node, call.site)
  }

  /// A value as an Optional of a new cell.
  mutating func optional(_ value: RuntimeValue?) -> RuntimeValue {
    guard let value else { return .none }
    return .some(heap.add(value))
  }
}
