import Canon
import CloudModel

/// What EC2 describes: found by identifier, filtered, listed page by page.
protocol Described: AccountEntity {
  /// The error code where an identifier names nothing.
  static var notFoundCode: String { get }
  /// AWS's word for it in messages: `vpc ID`.
  static var noun: String { get }
  /// The texts that a filter of this name is matched against; nil where EC2 has no such filter.
  func values(ofFilter name: String, in account: AccountState) -> [String]?
  /// Itself as a describe call shows it.
  func value(in account: AccountState) -> Value
  /// Its tags.
  var tags: Tags { get set }
}

extension Turn {
  /// The entity of an identifier.
  func find<E: Described>(_ type: E.Type, _ id: String) throws(CallError) -> E {
    guard let entity = account[keyPath: E.rows][id] else {
      throw CallError(E.notFoundCode, "The \(E.noun) '\(id)' does not exist")
    }
    return entity
  }

  /// Those that a describe call's identifiers and filters select, in order of identifier.
  func select<E: Described>(_ type: E.Type, ids parameter: String) throws(CallError) -> [E] {
    let filters = try Filter.read(parameters)
    let ids = try parameters.texts(parameter)
    var out: [E] = []
    if !ids.isEmpty {
      for id in ids.sorted() {
        let entity = try find(type, id)
        if try filters.accept(entity, in: account) { out.append(entity) }
      }
      return out
    }
    if let marks = filters.lazy.compactMap(\.marks).first {
      var found: [String: E] = [:]
      for mark in marks {
        for entity in account[keyPath: E.rows].rows(marked: mark) { found[entity.rowID] = entity }
      }
      for (_, entity) in found.sorted(by: { $0.key < $1.key })
      where try filters.accept(entity, in: account) { out.append(entity) }
      return out
    }
    for entity in account[keyPath: E.rows].values
    where try filters.accept(entity, in: account) { out.append(entity) }
    return out
  }

  /// Answers a describe call: the selected entities under the member's name, page by page.
  func describe<E: Described>(
    _ type: E.Type, ids parameter: String, as member: String
  ) throws(CallError) -> Value {
    let selected = try select(type, ids: parameter)
    let (page, token) = try pageOf(selected, ids: parameter) { $0.rowID }
    let items = page.map { $0.value(in: account) }
    return .fields([(member, .list(items)), ("NextToken", token.map(Value.string) ?? .null)])
  }

  /// The part of a list that `MaxResults` and `NextToken` ask for. A token names the last item of
  /// the page before, so that lists that change between pages lose and repeat nothing else.
  func pageOf<E>(
    _ items: [E], ids parameter: String, sizes: ClosedRange<Int> = 5...1000, key: (E) -> String
  ) throws(CallError) -> ([E], String?) {
    var rest = items[...]
    if let token = try parameters.text("NextToken") {
      guard token.hasPrefix("after:") else {
        throw CallError("InvalidNextToken", "The token '\(token)' is invalid.")
      }
      let last = token.dropFirst(6)
      rest = rest.drop { key($0) <= last }
    }
    guard let limit = try parameters.number("MaxResults") else { return (Array(rest), nil) }
    guard sizes.contains(limit) else {
      throw parameters.invalid("maxResults", String(limit), "Expecting \(sizes).")
    }
    guard try parameters.texts(parameter).isEmpty else {
      throw CallError(
        "InvalidParameterCombination",
        "The parameter \(parameter) cannot be used with the parameter maxResults")
    }
    let page = Array(rest.prefix(limit))
    guard rest.count > limit, let last = page.last else { return (page, nil) }
    return (page, "after:" + key(last))
  }
}

/// The filters of a describe call; an item must satisfy each, by any of its values.
struct Filter {
  private let name: String
  private let exact: Set<String>
  private let patterns: [String]

  /// Reads the parameter `Filters`.
  static func read(_ parameters: Parameters) throws(CallError) -> [Filter] {
    var out: [Filter] = []
    for part in try parameters.parts("Filters") {
      let values = try part.texts("Values")
      guard values.count <= 200 else {
        throw CallError("FilterLimitExceeded", "The maximum number of filter values is 200.")
      }
      out.append(Filter(name: try part.need("Name"), values: values))
    }
    return out
  }

  private init(name: String, values: [String]) {
    self.name = name
    let isPattern = { (text: String) in text.contains("*") || text.contains("?") }
    exact = Set(values.filter { !isPattern($0) })
    patterns = values.filter(isPattern)
  }

  /// The marks of which a row must bear one to satisfy it; nil where that cannot be said.
  var marks: Set<String>? {
    name == "tag:" + Tags.recognition && patterns.isEmpty ? exact : nil
  }

  /// Whether an entity satisfies it.
  func accepts<E: Described>(_ entity: E, in account: AccountState) throws(CallError) -> Bool {
    guard let values = texts(entity, account) else {
      throw CallError("InvalidParameterValue", "The filter '\(name)' is invalid")
    }
    return values.contains { value in
      exact.contains(value) || patterns.contains { matches(value, $0) }
    }
  }

  private func texts<E: Described>(_ entity: E, _ account: AccountState) -> [String]? {
    if name.hasPrefix("tag:") { return entity.tags[String(name.dropFirst(4))].map { [$0] } ?? [] }
    switch name {
    case "tag-key": return entity.tags.keys
    case "owner-id": return [account.accountID]
    default: return entity.values(ofFilter: name, in: account)
    }
  }
}

extension [Filter] {
  /// Whether an entity satisfies all of them.
  fileprivate func accept<E: Described>(
    _ entity: E, in account: AccountState
  ) throws(CallError) -> Bool {
    for filter in self where try !filter.accepts(entity, in: account) { return false }
    return true
  }
}

/// Whether a text fits a pattern, in which `*` stands for any text and `?` for one character.
func matches(_ text: String, _ pattern: String) -> Bool {
  let text = Array(text.unicodeScalars)
  let pattern = Array(pattern.unicodeScalars)
  var (at, star, mark, here) = (0, -1, 0, 0)
  while here < text.count {
    if at < pattern.count, pattern[at] == "*" {
      star = at
      mark = here
      at += 1
    } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[here] {
      at += 1
      here += 1
    } else if star >= 0 {
      at = star + 1
      mark += 1
      here = mark
    } else {
      return false
    }
  }
  return pattern[at...].allSatisfy { $0 == "*" }
}

extension Value {
  /// A record without the fields that are null.
  static func fields(_ pairs: [(String, Value)]) -> Value {
    .record(SortedMap(pairs.filter { $0.1 != .null }))
  }

  /// A text, or nothing.
  static func optional(_ text: String?) -> Value { text.map(Value.string) ?? .null }
}
