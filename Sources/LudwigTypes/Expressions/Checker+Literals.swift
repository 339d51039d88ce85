import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// A list whose elements have one type.
  mutating func inferList(_ elements: [ExpressionID], _ range: SourceRange) -> Typed {
    guard let first = elements.first else {
      return Typed(
        core: add(.list([]), range), type: types.builtin(.list, types.arena.variable()))
    }
    let head = infer(first)
    var parts = [head.core]
    let why = Why.sameAs("the first element", tree.range(of: first))
    let before = mismatches
    var type = head.type
    for (index, element) in elements.enumerated().dropFirst() {
      let mark = diagnostics.count
      parts.append(check(element, type, .none, why))
      // One element of another type says that one of the two is wrong, not all that follow.
      guard mismatches > before, mark < diagnostics.count else { continue }
      if index == 1, elements.count > 2, blameFirst(elements, since: mark) {
      } else if mark < diagnostics.count {
        pointAtField(of: element, like: first, since: mark)
      }
      type = types.error()
    }
    return Typed(core: add(.list(parts), range), type: types.builtin(.list, type))
  }

  /// Whether all elements but the first have one type, so that the first is the one that is wrong;
  /// reports it then in place of what has been reported of the second.
  private mutating func blameFirst(_ elements: [ExpressionID], since mark: Int) -> Bool {
    let others = elements.dropFirst().prefix(20)
    let said = diagnostics
    withdraw(since: mark)
    let found = others.map { infer($0).type }
    let areAlike = found.dropFirst().allSatisfy { types.couldUnify(found[0], $0) }
    withdraw(since: mark)
    if areAlike, let second = others.first {
      let why = Why.sameAs("the other elements", tree.range(of: second))
      _ = check(elements[0], found[0], .none, why)
      if mark < diagnostics.count {
        pointAtField(of: elements[0], like: second, since: mark)
        return true
      }
    }
    for diagnostic in said[mark...] { report(diagnostic) }
    return false
  }

  /// Where a field of a record is wrong beside that of another record, shows that one, too.
  private mutating func pointAtField(
    of record: ExpressionID, like other: ExpressionID, since mark: Int
  ) {
    guard case .record(let fields) = tree[record], case .record(let others) = tree[other] else {
      return
    }
    for index in diagnostics.indices[mark...] where diagnostics[index].code == "FG0210" {
      let old = diagnostics[index]
      guard let place = old.labels.first?.range,
        let field = fields.first(where: { tree.range(of: $0.value) == place }),
        let twin = others.first(where: { $0.name.text == field.name.text })
      else { continue }
      let label = DiagnosticLabel(
        tree.range(of: twin.value), "another element has this here", isPrimary: false)
      diagnostics[index] = Diagnostic(
        old.code, old.headline, severity: old.severity, labels: old.labels + [label],
        notes: old.notes, hint: old.hint, fix: old.fix)
    }
  }

  /// A tuple.
  mutating func inferTuple(_ elements: [ExpressionID], _ range: SourceRange) -> Typed {
    let parts = elements.map { infer($0) }
    return Typed(
      core: add(.tuple(parts.map(\.core)), range),
      type: types.arena.add(.tuple(parts.map(\.type))))
  }

  /// A record of exactly these fields.
  mutating func inferRecord(_ fields: [RecordField], _ range: SourceRange) -> Typed {
    var cores: [CoreField] = []
    var parts: [TypeField] = []
    var names = NameSet()
    for field in fields {
      let value = infer(field.value)
      if !names.insert(field.name.text) {
        reportRepeatedField(field.name, in: hasRoom ? fields.map(\.name) : [])
        continue
      }
      cores.append(CoreField(name: field.name.text, value: value.core))
      parts.append(TypeField(name: field.name.text, type: value.type))
    }
    let type = types.arena.add(.record(parts.sorted { $0.name < $1.name }, rest: nil))
    return Typed(core: add(.record(cores), range), type: type)
  }

  /// A dictionary whose values have one type.
  mutating func inferDictionary(_ entries: [DictionaryEntry], _ range: SourceRange) -> Typed {
    let element = types.arena.variable()
    let core = dictionary(entries, element, .none, range)
    return Typed(core: core, type: types.builtin(.dictionary, element))
  }

  /// A dictionary of values of a known type.
  mutating func dictionary(
    _ entries: [DictionaryEntry], _ element: TypeRef, _ mode: Coercion, _ range: SourceRange
  ) -> CoreID {
    var out: [CoreEntry] = []
    var keys = NameSet()
    for entry in entries {
      let value = check(entry.value, element, mode, .element)
      if !keys.insert(entry.key.text) {
        reportRepeatedField(entry.key, in: hasRoom ? entries.map(\.key) : [])
        continue
      }
      out.append(CoreEntry(key: entry.key.text, value: value))
    }
    return add(.dictionary(out), range)
  }

  /// A record literal where a record type is wanted; nil where something else is.
  mutating func checkRecord(
    _ fields: [RecordField], _ expected: TypeRef, _ mode: Coercion, _ why: Why,
    _ range: SourceRange
  ) -> CoreID? {
    guard let wanted = types.record(expected) else { return nil }
    var cores: [CoreField] = []
    var further: [TypeField] = []
    var given = NameSet()
    for field in fields {
      let name = field.name.text
      if !given.insert(name) {
        reportRepeatedField(field.name, in: hasRoom ? fields.map(\.name) : [])
        continue
      }
      if let known = wanted.fields.field(named: name) {
        let value = check(field.value, known.type, mode.withinRecord, .field(field.name))
        cores.append(CoreField(name: name, value: value))
      } else {
        let value = infer(field.value)
        cores.append(CoreField(name: name, value: value.core))
        if wanted.rest == nil {
          reportExtraField(field.name, wanted.fields.map(\.name), given: fields, why)
        }
        further.append(TypeField(name: name, type: value.type))
      }
    }
    if let rest = wanted.rest {
      let row = types.arena.add(.record(further.sorted { $0.name < $1.name }, rest: nil))
      _ = types.unify(rest, row)
    }
    var missing: [String] = []
    for field in wanted.fields where !given.contains(field.name) {
      if case .error = types.arena[field.type] {
        cores.append(CoreField(name: field.name, value: add(.invalid, range)))
      } else if mode.pads, types.argument(of: field.type, in: .optional) != nil {
        cores.append(CoreField(name: field.name, value: add(.none, range)))
      } else {
        missing.append(field.name)
      }
    }
    if !missing.isEmpty && (further.isEmpty || wanted.rest != nil) {
      reportMissingFields(missing, range, why)
    }
    return add(.record(cores), range)
  }
}
