internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Machine {
  /// A failure with a place, and with the user's lines that led there as a trace.
  func failure(
    _ code: DiagnosticCode, _ headline: String, at site: SourceRange?, _ message: String = "",
    notes: [String] = [], hint: String? = nil
  ) -> EvaluationFailure {
    var labels = site.map { [DiagnosticLabel($0, message)] } ?? []
    for place in trace() where !labels.contains(where: { overlaps($0.range, place) }) {
      labels.append(DiagnosticLabel(place, "asked for here", isPrimary: false))
      if labels.count > 4 { break }
    }
    return EvaluationFailure(
      Diagnostic(code, headline, labels: labels, notes: notes, hint: hint))
  }

  private func overlaps(_ a: SourceRange, _ b: SourceRange) -> Bool {
    a.source == b.source && a.lower < b.upper && b.lower < a.upper
  }

  /// "A choice depends on something that is known only after an API call."
  func branching(
    _ what: String, by value: RuntimeValue, at node: CoreID?, _ site: SourceRange?
  ) -> EvaluationFailure {
    if let place = Hole.place(in: value) { return EvaluationFailure(reading: place) }
    return failure(
      "FG0305", "\(what) depends on a value that is known only after an API call",
      at: node.flatMap { self.site(of: $0, within: site) } ?? site, "this is not known yet",
      notes: [
        "A plan is closed data: it may carry such a value along, but not decide by it."
      ],
      hint: "decide by something that the composition states, or pass the value on unchanged")
  }

  /// A value of a kind that an operation cannot work on. The checker rules it out, unless a
  /// library's primitive was declared with a wrong type.
  func unexpected(
    _ value: RuntimeValue, wanted: String, _ node: CoreID?, _ site: SourceRange?
  ) -> EvaluationFailure {
    if let place = Hole.place(in: value) { return EvaluationFailure(reading: place) }
    if case .residual = value { return branching("This", by: value, at: node, site) }
    return failure(
      "FG0304", "\(wanted) is wanted here, and this is \(value.kindName)",
      at: node.flatMap { self.site(of: $0, within: site) } ?? site)
  }

  /// "It depends on itself", with the places that make the circle.
  func endless(_ ref: Ref) -> EvaluationFailure {
    var circle: [SourceRange] = []
    for case .keep(let kept, let site) in stack.reversed() {
      if let site, isUser(site.source), !circle.contains(site) {
        circle.append(site)
      }
      if kept == ref { break }
    }
    var labels = circle.prefix(6).map { DiagnosticLabel($0, "needs itself", isPrimary: false) }
    if let first = labels.first {
      labels[0] = DiagnosticLabel(first.range, "to know this, this must be known already")
    }
    return EvaluationFailure(
      Diagnostic(
        "FG0301", "This value depends on itself", labels: labels,
        notes: ["The circle has no end, so the value can never be known."],
        hint: labels.count == 1
          ? "a name on its own right side means this value, not an outer one: rename one of them"
          : "values may refer to each other through resources and records, as long as no "
            + "field needs itself to be computed"))
  }

  /// "It takes too long", with the innermost places; said once.
  mutating func tooLong() -> EvaluationFailure {
    if isExhausted { return EvaluationFailure(nil) }
    isExhausted = true
    return failure(
      "FG0302", "This does not come to an end within \(limits.steps) steps",
      at: trace().first, "the evaluation was here",
      hint: "look for a function that calls itself without coming closer to its end")
  }

  /// "This grows too large."
  mutating func tooLarge(_ what: String) -> EvaluationFailure {
    failure(
      "FG0302", "This \(what) grows beyond \(limits.size) parts", at: trace().first,
      "the evaluation was here", hint: "look for a function that adds to it without an end")
  }

  /// The user's places that wait for the present one, innermost first, each once.
  func trace() -> [SourceRange] {
    var places: [SourceRange] = []
    for continuation in stack.reversed().prefix(4096) {
      guard case .keep(_, let site?) = continuation, isUser(site.source),
        places.last != site, !places.contains(site)
      else { continue }
      places.append(site)
      if places.count == 8 { break }
    }
    return places
  }
}
