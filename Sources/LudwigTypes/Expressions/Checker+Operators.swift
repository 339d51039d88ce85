import Diagnostics
import LudwigSyntax
import Text

extension Checker {
  /// `left operator right`.
  mutating func infix(
    _ name: QualifiedName, _ left: ExpressionID, _ right: ExpressionID, _ wanted: TypeRef?,
    _ range: SourceRange
  ) -> Typed {
    if let entry = findOperator(name, false, in: current) {
      return apply(entry, name, [left, right], wanted, range)
    }
    if name.text == "|>" { return pipe(left, right, wanted, range) }
    guard let primitive = CorePrimitive(rawValue: name.text) else {
      // It has been reported when operators were given their operands.
      _ = infer(left)
      _ = infer(right)
      return invalid(range)
    }
    let why = Why.operand(name.text, tree.range(of: left))
    switch primitive {
    case .and, .or:
      let bool = types.builtin(.bool)
      let x = check(left, bool, .none, .operand(name.text, name.range))
      let y = check(right, bool, .none, .operand(name.text, name.range))
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: types.builtin(.bool))
    case .equal, .notEqual:
      let (x, y) = compared(left, right, why)
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: types.builtin(.bool))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let (x, y, _) = operands(left, right, .ordered, nil, name)
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: types.builtin(.bool))
    case .add, .subtract, .multiply, .divide, .remainder:
      let (x, y, type) = operands(left, right, .number, wanted, name)
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: type)
    case .append:
      let (x, y, type) = operands(left, right, .appendable, wanted, name)
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: type)
    case .orDefault:
      let inner = types.arena.variable()
      let x = check(left, types.builtin(.optional, inner), .none, .operand(name.text, name.range))
      settle()
      let y = check(right, inner, .none, why)
      return Typed(core: add(.primitive(primitive, [x, y]), range), type: inner)
    case .not, .negate:
      // Between operands it is none; this, too, has been reported.
      _ = infer(left)
      _ = infer(right)
      return invalid(range)
    }
  }

  /// The operands of `==`: of one type, or one of them an Optional of the other's.
  private mutating func compared(
    _ left: ExpressionID, _ right: ExpressionID, _ why: Why
  ) -> (CoreID, CoreID) {
    let x = infer(left)
    settle()
    guard isKnownPlain(x.type), !tree[right].isLiteral else {
      return (x.core, check(right, x.type, .lifting, why))
    }
    let (y, range) = (infer(right), tree.range(of: right))
    settle()
    if let inner = types.argument(of: y.type, in: .optional), types.tryUnify(inner, x.type) {
      return (add(.some(x.core), tree.range(of: left)), y.core)
    }
    return (x.core, coerce(y, x.type, .none, why, range))
  }

  /// Two operands of one type of a kind. What is wanted of the result is used where it is of that
  /// kind already.
  private mutating func operands(
    _ left: ExpressionID, _ right: ExpressionID, _ kind: VariableKind, _ wanted: TypeRef?,
    _ name: QualifiedName
  ) -> (CoreID, CoreID, TypeRef) {
    let why = Why.operand(name.text, name.range)
    let (type, before) = (types.arena.variable(kind), mismatches)
    let mark = diagnostics.count
    if let wanted, case .named(let id, _) = types.arena[wanted],
      id == BuiltinType.list.id || id == BuiltinType.string.id || id == BuiltinType.float.id
    {
      _ = types.tryUnify(type, wanted)
    }
    let x = check(left, type, .none, why)
    settle()
    // Where the left operand is of no such kind, nobody knows what the right one should be.
    let wantedRight = mismatches == before ? type : types.error()
    let y = check(right, wantedRight, .none, .operand(name.text, tree.range(of: left)))
    // Of operands that do not fit, the result says nothing.
    let isSound = mismatches == before && diagnostics.count == mark
    return (x, y, isSound ? type : types.error())
  }

  /// `value |> function`: an ordinary application.
  private mutating func pipe(
    _ left: ExpressionID, _ right: ExpressionID, _ wanted: TypeRef?, _ range: SourceRange
  ) -> Typed {
    let value = infer(left)
    settle()
    let result = types.arena.variable()
    let shape = types.arena.add(.function([value.type], result))
    let function: Typed
    if case .call(let callee, let arguments) = tree[right] {
      function = call(callee, arguments, shape, tree.range(of: right))
    } else {
      function = infer(right)
    }
    settle()
    guard case .function(let parameters, let output) = types.arena[function.type],
      parameters.count == 1
    else {
      if !types.unify(shape, function.type) {
        reportMismatch(shape, function.type, .pipe, tree.range(of: right))
      }
      let core = add(.apply(function: function.core, arguments: [value.core]), range)
      return Typed(core: core, type: result)
    }
    let why = Why.argument(1, of: 1, callee: text(of: right))
    let argument = coerce(value, parameters[0], .argument, why, tree.range(of: left))
    settle()
    return Typed(
      core: add(.apply(function: function.core, arguments: [argument]), range), type: output)
  }

  /// A prefix operator with its operands.
  mutating func prefix(
    _ name: QualifiedName, _ operands: [ExpressionID], _ range: SourceRange
  ) -> Typed {
    if let entry = findOperator(name, true, in: current) {
      return apply(entry, name, operands, nil, range)
    }
    if operands.count == 1, name.text == "!" {
      let x = check(operands[0], types.builtin(.bool), .none, .operand("!", name.range))
      return Typed(core: add(.primitive(.not, [x]), range), type: types.builtin(.bool))
    }
    if operands.count == 1, name.text == "-" {
      let type = types.arena.variable(.number)
      let x = check(operands[0], type, .none, .operand("-", name.range))
      return Typed(core: add(.primitive(.negate, [x]), range), type: type)
    }
    reportUnknown(name, .operatorName)
    for operand in operands { _ = infer(operand) }
    return invalid(range)
  }

  /// An operator of a sheet: an application of the function that it stands for.
  private mutating func apply(
    _ entry: OperatorReference, _ name: QualifiedName, _ operands: [ExpressionID],
    _ wanted: TypeRef?, _ range: SourceRange
  ) -> Typed {
    let function = use(entry.global, name.range)
    settle()
    guard case .function(let parameters, let result) = types.arena[function.type],
      parameters.count == operands.count
    else {
      let values = operands.map { infer($0) }
      let result = types.arena.variable()
      let shape = types.arena.add(.function(values.map(\.type), result))
      if !types.unify(function.type, shape) {
        reportMismatch(shape, function.type, .operatorShape(name.text), name.range)
      }
      let core = add(.apply(function: function.core, arguments: values.map(\.core)), range)
      return Typed(core: core, type: result)
    }
    hint(result, wanted)
    var cores: [CoreID] = []
    for (index, operand) in operands.enumerated() {
      let why = Why.argument(index + 1, of: operands.count, callee: name.text)
      cores.append(check(operand, parameters[index], .argument, why))
      settle()
    }
    return Typed(core: add(.apply(function: function.core, arguments: cores), range), type: result)
  }

  /// `(+)`: an operator as a function of its operands.
  mutating func operatorValue(_ name: Identifier, _ range: SourceRange) -> Typed {
    let qualified = QualifiedName([], name)
    if let entry = findOperator(qualified, false, in: current)
      ?? findOperator(qualified, true, in: current)
    {
      return use(entry.global, range)
    }
    guard let primitive = CorePrimitive(rawValue: name.text) else {
      reportUnknown(qualified, .operatorName)
      return invalid(range)
    }
    let (operands, result) = signature(of: primitive)
    let locals = operands.indices.map { add(.local(depth: 0, slot: $0), range) }
    let lambda = CoreLambda(
      arity: operands.count, frameSize: operands.count,
      body: add(.primitive(primitive, locals), range), name: name.text,
      parameterTypes: Array(repeating: nil, count: operands.count))
    return Typed(
      core: add(.lambda(lambda), range), type: types.arena.add(.function(operands, result)))
  }

  private mutating func signature(of primitive: CorePrimitive) -> ([TypeRef], TypeRef) {
    let bool = types.builtin(.bool)
    switch primitive {
    case .and, .or: return ([bool, bool], bool)
    case .not: return ([bool], bool)
    case .equal, .notEqual:
      let type = types.arena.variable()
      return ([type, type], bool)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let type = types.arena.variable(.ordered)
      return ([type, type], bool)
    case .add, .subtract, .multiply, .divide, .remainder:
      let type = types.arena.variable(.number)
      return ([type, type], type)
    case .negate:
      let type = types.arena.variable(.number)
      return ([type], type)
    case .append:
      let type = types.arena.variable(.appendable)
      return ([type, type], type)
    case .orDefault:
      let type = types.arena.variable()
      return ([types.builtin(.optional, type), type], type)
    }
  }
}
