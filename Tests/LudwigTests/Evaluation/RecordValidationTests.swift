import Diagnostics
import Ludwig
import Testing

/// Validations of values that do not tell their type: records with a name and without, lists.
@Suite struct RecordValidationTests {
  private static let services = """
    composition

    type Exposure: | Public | Private
    type Service:
      name: String
      exposure: Exposure
      ports: List<Int>
    type Group<a>:
      | Group { members: List<a>, spare: Optional<a> }

    validate fewPorts
    fun fewPorts(s: Service) -> Validation:
      Validation.assert(s.name ++ " has many ports", List.length(s.ports) < 3)

    """

  private func messages(_ text: String) -> [String] {
    Workshop.compile(Self.services + text).diagnostics.map(\.headline)
  }

  @Test func `a named record is judged wherever the composition has it`() {
    let found = messages(
      """
      Service a: { name: "a", exposure: Public, ports: [1, 2, 3] }
      b: { name: "b", exposure: Private, ports: [1, 2, 3] }
      fun make(name: String) -> Service: { name: name, exposure: Public, ports: [1, 2, 3] }
      all: { table: {"c": make("c")}, few: [make("d") with ports: [1]] }
      group: Group { members: [make("e")], spare: make("f") }
      pair: (1, [Optional make("g")])
      again: all.table

      """)
    #expect(
      found.sorted() == ["a", "b", "c", "e", "f", "g"].map { "\($0) has many ports" }, "\(found)")
  }

  @Test func `a record type without a name, and a list, are judged`() {
    let found = messages(
      """
      validate noZero
      fun noZero(r: { x: Int }) -> Validation: Validation.assert("zero", r.x != 0)
      validate notLong
      fun notLong(xs: List<Float>) -> Validation: Validation.assert("long", List.length(xs) < 2)
      a: { x: 0 }
      b: { x: 0, y: 0 }
      c: [{ x: 0 }, { x: 1 }]
      d: [1.0, 2.0]

      """)
    #expect(found.sorted() == ["long", "zero", "zero"], "\(found)")
  }

  @Test func `what has just any type is not judged, which is said`() {
    let found = messages(
      """
      validate anything
      fun anything(x: a) -> Validation: Validation.success

      """)
    #expect(found == ["This validation's type has no values that could be judged"])
  }
}
