import Diagnostics
import LudwigSyntax
import OrderedCollections
import Text

extension Checker {
  /// A full application. The wanted type, where there is one, helps to choose type variables
  /// before arguments are looked at.
  mutating func call(
    _ callee: ExpressionID, _ arguments: [ExpressionID], _ wanted: TypeRef?, _ range: SourceRange
  ) -> Typed {
    if case .constructor(let name) = tree[callee] {
      return construct(name, arguments, wanted, range)
    }
    if case .name(let name) = tree[callee], name.qualifier.isEmpty, isFree(name) {
      if name.text == "error" { return stop(arguments, range) }
      if name.text == "builtin" { return builtin(name.name, arguments, range) }
    }
    let function = infer(callee)
    settle()
    switch types.arena[function.type] {
    case .function(let parameters, let result):
      guard parameters.count == arguments.count else {
        let before = diagnostics.count
        for argument in arguments { _ = infer(argument) }
        // An argument that is wrong itself may have swallowed another one.
        if before == diagnostics.count {
          reportCount(callee, parameters, arguments, range)
        }
        return invalid(range)
      }
      hint(result, wanted)
      let before = diagnostics.count
      let cores = check(arguments, parameters, of: callee)
      noteShown(function.core, arguments, parameters)
      settle()
      let core = add(.apply(function: function.core, arguments: cores), range)
      guard diagnostics.count == before + 1, arguments.count > 1 else {
        return Typed(core: core, type: result)
      }
      return Typed(core: core, type: mendSingleSwap(arguments, callee, result, from: before))
    case .variable:
      let values = arguments.map { infer($0) }
      let result = types.arena.variable()
      let type = types.arena.add(.function(values.map(\.type), result))
      if !types.unify(function.type, type) {
        reportMismatch(function.type, type, .nothing, tree.range(of: callee))
      }
      let core = add(.apply(function: function.core, arguments: values.map(\.core)), range)
      return Typed(core: core, type: result)
    case .error:
      for argument in arguments { _ = infer(argument) }
      return invalid(range)
    case .link, .rigid, .generic, .named, .record, .tuple:
      reportNotAFunction(callee, function.type, arguments, range)
      // What stands beside something that is no function may be there by mistake itself.
      if !isBeside(arguments, range) { for argument in arguments { _ = infer(argument) } }
      return invalid(range)
    }
  }

  /// Arguments against parameters: functions last, since the others tell what those take.
  private mutating func check(
    _ arguments: [ExpressionID], _ parameters: [TypeRef], of callee: ExpressionID
  ) -> [CoreID] {
    var cores: [CoreID?] = Array(repeating: nil, count: arguments.count)
    let (before, outer) = (diagnostics.count, lastMismatches)
    lastMismatches = []
    for isLambda in [false, true] {
      for (index, argument) in arguments.enumerated() {
        let expression = tree[argument]
        var late = false
        if case .lambda = expression { late = true }
        guard late == isLambda else { continue }
        let why = Why.argument(index + 1, of: arguments.count, callee: text(of: callee))
        cores[index] = check(argument, parameters[index], .argument, why)
      }
    }
    if diagnostics.count == before + 2 { mendSwap(arguments, callee, from: before) }
    lastMismatches = outer
    return cores.compactMap { $0 }
  }

  /// Two arguments that do not fit, but would in each other's place, are one mistake.
  private mutating func mendSwap(
    _ arguments: [ExpressionID], _ callee: ExpressionID, from start: Int
  ) {
    guard lastMismatches.count == 2, lastMismatches[0].range != lastMismatches[1].range,
      lastMismatches.allSatisfy({ wrong in
        arguments.contains { tree.range(of: $0) == wrong.range }
      })
    else { return }
    let (first, second) = (lastMismatches[0], lastMismatches[1])
    guard types.couldUnify(first.expected, second.found),
      types.couldUnify(second.expected, first.found)
    else { return }
    let texts = types.describe([first.expected, second.expected])
    withdraw(since: start)
    reportSwap(callee, [(first.range, texts[0]), (second.range, texts[1])])
  }

  /// Of a function for many types one argument may not fit although two stand in each other's
  /// place: the other one was taken for any type. The result is that of the right order then; and
  /// where there is none, nothing is known of a result that depends on the arguments.
  private mutating func mendSingleSwap(
    _ arguments: [ExpressionID], _ callee: ExpressionID, _ result: TypeRef, from start: Int
  ) -> TypeRef {
    guard diagnostics[start].code == "FG0210", case .name(let name) = tree[callee],
      let global = find(name, in: current, \.values).first,
      let scheme = definitions[global]?.scheme,
      !scheme.kinds.isEmpty, let wrong = diagnostics[start].labels.first?.range,
      let index = arguments.firstIndex(where: { tree.range(of: $0) == wrong })
    else { return result }
    let mark = diagnostics.count
    let values = arguments.map { infer($0).type }
    guard diagnostics.count == mark else {
      withdraw(since: mark)
      return types.error()
    }
    for other in arguments.indices where other != index {
      let function = types.use(scheme)
      guard case .function(let fresh, let output) = types.arena[function] else { continue }
      var swapped = values
      swapped.swapAt(index, other)
      let (wanted, given) = (types.arena.add(.tuple(fresh)), types.arena.add(.tuple(swapped)))
      guard types.tryUnify(wanted, given) else { continue }
      let texts = types.describe([fresh[index], fresh[other]])
      withdraw(since: start)
      reportSwap(
        callee,
        [(wrong, texts[0]), (tree.range(of: arguments[other]), texts[1])].sorted {
          $0.0.lower < $1.0.lower
        })
      return output
    }
    return types.error()
  }

  private mutating func reportSwap(
    _ callee: ExpressionID, _ places: [(range: SourceRange, wanted: String)]
  ) {
    report(
      Diagnostic(
        "FG0219", "Two arguments of \(text(of: callee)) stand in each other's place",
        labels: places.map { DiagnosticLabel($0.range, "\($0.wanted) is wanted here") },
        hint: "swap them"))
  }

  /// Chooses type variables of a result by what is wanted, where both have the same outer form,
  /// so that no coercion can be meant.
  mutating func hint(_ result: TypeRef, _ wanted: TypeRef?) {
    guard let wanted else { return }
    switch (types.arena[result], types.arena[wanted]) {
    case (.named(let a, let x), .named(let b, _)) where a == b && !x.isEmpty:
      _ = types.tryUnify(result, wanted)
    case (.function(let x, _), .function(let y, _)) where x.count == y.count:
      _ = types.tryUnify(result, wanted)
    case (.variable, _), (.link, _), (.rigid, _), (.generic, _), (.named, _), (.record, _),
      (.tuple, _), (.function, _), (.error, _):
      break
    }
  }

  /// A constructor or a function of a virtual module, applied.
  private mutating func construct(
    _ name: QualifiedName, _ arguments: [ExpressionID], _ wanted: TypeRef?, _ range: SourceRange
  ) -> Typed {
    guard let reference = resolve(constructor: name) else {
      for argument in arguments { _ = infer(argument) }
      return invalid(range)
    }
    switch reference {
    case .bool, .none:
      reportNoPayload(name, range)
      return invalid(range)
    case .some:
      let inner = types.arena.variable()
      let result = types.builtin(.optional, inner)
      hint(result, wanted)
      guard let core = payload(arguments, inner, name, range) else { return invalid(range) }
      return Typed(core: add(.some(core), range), type: result)
    case .external(let global):
      let (parameter, result) = externalTypes(global)
      guard let core = payload(arguments, parameter, name, range) else { return invalid(range) }
      let function = add(.external(global), name.range)
      return Typed(core: add(.apply(function: function, arguments: [core]), range), type: result)
    case .declared(let id):
      let (payloadTypes, result) = instance(of: id)
      guard let payloadTypes else {
        reportNoPayload(name, range)
        return invalid(range)
      }
      hint(result, wanted)
      let core = payload(arguments, payloadTypes.given, name, range)
      settle()
      guard let core else { return Typed(core: add(.invalid, range), type: result) }
      return Typed(core: add(.construct(id, payload: core), range), type: result)
    }
  }

  /// What a constructor is applied to; several arguments are a tuple.
  private mutating func payload(
    _ arguments: [ExpressionID], _ type: TypeRef, _ name: QualifiedName, _ range: SourceRange
  ) -> CoreID? {
    if arguments.count == 1 {
      return check(arguments[0], type, .argument, .argument(1, of: 1, callee: name.text))
    }
    if case .tuple(let parts) = types.arena[type], parts.count == arguments.count {
      var cores: [CoreID] = []
      for (index, argument) in arguments.enumerated() {
        let why = Why.argument(index + 1, of: parts.count, callee: name.text)
        cores.append(check(argument, parts[index], .argument, why))
      }
      return add(.tuple(cores), range)
    }
    for argument in arguments { _ = infer(argument) }
    report(
      Diagnostic(
        "FG0214", "\(name.text) takes 1 argument, and here are \(arguments.count)",
        at: range, "applied here",
        hint: arguments.isEmpty
          ? "write what it holds behind it: \(name.text) …" : "leave out what is too much"))
    return nil
  }

  private mutating func stop(_ arguments: [ExpressionID], _ range: SourceRange) -> Typed {
    guard arguments.count == 1 else {
      report(
        Diagnostic(
          "FG0214", "error takes 1 argument, and here are \(arguments.count)",
          at: range, "applied here", hint: "give it the message: error(\"…\")"))
      return invalid(range)
    }
    let message = check(
      arguments[0], types.builtin(.string), .argument, .argument(1, of: 1, callee: "error"))
    return Typed(core: add(.error(message), range), type: types.arena.variable())
  }

  /// A library primitive, applied to the parameters of the function whose body it is.
  private mutating func builtin(
    _ name: Identifier, _ arguments: [ExpressionID], _ range: SourceRange
  ) -> Typed {
    guard sheet.isLibrary, arguments.count == 1, case .string(let text) = tree[arguments[0]] else {
      report(
        Diagnostic(
          "FG0227", "builtin can only be used by the built-in library",
          at: name.range, "not available here"))
      return invalid(range)
    }
    var parameters: [CoreID] = []
    for slot in 0..<(frames.last?.parameters ?? 0) {
      parameters.append(add(.local(depth: 0, slot: slot), range))
    }
    return Typed(core: add(.builtin(text, parameters), range), type: types.arena.variable())
  }

  /// Whether a plain name is neither a local nor a top-level value.
  private mutating func isFree(_ name: QualifiedName) -> Bool {
    !locals.contains { $0.name == name.text } && find(name, in: current, \.values).isEmpty
  }
}
