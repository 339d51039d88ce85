import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// Whether a name may be one of a module that could not be loaded, which has been reported; so
  /// nothing can be said of it.
  mutating func mayComeFromAbsent(_ name: QualifiedName) -> Bool {
    let isPartial = sheet.imports.contains { $0.qualifier.isEmpty && isAbsent($0.module) }
    if name.qualifier.isEmpty { return isPartial }
    if isPartial, modules(of: name.qualifier.map(\.text), in: current).isEmpty { return true }
    // Whoever imports it, perhaps to show it further, has had the report.
    return modules(of: name.qualifier.map(\.text), in: current).contains { entry in
      isAbsent(entry.module)
        && sheets.values.contains { $0.imports.contains { $0.module == entry.module } }
    }
  }

  /// Whether a module that somebody asked for could not be loaded.
  func isAbsent(_ module: ModuleName) -> Bool {
    sheets[module] == nil && (interfaces[module] ?? nil) == nil
  }

  /// The member of the published library that a name means where it is not built so far: how it
  /// is written here, and where.
  mutating func unbuilt(_ name: QualifiedName) -> QualifiedName? {
    let segments = name.qualifier + [name.name]
    if name.qualifier.isEmpty {
      let modules = sheet.imports.filter(\.qualifier.isEmpty).map(\.module)
      return modules.compactMap { unbuilt(segments, from: 0, in: $0) }.first
    }
    for (module, rest) in modules(of: name.qualifier.map(\.text), in: current) {
      let index = name.qualifier.count - rest.count
      if isAbsent(module), index > 0, inputs.isPublished(module.text, nil) {
        return QualifiedName(Array(segments[..<(index - 1)]), segments[index - 1])
      }
      if let found = unbuilt(segments, from: index, in: module) { return found }
    }
    return nil
  }

  /// The first segment from an index on that a module should have and has not.
  private mutating func unbuilt(
    _ segments: [Identifier], from start: Int, in module: ModuleName
  ) -> QualifiedName? {
    var owner = module.text
    for index in start..<segments.count {
      let member = segments[index].text
      guard inputs.isPublished(owner, member) else { return nil }
      if index > start || !has(member, module) {
        return QualifiedName(Array(segments[..<index]), segments[index])
      }
      owner += "." + member
    }
    return nil
  }

  private mutating func has(_ member: String, _ module: ModuleName) -> Bool {
    let shown = exports(of: module)
    return shown.types[member] != nil || shown.values[member] != nil
      || shown.constructors[member] != nil || shown.submodules[member] != nil
  }

  /// Reports a name of the published library that is not built, once a sheet.
  mutating func reportUnbuilt(_ name: QualifiedName, _ member: QualifiedName) {
    guard saidOnce[current, default: []].insert(member.text).inserted else { return }
    report(
      Diagnostic(
        "FG0209", "\(member.text) is not built yet",
        at: member.range, "used here",
        notes: ["It is part of the published library; what is done with it is not checked."],
        hint: "leave it out for now, or write what it stands for with types that are there"))
  }

  /// The full name of a type whose fields the published library names.
  func ownerName(of type: TypeRef) -> String? {
    guard case .named(let id, _) = types.arena[type] else { return nil }
    return types.constructors[Int(id.index)].name.description
  }

  /// What a callee is called in the published library: the type that it makes.
  mutating func ownerName(ofCallee text: String) -> String? {
    var segments = text.split(separator: ".").map(String.init)
    if segments.last == "new" { segments.removeLast() }
    guard let last = segments.popLast() else { return nil }
    let place = SourceRange(source: tree.source, lower: 0, upper: 0)
    let name = QualifiedName(segments.map { Identifier($0, place) }, Identifier(last, place))
    guard let type = findType(name, in: current).first else { return nil }
    return types.constructors[Int(type.index)].name.description
  }

  /// Whether a type of the published library has a field that this version's lacks.
  func isUnbuiltField(_ field: String, of owner: String) -> Bool {
    inputs.isPublished("\(owner){}", field)
  }

  /// Reports a field of the published library that is not built, once a sheet.
  mutating func reportUnbuiltField(_ name: Identifier, _ owner: String) {
    let short = owner.split(separator: ".").last.map(String.init) ?? owner
    reportOnce(
      "unbuilt \(owner).\(name.text)",
      Diagnostic(
        "FG0209", "The field \(name.text) of \(short) is not built yet",
        at: name.range, "used here",
        notes: ["It is part of the published library; AWS's own value holds where it is left out."],
        hint: "leave it out for now"))
  }

  /// Reports the fields of a record, given as an argument, that are not built so far, where they
  /// are all that does not fit.
  mutating func reportedUnbuilt(
    _ expected: TypeRef, _ found: TypeRef, _ why: Why, _ range: SourceRange
  ) -> Bool {
    guard case .argument(_, _, let callee) = why, let owner = ownerName(ofCallee: callee),
      let wanted = types.record(expected), let given = types.record(found)
    else { return false }
    let unknown = given.fields.filter { field in !wanted.fields.contains { $0.name == field.name } }
    guard !unknown.isEmpty, unknown.allSatisfy({ isUnbuiltField($0.name, of: owner) }) else {
      return false
    }
    for field in wanted.fields {
      let inner = types.argument(of: field.type, in: .optional)
      guard let other = given.fields.first(where: { $0.name == field.name }) else {
        if inner == nil { return false }
        continue
      }
      let fits = types.couldUnify(field.type, other.type)
      guard fits || inner.map({ types.couldUnify($0, other.type) }) ?? false else { return false }
    }
    for field in unknown { reportUnbuiltField(Identifier(field.name, range), owner) }
    return true
  }
}
