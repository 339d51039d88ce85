import ArgumentParser
import Canon

/// `fugue explain`: what a diagnostic means, and the way out.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a diagnostic by its code.",
    discussion: "Without a code: all codes, each with its headline.")

  @Argument(help: "A code such as FG0203; 0203 and 203 do as well.") var code: String?
  @Flag(help: "Print JSON (fugue.explain/1).") var json = false

  func run() throws {
    guard let code else { return list() }
    guard let page = DiagnosticPage(code) else {
      let near = DiagnosticPage.near(code)
      throw CommandFailure(
        .usage,
        "Error: there is no diagnostic '\(code)'."
          + (near.isEmpty
            ? " 'fugue explain' lists all."
            : " Did you mean "
              + near.map(\.code).joined(separator: ", ") + "?"))
    }
    Terminal.standard.say(json ? show(page).text(isPretty: true) : page.text.trimmed)
  }

  private func list() {
    let pages = DiagnosticPage.all
    guard !json else {
      let all = JSON.object([
        JSON.Member("format", .string("fugue.explain/1")),
        JSON.Member("codes", .array(pages.map(summary))),
      ])
      return Terminal.standard.say(all.text(isPretty: true))
    }
    for page in pages { Terminal.standard.say("\(page.code)  \(page.headline)") }
  }

  private func summary(_ page: DiagnosticPage) -> JSON {
    .object([
      JSON.Member("code", .string(page.code)), JSON.Member("headline", .string(page.headline)),
    ])
  }

  private func show(_ page: DiagnosticPage) -> JSON {
    .object([
      JSON.Member("format", .string("fugue.explain/1")), JSON.Member("code", .string(page.code)),
      JSON.Member("headline", .string(page.headline)), JSON.Member("text", .string(page.text)),
    ])
  }
}
