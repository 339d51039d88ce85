import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// How many arguments a function takes; named parameters are one record.
  func arity(of function: Function) -> Int {
    switch function.parameters {
    case .positional(let parameters): parameters.count
    case .record: 1
    }
  }

  /// A function or lambda; parameter and result types that are wanted are used where none are
  /// written.
  mutating func lambda(
    _ function: Function, _ wanted: (parameters: [TypeRef], result: TypeRef)?,
    _ range: SourceRange, _ mode: VariableMode = .flexible, why: Why = .nothing
  ) -> Typed {
    let count = arity(of: function)
    let mark = locals.count
    frames.append(Frame(size: count, parameters: count))
    var parameters: [TypeRef] = []
    var patterns: [(slot: Int, pattern: PatternID)] = []
    switch function.parameters {
    case .positional(let list):
      for (slot, parameter) in list.enumerated() {
        let type = parameterType(parameter.annotation, wanted?.parameters[slot], mode)
        parameters.append(type)
        if !bindPlain(parameter.pattern, slot, type) { patterns.append((slot, parameter.pattern)) }
      }
    case .record(let list):
      parameters = [recordParameter(list, mode)]
      if let given = wanted?.parameters.first, !types.unify(given, parameters[0]) {
        reportMismatch(given, parameters[0], .nothing, range)
      }
    }
    reportRepeatedParameters(function)
    var branches: [(slot: Int, pattern: CorePattern)] = []
    for (slot, id) in patterns {
      branches.append((slot, irrefutable(id, parameters[slot])))
    }
    let result = body(of: function, wanted?.result, mode, why)
    var core = result.core
    for (slot, pattern) in branches.reversed() {
      let subject = add(.local(depth: 0, slot: slot), range)
      core = add(.match(subject, [CoreBranch(pattern: pattern, body: core)]), range)
    }
    locals.removeSubrange(mark...)
    let frame = frames.removeLast()
    let node = add(
      .lambda(
        CoreLambda(
          arity: count, frameSize: frame.size, body: core, name: function.name?.text ?? "",
          parameterTypes: Array(repeating: nil, count: count))), range)
    lambdas.append((node, parameters))
    return Typed(core: node, type: types.arena.add(.function(parameters, result.type)))
  }

  private mutating func reportRepeatedParameters(_ function: Function) {
    guard case .positional(let parameters) = function.parameters else { return }
    reportRepeatedNames(parameters.flatMap { boundNames(of: $0.pattern, in: tree) }, "function")
  }

  private mutating func body(
    of function: Function, _ wanted: TypeRef?, _ mode: VariableMode, _ outer: Why
  ) -> Typed {
    if let annotation = function.result {
      let type = type(annotation, mode)
      if let wanted, !types.unify(wanted, type) {
        reportMismatch(wanted, type, .nothing, tree.range(of: annotation))
      }
      let why = Why.annotation(tree.range(of: annotation))
      return Typed(core: check(function.body, type, .none, why), type: type)
    }
    if let wanted {
      let why: Why = if case .annotation = outer { outer } else { .functionResult }
      return Typed(core: check(function.body, wanted, .none, why), type: wanted)
    }
    return infer(function.body)
  }

  private mutating func parameterType(
    _ annotation: TypeID?, _ wanted: TypeRef?, _ mode: VariableMode
  ) -> TypeRef {
    guard let annotation else { return wanted ?? types.arena.variable() }
    let type = type(annotation, mode)
    if let wanted, !types.unify(wanted, type) {
      reportMismatch(wanted, type, .nothing, tree.range(of: annotation))
    }
    return type
  }

  /// Binds a parameter that is a plain name or `_`; false for other patterns.
  private mutating func bindPlain(_ id: PatternID, _ slot: Int, _ type: TypeRef) -> Bool {
    switch tree[id] {
    case .name(let name):
      bind(name, .slot(slot), type)
      return true
    case .wildcard, .missing: return true
    case .constructor, .integer, .float, .string, .tuple, .record, .list: return false
    }
  }

  private mutating func recordParameter(
    _ parameters: [RecordParameter], _ mode: VariableMode
  ) -> TypeRef {
    var fields: [TypeField] = []
    var names = NameSet()
    for parameter in parameters {
      let name = parameter.name
      if !names.insert(name.text) {
        reportRepeatedField(name)
        continue
      }
      let type = parameterType(parameter.annotation, nil, mode)
      fields.append(TypeField(name: name.text, type: type))
      bind(name, .field(slot: 0, name.text), type)
    }
    return types.arena.add(.record(fields.sorted { $0.name < $1.name }, rest: nil))
  }

  /// Brings a local into scope.
  mutating func bind(_ name: Identifier, _ place: Local.Place, _ type: TypeRef) {
    locals.append(
      Local(
        name: name.text, scheme: TypeScheme(type: type, kinds: []), frame: frames.count - 1,
        place: place, range: name.range))
  }
}
