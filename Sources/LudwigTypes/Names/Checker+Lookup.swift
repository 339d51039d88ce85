import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// What a name may mean in a module's scope, each meaning once: its own declarations first,
  /// then unqualified imports; or what the qualifier's modules show.
  mutating func find<Entity: Hashable>(
    _ name: QualifiedName, in module: ModuleName, _ part: KeyPath<Exports, [String: Entity]>
  ) -> [Entity] {
    let text = name.name.text
    guard let sheet = sheets[module] else { return [] }
    if name.qualifier.isEmpty {
      if let own = sheet.own[keyPath: part][text] { return [own] }
      var out: [Entity] = []
      for entry in sheet.imports where entry.qualifier.isEmpty {
        if let found = exports(of: entry.module)[keyPath: part][text], !out.contains(found) {
          out.append(found)
        }
      }
      return out
    }
    var out: [Entity] = []
    for (target, rest) in modules(of: name.qualifier.map(\.text), in: module) where rest.isEmpty {
      if let found = exports(of: target)[keyPath: part][text], !out.contains(found) {
        out.append(found)
      }
    }
    return out
  }

  /// Whether some sheet declares an operator of a name, so that it is worth looking for.
  func isOperatorName(_ name: QualifiedName) -> Bool { operatorNames.contains(name.name.text) }

  /// The operator that a name means in a position.
  mutating func findOperator(
    _ name: QualifiedName, _ isPrefix: Bool, in module: ModuleName
  ) -> OperatorReference? {
    guard isOperatorName(name) else { return nil }
    let key = Exports.operatorKey(name.name.text, isPrefix: isPrefix)
    let keyed = QualifiedName(name.qualifier, Identifier(key, name.name.range))
    return find(keyed, in: module, \.operators).first
  }

  /// The modules that a qualifier may stand for, with the segments that are left over (a type).
  mutating func modules(
    of qualifier: [String], in module: ModuleName
  ) -> [(module: ModuleName, rest: [String])] {
    guard let sheet = sheets[module] else { return [] }
    // No module's name has so many parts.
    for count in stride(from: min(qualifier.count, 64), to: 0, by: -1) {
      let head = qualifier.prefix(count).joined(separator: ".")
      var found = sheet.imports.filter { $0.qualifier == head }.map(\.module)
      for entry in sheet.imports where entry.qualifier.isEmpty {
        if let sub = exports(of: entry.module).submodules[head] { found.append(sub) }
      }
      if found.isEmpty {
        found = inputs.implicitModules.filter { $0.qualifier == head }.map(\.module)
      }
      if found.isEmpty, interfaces[ModuleName(head)] ?? nil != nil { found = [ModuleName(head)] }
      if !found.isEmpty {
        return found.map { descend($0, Array(qualifier.dropFirst(count))) }
      }
    }
    return []
  }

  private mutating func descend(
    _ start: ModuleName, _ path: [String]
  ) -> (module: ModuleName, rest: [String]) {
    var module = start
    var rest = path
    search: while !rest.isEmpty {
      let submodules = exports(of: module).submodules
      for count in stride(from: min(rest.count, 64), to: 0, by: -1) {
        if let next = submodules[rest.prefix(count).joined(separator: ".")] {
          module = next
          rest.removeFirst(count)
          continue search
        }
      }
      break
    }
    return (module, rest)
  }

  /// What a constructor's name may mean; a type may qualify it.
  mutating func findConstructor(
    _ name: QualifiedName, in module: ModuleName
  ) -> [ConstructorReference] {
    let direct = find(name, in: module, \.constructors)
    if !direct.isEmpty { return direct }
    let text = name.name.text
    if name.qualifier.isEmpty {
      for type in [BuiltinType.bool, .optional] {
        if let entry = constructors(of: type.id).first(where: { $0.0 == text }) { return [entry.1] }
      }
      return []
    }
    if name.qualifier.count >= 1, let type = name.qualifier.last {
      let typeName = QualifiedName(Array(name.qualifier.dropLast()), type)
      for id in findType(typeName, in: module) {
        if let entry = visibleConstructor(text, of: id, from: typeName, in: module) {
          return [entry]
        }
      }
    }
    for (target, rest) in modules(of: name.qualifier.map(\.text), in: module) where rest.isEmpty {
      if let known = interfaces[target], known?.function(text) != nil {
        return [.external(GlobalName(module: target, name: text))]
      }
    }
    return []
  }

  /// A constructor of a type that is not opaque here.
  private mutating func visibleConstructor(
    _ text: String, of type: TypeConstructorID, from name: QualifiedName, in module: ModuleName
  ) -> ConstructorReference? {
    guard let entry = constructors(of: type).first(where: { $0.0 == text })?.1 else { return nil }
    guard case .declared(let id) = entry else { return entry }
    let sibling = QualifiedName(name.qualifier, Identifier(text, name.name.range))
    if find(sibling, in: module, \.constructors).contains(entry) { return entry }
    return program[id].type.module == module ? entry : nil
  }

  /// What a type's name may mean.
  mutating func findType(_ name: QualifiedName, in module: ModuleName) -> [TypeConstructorID] {
    let found = find(name, in: module, \.types)
    if !found.isEmpty { return found }
    if name.qualifier.isEmpty {
      // A module in scope by its name brings the type of that name along: `Validation`.
      let implicit = inputs.implicitModules.first { $0.qualifier == name.name.text }?.module
      if let type = implicit.flatMap({ exports(of: $0).types[name.name.text] }) { return [type] }
      return BuiltinType.allCases.filter { $0.name == name.name.text }.map(\.id)
    }
    // A module's own type may be meant by the module's name: `EC2.IpPermission.Target`.
    let whole = name.qualifier.map(\.text) + [name.name.text]
    for (target, rest) in modules(of: whole, in: module) where rest.isEmpty {
      if let type = exports(of: target).types[name.name.text] { return [type] }
    }
    for (target, rest) in modules(of: name.qualifier.map(\.text), in: module) where rest.isEmpty {
      if let known = interfaces[target], known?.record(name.name.text) != nil,
        case .named(let id, _) = types.arena[
          types.shape(name.name.text, of: target, isReply: false)]
      {
        return [id]
      }
    }
    return []
  }
}
