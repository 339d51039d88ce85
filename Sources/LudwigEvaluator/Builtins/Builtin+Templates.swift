internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Ludwig.Template`.
  static let templates: [String: Builtin] = [
    "template.render": Builtin([0, Int.max, 0, 0]) { machine, call throws(EvaluationFailure) in
      let text = try machine.text(call, 0)
      let template: Mustache
      do throws(Mustache.Problem) {
        template = try Mustache(text)
      } catch {
        throw machine.failure(
          "FG0330", "This template cannot be read: \(error.message)", at: call.site,
          notes: ["It is in line \(error.line) of the template."])
      }
      let rendering = Rendering(
        isMissAnError: try machine.truth(call, 2), escapesHTML: try machine.truth(call, 3),
        call: call)
      return .give(try machine.render(template, call.arguments[1], rendering))
    }
  ]
}

/// How a template is rendered.
struct Rendering {
  /// Whether a name that is not in the data stops the compilation.
  let isMissAnError: Bool
  /// Whether the characters that HTML uses itself are written as entities.
  let escapesHTML: Bool
  /// The call, for messages.
  let call: BuiltinCall
}

extension Machine {
  /// One section that is being rendered.
  private struct Round {
    /// The index of the section's first part.
    let start: Int
    /// Elements that the section is rendered for, the present one first.
    var elements: ArraySlice<Ref>
  }

  /// A template with its tags replaced by what data holds.
  fileprivate func render(
    _ template: Mustache, _ data: Ref, _ rendering: Rendering
  ) throws(EvaluationFailure) -> RuntimeValue {
    var builder = TextBuilder()
    var rounds: [Round] = []
    var contexts = [data]
    var index = 0
    while index < template.parts.count {
      switch template.parts[index] {
      case .text(let text): try add(.string(text), to: &builder, rendering.call)
      case .variable(let name, let isEscaped):
        let value = try value(name, contexts, rendering, "variable")
        try write(value, isEscaped && rendering.escapesHTML, to: &builder, name, rendering)
      case .section(let name, let isInverted, let end):
        let value = try value(name, contexts, rendering, "section")
        let elements = try elements(of: value, rendering)
        if isInverted ? !elements.isEmpty : elements.isEmpty {
          index = end
        } else {
          rounds.append(Round(start: index + 1, elements: isInverted ? [data] : elements))
          contexts.append(isInverted ? contexts[contexts.count - 1] : elements[elements.startIndex])
        }
      case .end:
        guard var round = rounds.popLast() else { break }
        contexts.removeLast()
        round.elements.removeFirst()
        if let next = round.elements.first {
          contexts.append(next)
          index = round.start - 1
          rounds.append(round)
        }
      }
      index += 1
    }
    return builder.value
  }

  /// What a name stands for: its first part in the innermost context that has it.
  private func value(
    _ name: [String], _ contexts: [Ref], _ rendering: Rendering, _ what: String
  ) throws(EvaluationFailure) -> Ref? {
    guard let first = name.first else { return contexts.last }
    for context in contexts.reversed() {
      guard var found = try field(first, in: context) else { continue }
      for part in name.dropFirst() {
        guard let next = try field(part, in: found) else {
          return try missing(name, rendering, what)
        }
        found = next
      }
      return found
    }
    return try missing(name, rendering, what)
  }

  private func missing(
    _ name: [String], _ rendering: Rendering, _ what: String
  ) throws(EvaluationFailure) -> Ref? {
    guard rendering.isMissAnError else { return nil }
    throw failure(
      "FG0330", "The template's \(what) '\(name.joined(separator: "."))' is not in its data",
      at: rendering.call.site,
      hint: "give it, or let missBehavior be Template.MissAsEmptyString")
  }

  /// A field of a record, dictionary or constructor's record; nil where it is missing or None.
  private func field(_ name: String, in context: Ref) throws(EvaluationFailure) -> Ref? {
    var found: Ref?
    switch try known(context) {
    case .record(let record): found = record.fields[name]
    case .dictionary(let entries): found = entries[name]
    case .some(let inner): return try field(name, in: inner)
    case .construct(let value) where value.identity == nil:
      if let payload = value.payload { return try field(name, in: payload) }
    case .int, .float, .string, .bool, .list, .pieces, .tuple, .closure, .external, .call,
      .construct, .none, .secret, .residual, .hole:
      return nil
    }
    while let ref = found, case .some(let inner) = try known(ref) { found = inner }
    if let ref = found, case .none = try known(ref) { return nil }
    return found
  }

  /// The elements that a section is rendered for; none for False, nothing and the empty list.
  private func elements(
    of ref: Ref?, _ rendering: Rendering
  ) throws(EvaluationFailure) -> ArraySlice<Ref> {
    guard let ref else { return [] }
    let value = try known(ref)
    switch value {
    case .bool(let truth): return truth ? [ref] : []
    case .none: return []
    case .list(let elements): return elements
    case .some(let inner): return try elements(of: inner, rendering)
    case .residual, .pieces, .hole:
      throw branching("A section", by: value, at: rendering.call.node, rendering.call.site)
    case .int, .float, .string, .tuple, .record, .dictionary, .closure, .external, .call,
      .construct, .secret:
      return [ref]
    }
  }

  private func write(
    _ ref: Ref?, _ isEscaped: Bool, to builder: inout TextBuilder, _ name: [String],
    _ rendering: Rendering
  ) throws(EvaluationFailure) {
    guard let ref else { return }
    let value = try known(ref)
    switch value {
    case .int(let number): builder.add("\(number)")
    case .float(let number): builder.add("\(number)")
    case .bool(let truth): builder.add(truth ? "True" : "False")
    case .string(let text):
      try add(.string(isEscaped ? Self.escaped(text) : text), to: &builder, rendering.call)
    case .some(let inner): try write(inner, isEscaped, to: &builder, name, rendering)
    case .none: break
    case .residual, .hole:
      // What is known later is not escaped, but a text of the declared resource is.
      if let place = Hole.place(in: value) { throw EvaluationFailure(reading: place) }
      try add(value, to: &builder, rendering.call)
    case .list, .pieces, .tuple, .record, .dictionary, .closure, .external, .call, .construct,
      .secret:
      let shown = name.isEmpty ? "." : name.joined(separator: ".")
      throw failure(
        "FG0330", "The template's variable '\(shown)' is \(value.kindName), which has no text",
        at: rendering.call.site, hint: "a number, text or truth value can be rendered")
    }
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
