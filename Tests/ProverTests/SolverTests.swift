import Determinism
import SMT
import Testing

@Suite struct SolverTests {
  @Test func `a model gives the values that satisfy`() {
    let solver = Solver()
    let x = solver.bitVector("x", width: 16)
    solver.assert(
      solver.isBetween(x, solver.number(5430, width: 16), solver.number(5432, width: 16)))
    solver.assert(solver.not(solver.equal(x, solver.number(5430, width: 16))))
    solver.assert(solver.not(solver.equal(x, solver.number(5431, width: 16))))
    guard case .satisfiable(let model) = solver.check() else {
      Issue.record("no model")
      return
    }
    #expect(model.number(x) == 5432)
  }

  @Test func `a core names the assumptions that exclude each other, and no stranger`() {
    let solver = Solver()
    let (a, b, c) = (solver.boolean("a"), solver.boolean("b"), solver.boolean("c"))
    solver.assert(solver.not(solver.all([a, b])))
    guard case .unsatisfiable(let core) = solver.check(assuming: [a, b, c]) else {
      Issue.record("there is a model")
      return
    }
    #expect(core == [a, b])
    guard case .satisfiable(let model) = solver.check(assuming: [a, c]) else {
      Issue.record("no model")
      return
    }
    #expect(model.isTrue(a) && !model.isTrue(b) && model.isTrue(c))
  }

  @Test func `intervals agree with numbers`() {
    var random = RandomSource(Seed(11).split("smt"))
    let solver = Solver()
    let x = solver.bitVector("x", width: 8)
    for _ in 0..<50 {
      let (value, low, high) = (random.below(256), random.below(256), random.below(256))
      let isInside = solver.isBetween(
        x, solver.number(UInt64(low), width: 8), solver.number(UInt64(high), width: 8))
      let name = solver.boolean("q\(random.next())")
      solver.assert(
        solver.implies(
          name,
          solver.all([isInside, solver.equal(x, solver.number(UInt64(value), width: 8))])))
      let answer = solver.check(assuming: [name])
      if case .satisfiable = answer {
        #expect(low <= value && value <= high)
      } else {
        #expect(!(low <= value && value <= high))
      }
    }
  }

  @Test func `a question that costs more than its limit is unknown, not a hang`() {
    let solver = Solver(limit: 2_000)
    let (x, y) = (solver.bitVector("x", width: 32), solver.bitVector("y", width: 32))
    // A pigeonhole in disguise: 12 values that must differ within 11.
    let values = (0..<12).map { solver.bitVector("v\($0)", width: 8) }
    for (i, a) in values.enumerated() {
      solver.assert(
        solver.isBetween(a, solver.number(0, width: 8), solver.number(10, width: 8)))
      for b in values[..<i] { solver.assert(solver.not(solver.equal(a, b))) }
    }
    solver.assert(solver.not(solver.equal(x, y)))
    guard case .unknown = solver.check() else {
      Issue.record("it was decided within the limit")
      return
    }
  }
}
