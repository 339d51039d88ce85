import Diagnostics
import Testing
import Text

@Suite struct DiagnosticTests {
  @Test func `a label underlines its own characters, after tabs and accents too`() {
    var sources = SourceSet()
    let id = sources.add(SourceText(name: "main.lw", text: "ok: 1\n\tné: wrong\n"))
    let offset = "ok: 1\n\tné: ".utf8.count
    let diagnostic = Diagnostic(
      "FG0001", "this is wrong",
      labels: [DiagnosticLabel(SourceRange(source: id, lower: offset, upper: offset + 5), "here")],
      notes: ["A note."], hint: "put it right")
    #expect(
      DiagnosticRenderer(sources: sources).render(diagnostic) == """
        error[FG0001]: this is wrong
          --> main.lw:2:6
         2 | \tné: wrong
           | \t    ^^^^^ here
          A note.
          hint: put it right

        """)
  }

  @Test func `positions of every offset agree with counting`() {
    let source = SourceText(name: "a", text: "ab\n\nç\r\nlast")
    var line = 1
    var column = 1
    var offset = 0
    for scalar in "ab\n\nç\r\nlast".unicodeScalars {
      #expect(source.position(at: offset) == Position(line: line, column: column))
      offset += String(scalar).utf8.count
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    #expect(source.position(at: offset + 99) == Position(line: line, column: column))
    #expect(source.line(3) == "ç")
    #expect(source.line(9) == "")
  }
}
