internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// `Fugue.Identity.moved`: what a composition says of resources whose bindings got other names. A
/// resource keeps the address that it had, and with it its tags and its place in the state.
extension Evaluation {
  private struct Move {
    let from: String
    let to: String
    let site: SourceRange?
  }

  /// Gives what has moved the address that it had before.
  mutating func applyMoves(to graph: inout ResourceGraph) {
    var moves: [String: Move] = [:]
    for statement in graph.statements
    where program[statement.value.constructor].type.name == "Move" {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        guard let move = try self.move(statement.value) else { return }
        guard moves.updateValue(move, forKey: move.to) == nil else {
          throw self.machine.failure(
            "FG0343", "'\(move.to)' is said twice to have moved", at: move.site,
            hint: "leave the line that gives the address it has now")
        }
      }
    }
    if moves.isEmpty { return }
    let paths = graph.resources
    var used: Set<String> = []
    for (identity, address) in paths {
      guard let to = address.prefixes.first(where: { moves[$0] != nil }), let move = moves[to]
      else { continue }
      used.insert(to)
      graph.rename(
        identity, to: ResourceAddress(move.from + address.text.dropFirst(to.count)))
    }
    let all = moves.values.sorted { $0.to < $1.to }
    for move in all where !used.contains(move.to) { report(nothingAt(move, paths)) }
    reportClashes(graph, paths, moves)
  }

  private mutating func move(_ value: ConstructedValue) throws(EvaluationFailure) -> Move? {
    guard let payload = value.payload else { return nil }
    let fields = try machine.fields(payload, "A move")
    return Move(
      from: try machine.text(machine.field("from", of: fields)),
      to: try machine.text(machine.field("to", of: fields)), site: value.site)
  }

  private func nothingAt(
    _ move: Move, _ paths: [ResourceIdentity: ResourceAddress]
  ) -> Diagnostic {
    let near = nearest(to: move.to, among: paths.values.flatMap(\.prefixes).sorted())
    return Diagnostic(
      "FG0342", "There is no resource at '\(move.to)', so nothing has moved there",
      labels: move.site.map { [DiagnosticLabel($0, "said here")] } ?? [],
      notes: [
        "'to' is the path of bindings and fields at which the resource stands now, 'from' its "
          + "address so far, as `fugue status` shows it."
      ],
      hint: near.map { "perhaps you mean '\($0)'" }
        ?? "take the line away if what it names has gone for good")
  }

  /// Two resources cannot have one address.
  private mutating func reportClashes(
    _ graph: ResourceGraph, _ paths: [ResourceIdentity: ResourceAddress],
    _ moves: [String: Move]
  ) {
    var owners: [ResourceAddress: ResourceIdentity] = [:]
    let renamed = graph.resources.sorted { ($0.value, $0.key.number) < ($1.value, $1.key.number) }
    for (identity, address) in renamed {
      guard let other = owners.updateValue(identity, forKey: address),
        let path = paths[identity], let otherPath = paths[other]
      else { continue }
      let site = [path, otherPath].lazy.flatMap(\.prefixes).compactMap { moves[$0]?.site }.first
      report(
        Diagnostic(
          "FG0343", "Two resources would have the address '\(address.text)'",
          labels: site.map { [DiagnosticLabel($0, "one of them by this")] } ?? [],
          notes: [
            "They stand at " + [path.text, otherPath.text].sorted().joined(separator: " and ")
              + "."
          ], hint: "give the binding that is new another name, or move that one, too"))
    }
  }
}

extension ResourceAddress {
  /// Itself and what it lies below, longest first: `a.b[0]`, `a.b`, `a`.
  fileprivate var prefixes: [String] {
    var out = [text]
    for index in text.indices.reversed() where text[index] == "." || text[index] == "[" {
      out.append(String(text[..<index]))
    }
    return out
  }
}
