internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

/// What others own: parts of resources that enforcement leaves alone, values of other processes.
extension Evaluation {
  /// What the composition leaves to others, by resource, each list in order of statement.
  mutating func ignored(
    _ graph: ResourceGraph
  ) -> [ResourceAddress: [(part: Ignored, site: SourceRange?)]] {
    let reader = StatementReader(addresses: machine.addresses, sources: sources)
    var out: [ResourceAddress: [(part: Ignored, site: SourceRange?)]] = [:]
    for statement in graph.statements {
      attempt { (self: inout Self) throws(EvaluationFailure) in
        for (address, part, site) in try reader.ignored(by: statement.value, &self.machine) {
          out[address, default: []].append((part: part, site: site))
        }
      }
    }
    return out
  }

  /// Writes down on each resource what is left to others; a field must be one that is compared.
  mutating func leave(
    _ ignored: [ResourceAddress: [(part: Ignored, site: SourceRange?)]],
    in resources: inout [DeclaredResource]
  ) {
    if ignored.isEmpty { return }
    for index in resources.indices {
      for (part, site) in ignored[resources[index].address] ?? [] {
        if case .field(let name) = part, !resources[index].lifecycle.compares(name) {
          report(notCompared(name, resources[index], site))
          continue
        }
        if !resources[index].ignored.contains(part) { resources[index].ignored.append(part) }
      }
    }
  }

  private func notCompared(
    _ name: String, _ resource: DeclaredResource, _ site: SourceRange?
  ) -> Diagnostic {
    let names = resource.lifecycle.comparedNames
    let type = resource.type.split(separator: ".").last ?? ""
    return Diagnostic(
      "FG0341", "'\(name)' of \(resource.address.text) is never put back, so it cannot be left out",
      labels: site.map { [DiagnosticLabel($0, "left to others here")] } ?? [],
      notes: [
        "The planner of \(type) compares "
          + (names.isEmpty ? "nothing." : names.joined(separator: ", ") + ".")
      ],
      hint: nearest(to: name, among: names).map { "perhaps you mean \($0)" } ?? "leave this out")
  }

  /// Says where values of other processes are used, which a plan cannot do yet.
  mutating func reportNeighbours() {
    var seen: Set<String> = []
    for (process, site) in machine.neighbours where seen.insert(process).inserted {
      report(
        Diagnostic(
          "FG0344", "What the process '\(process)' has is not known here",
          labels: site.map { [DiagnosticLabel($0, "asked for here")] } ?? [],
          notes: [
            "Such a composition compiles (`fugue compile`). Plans that take values of other "
              + "processes are not built yet."
          ], hint: "refer to what exists with 'external' until then"))
    }
  }
}

extension Lifecycle {
  /// What is compared, by name, in order.
  fileprivate var comparedNames: [String] {
    Set(aspects.map(\.comparison.name) + replaceOn.map(\.name)).sorted()
  }

  fileprivate func compares(_ name: String) -> Bool {
    aspects.contains { $0.comparison.name == name } || replaceOn.contains { $0.name == name }
  }
}
