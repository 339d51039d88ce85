import OrderedCollections

/// Whether patterns cover all values, and which one they do not. Source: Maranget, "Warnings for
/// pattern matching", 2007.
struct Exhaustiveness {
  /// Constructors, to know the siblings of one.
  let program: CheckedProgram
  /// Steps that are left; when they run out the question counts as unanswered.
  var fuel = 50_000
  private var depth = 0
  /// Whether the steps ran out.
  var isExhausted: Bool { fuel <= 0 }

  init(program: CheckedProgram) { self.program = program }

  /// What a value can begin with.
  private enum Head: Hashable {
    case literal(CoreLiteral)
    case tuple(Int)
    case record([String])
    case list(Int)
    case constructor(ConstructorID, hasPayload: Bool)
    case absent
    case present
  }

  /// A value that no row matches, as one pattern a column; nil where each value is matched.
  mutating func witness(_ rows: [[CorePattern]], columns: Int) -> [CorePattern]? {
    guard enter(rows) else { return nil }
    defer { depth -= 1 }
    guard columns > 0 else { return rows.isEmpty ? [] : nil }
    let heads = heads(of: rows)
    let missing = missingHead(heads)
    if missing == nil {
      let groups = groups(of: rows, by: heads)
      for (head, group) in zip(heads, groups) {
        let size = arity(head)
        let inner = group.compactMap { specialize(rows[$0], head) }
        if let found = witness(inner, columns: size + columns - 1) {
          return [rebuilt(head, Array(found.prefix(size)))] + found.dropFirst(size)
        }
      }
      return nil
    }
    let rest = rows.compactMap { row -> [CorePattern]? in
      isIrrefutable(row[0]) ? Array(row.dropFirst()) : nil
    }
    guard let found = witness(rest, columns: columns - 1) else { return nil }
    return [missing ?? .wildcard] + found
  }

  /// Takes a step down; false where there is no room or no fuel for it.
  private mutating func enter(_ rows: [[CorePattern]]) -> Bool {
    fuel -= 1 + rows.count
    if depth >= 400 { fuel = 0 }
    if fuel <= 0 { return false }
    depth += 1
    return true
  }

  /// Whether each value that a pattern matches is matched by a row.
  mutating func isCovered(_ pattern: CorePattern, by rows: [[CorePattern]]) -> Bool {
    !isUseful([pattern], rows) && !isExhausted
  }

  private mutating func isUseful(_ row: [CorePattern], _ rows: [[CorePattern]]) -> Bool {
    guard enter(rows) else { return true }
    defer { depth -= 1 }
    guard let first = row.first else { return rows.isEmpty }
    let all = heads(of: rows + [row])
    if isIrrefutable(first) {
      if missingHead(all) == nil {
        return all.contains { head in
          isUseful(specialize(row, head) ?? [], rows.compactMap { specialize($0, head) })
        }
      }
      let rest = rows.filter { isIrrefutable($0[0]) }.map { Array($0.dropFirst()) }
      return isUseful(Array(row.dropFirst()), rest)
    }
    guard let head = all.first(where: { specialize([first], $0) != nil }),
      let inner = specialize(row, head)
    else { return true }
    return isUseful(inner, rows.compactMap { specialize($0, head) })
  }

  private func heads(of rows: [[CorePattern]]) -> [Head] {
    var fields: Set<String> = []
    for row in rows {
      if case .record(let patterns) = row[0] { fields.formUnion(patterns.map(\.name)) }
    }
    let names = fields.sorted()
    var seen: Set<Head> = []
    var out: [Head] = []
    for row in rows {
      guard let head = head(of: row[0], fields: names), seen.insert(head).inserted
      else { continue }
      out.append(head)
    }
    return out
  }

  /// For each head the rows that may match it, in order.
  private func groups(of rows: [[CorePattern]], by heads: [Head]) -> [[Int]] {
    var out: [[Int]] = Array(repeating: [], count: heads.count)
    var places: [Head: Int] = [:]
    for (place, head) in heads.enumerated() { places[head] = place }
    var names: [String] = []
    if case .record(let fields)? = heads.first { names = fields }
    for (index, row) in rows.enumerated() {
      if let head = head(of: row[0], fields: names) {
        if let place = places[head] { out[place].append(index) }
      } else {
        for place in out.indices { out[place].append(index) }
      }
    }
    return out
  }

  private func head(of pattern: CorePattern, fields: [String]) -> Head? {
    switch pattern {
    case .wildcard, .bind: nil
    case .literal(let value): .literal(value)
    case .tuple(let parts): .tuple(parts.count)
    case .record: .record(fields)
    case .list(let parts): .list(parts.count)
    case .construct(let id, let inner): .constructor(id, hasPayload: inner != nil)
    case .none: .absent
    case .some: .present
    }
  }

  /// A value's beginning that is not among those seen; nil where all are there.
  private func missingHead(_ heads: [Head]) -> CorePattern? {
    guard let first = heads.first else { return .wildcard }
    switch first {
    case .tuple, .record: return nil
    case .absent, .present:
      if !heads.contains(.absent) { return CorePattern.none }
      return heads.contains(.present) ? nil : CorePattern.some(.wildcard)
    case .literal(.bool(let value)):
      let other = CoreLiteral.bool(!value)
      return heads.contains(.literal(other)) ? nil : .literal(other)
    case .literal: return .wildcard
    case .list:
      // The shortest length that no row has; longer ones are missing, too.
      let known = Set(heads)
      var count = 0
      while known.contains(.list(count)) { count += 1 }
      return .list(Array(repeating: .wildcard, count: count))
    case .constructor(let id, _):
      let siblings = program.types[program[id].type]?.constructors ?? [id]
      var known: Set<ConstructorID> = []
      for case .constructor(let id, _) in heads { known.insert(id) }
      let missing = siblings.first { !known.contains($0) }
      return missing.map { .construct($0, program[$0].hasPayload ? .wildcard : nil) }
    }
  }

  private func arity(_ head: Head) -> Int {
    switch head {
    case .literal, .absent: 0
    case .tuple(let count), .list(let count): count
    case .record(let fields): fields.count
    case .constructor(_, let hasPayload): hasPayload ? 1 : 0
    case .present: 1
    }
  }

  private func specialize(_ row: [CorePattern], _ head: Head) -> [CorePattern]? {
    let rest = row.dropFirst()
    switch (row[0], head) {
    case (.wildcard, _), (.bind, _):
      return Array(repeating: .wildcard, count: arity(head)) + rest
    case (.literal(let a), .literal(let b)): return a == b ? Array(rest) : nil
    case (.tuple(let parts), .tuple(let count)): return parts.count == count ? parts + rest : nil
    case (.list(let parts), .list(let count)): return parts.count == count ? parts + rest : nil
    case (.record(let patterns), .record(let fields)):
      return fields.map { name in patterns.first { $0.name == name }?.pattern ?? .wildcard } + rest
    case (.construct(let a, let inner), .constructor(let b, _)):
      return a == b ? (inner.map { [$0] } ?? []) + rest : nil
    case (.none, .absent): return Array(rest)
    case (.some(let inner), .present): return [inner] + rest
    case (.literal, _), (.tuple, _), (.list, _), (.record, _), (.construct, _), (.none, _),
      (.some, _):
      return nil
    }
  }

  private func rebuilt(_ head: Head, _ parts: [CorePattern]) -> CorePattern {
    switch head {
    case .literal(let value): .literal(value)
    case .tuple: .tuple(parts)
    case .list: .list(parts)
    case .record(let fields):
      .record(zip(fields, parts).map { CoreFieldPattern(name: $0, pattern: $1) })
    case .constructor(let id, _): .construct(id, parts.first)
    case .absent: CorePattern.none
    case .present: CorePattern.some(parts.first ?? .wildcard)
    }
  }

  private func isIrrefutable(_ pattern: CorePattern) -> Bool {
    switch pattern {
    case .wildcard, .bind: true
    case .literal, .tuple, .record, .list, .construct, .none, .some: false
    }
  }

  /// A pattern as people write it.
  func describe(_ pattern: CorePattern) -> String {
    switch pattern {
    case .wildcard, .bind: return "_"
    case .literal(.int(let value)): return "\(value)"
    case .literal(.float(let value)): return "\(value)"
    case .literal(.string(let value)): return "\"\(value)\""
    case .literal(.bool(let value)): return value ? "True" : "False"
    case .tuple(let parts): return "(" + parts.map(describe).joined(separator: ", ") + ")"
    case .list(let parts): return "[" + parts.map(describe).joined(separator: ", ") + "]"
    case .record(let fields):
      let shown = fields.filter { !isIrrefutable($0.pattern) }
      if shown.isEmpty { return "_" }
      return "{" + shown.map { "\($0.name): \(describe($0.pattern))" }.joined(separator: ", ") + "}"
    case .construct(let id, let inner):
      return program[id].name + (inner.map { " " + describe($0) } ?? "")
    case .none: return "None"
    case .some(let inner): return "Optional " + describe(inner)
    }
  }
}
