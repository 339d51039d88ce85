internal import CZ3

/// Where terms live: a Z3 context, to be used on one thread at a time. Making one costs as much as
/// a small question, so that solvers that follow each other share one. Z3's context without
/// reference counts frees no term before it is released itself.
@safe package final class SolverContext {
  fileprivate let pointer: OpaquePointer

  /// Makes a context.
  package init() {
    let config = unsafe Z3_mk_config()
    unsafe pointer = Solver.owned(Z3_mk_context(config))
    unsafe Z3_del_config(config)
    // The default handler exits the process; without one, codes are checked.
    unsafe Z3_set_error_handler(pointer, nil)
  }

  deinit { unsafe Z3_del_context(pointer) }
}

/// A Z3 solver for bit vectors (QF_BV): terms, assertions, questions.
///
/// A class, since it owns a Z3 solver, which is released with it. Limits are counted in Z3's own
/// deterministic units, never in time.
@safe package final class Solver {
  /// A formula or bit vector of one solver.
  @safe package struct Term: Hashable {
    fileprivate let ast: OpaquePointer
    /// Z3's own number of it: equal terms of one solver are one object.
    private let number: UInt32

    fileprivate init(ast: OpaquePointer, number: UInt32) {
      unsafe self.ast = ast
      self.number = number
    }

    package static func == (a: Self, b: Self) -> Bool { a.number == b.number }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  /// What a question gave.
  package enum Answer {
    /// There is a model.
    case satisfiable(Model)
    /// There is none; these assumptions already exclude each other (not always the fewest).
    case unsatisfiable([Term])
    /// Z3 gave up, within its limit or for another reason.
    case unknown(String)
  }

  /// Values for the variables of a solver.
  @safe package struct Model {
    fileprivate let solver: Solver
    fileprivate let model: OpaquePointer
  }

  private let home: SolverContext
  private let solver: OpaquePointer

  private var context: OpaquePointer { unsafe home.pointer }

  /// Makes a solver.
  ///
  /// - Parameters:
  ///   - home: where its terms live.
  ///   - limit: how much work a question may cost, in Z3's `rlimit` units; some 10⁶ are used in a
  ///     second.
  package init(in home: SolverContext = SolverContext(), limit: UInt32 = 200_000_000) {
    self.home = home
    let context = unsafe home.pointer
    let logic = unsafe Z3_mk_string_symbol(context, "QF_BV")
    unsafe solver = Solver.owned(Z3_mk_solver_for_logic(context, logic))
    unsafe Z3_solver_inc_ref(context, solver)
    let params = unsafe Z3_mk_params(context)
    unsafe Z3_params_inc_ref(context, params)
    unsafe Z3_params_set_uint(context, params, Z3_mk_string_symbol(context, "rlimit"), limit)
    unsafe Z3_solver_set_params(context, solver, params)
    unsafe Z3_params_dec_ref(context, params)
  }

  deinit { unsafe Z3_solver_dec_ref(context, solver) }

  fileprivate static func owned(_ pointer: OpaquePointer?) -> OpaquePointer {
    guard let pointer = unsafe pointer else { preconditionFailure("Z3 gives no object") }
    return unsafe pointer
  }

  private func term(_ ast: OpaquePointer?) -> Term {
    unsafe Term(ast: Solver.owned(ast), number: Z3_get_ast_id(context, ast))
  }
}

extension Solver {
  /// A truth variable; the same name is the same variable.
  package func boolean(_ name: String) -> Term {
    unsafe term(
      Z3_mk_const(context, Z3_mk_string_symbol(context, name), Z3_mk_bool_sort(context)))
  }

  /// A bit vector variable; the same name and width are the same variable.
  package func bitVector(_ name: String, width: UInt32) -> Term {
    unsafe term(
      Z3_mk_const(
        context, Z3_mk_string_symbol(context, name), Z3_mk_bv_sort(context, width)))
  }

  /// A number as a bit vector.
  package func number(_ value: UInt64, width: UInt32) -> Term {
    unsafe term(Z3_mk_unsigned_int64(context, value, Z3_mk_bv_sort(context, width)))
  }

  /// `true` or `false`.
  package func constant(_ value: Bool) -> Term {
    unsafe term(value ? Z3_mk_true(context) : Z3_mk_false(context))
  }

  /// All of them; true of none.
  package func all(_ terms: [Term]) -> Term {
    if terms.count == 1, let only = terms.first { return only }
    let asts: [OpaquePointer?] = unsafe terms.map { unsafe $0.ast }
    return unsafe term(Z3_mk_and(context, UInt32(asts.count), asts))
  }

  /// Some of them; false of none.
  package func any(_ terms: [Term]) -> Term {
    if terms.count == 1, let only = terms.first { return only }
    let asts: [OpaquePointer?] = unsafe terms.map { unsafe $0.ast }
    return unsafe term(Z3_mk_or(context, UInt32(asts.count), asts))
  }

  /// The opposite.
  package func not(_ a: Term) -> Term { unsafe term(Z3_mk_not(context, a.ast)) }

  /// If the first, then the second.
  package func implies(_ a: Term, _ b: Term) -> Term {
    unsafe term(Z3_mk_implies(context, a.ast, b.ast))
  }

  /// Equality, of bit vectors of equal width or of formulas.
  package func equal(_ a: Term, _ b: Term) -> Term {
    unsafe term(Z3_mk_eq(context, a.ast, b.ast))
  }

  /// Whether a bit vector lies, as an unsigned number, between two of its width, both included.
  package func isBetween(_ a: Term, _ low: Term, _ high: Term) -> Term {
    unsafe all([
      term(Z3_mk_bvule(context, low.ast, a.ast)), term(Z3_mk_bvule(context, a.ast, high.ast)),
    ])
  }
}

extension Solver {
  /// Adds something that holds for all further questions.
  package func assert(_ formula: Term) { unsafe Z3_solver_assert(context, solver, formula.ast) }

  /// Asks whether what was asserted can be true together with some assumptions, which must be
  /// truth variables or their opposites.
  package func check(assuming assumptions: [Term] = []) -> Answer {
    let asts: [OpaquePointer?] = unsafe assumptions.map { unsafe $0.ast }
    let result = unsafe Z3_solver_check_assumptions(context, solver, UInt32(asts.count), asts)
    if unsafe Z3_get_error_code(context) != Z3_OK {
      return .unknown("Z3 reports error \(unsafe Z3_get_error_code(context).rawValue)")
    }
    switch result {
    case Z3_L_TRUE:
      let model = unsafe Solver.owned(Z3_solver_get_model(context, solver))
      unsafe Z3_model_inc_ref(context, model)
      return unsafe .satisfiable(Model(solver: self, model: model))
    case Z3_L_FALSE: return .unsatisfiable(core(of: assumptions))
    default:
      let reason = unsafe Z3_solver_get_reason_unknown(context, solver)
      return .unknown(unsafe reason.map { unsafe String(cString: $0) } ?? "no reason given")
    }
  }

  private func core(of assumptions: [Term]) -> [Term] {
    let vector = unsafe Z3_solver_get_unsat_core(context, solver)
    unsafe Z3_ast_vector_inc_ref(context, vector)
    defer { unsafe Z3_ast_vector_dec_ref(context, vector) }
    let count = unsafe Z3_ast_vector_size(context, vector)
    let members = Set((0..<count).map { unsafe term(Z3_ast_vector_get(context, vector, $0)) })
    return assumptions.filter { members.contains($0) }
  }
}

extension Solver.Model {
  /// A truth variable's value; a variable that does not matter is false.
  package func isTrue(_ variable: Solver.Term) -> Bool {
    unsafe evaluated(variable).map {
      unsafe Z3_get_bool_value(solver.context, $0) == Z3_L_TRUE
    } ?? false
  }

  /// A bit vector's value as an unsigned number; of one that does not matter 0.
  package func number(_ variable: Solver.Term) -> UInt64 {
    guard let value = unsafe evaluated(variable) else { return 0 }
    var number: UInt64 = 0
    return unsafe Z3_get_numeral_uint64(solver.context, value, &number) ? number : 0
  }

  private func evaluated(_ variable: Solver.Term) -> OpaquePointer? {
    var value: OpaquePointer?
    guard unsafe Z3_model_eval(solver.context, model, variable.ast, true, &value) else {
      return nil
    }
    return unsafe value
  }
}
