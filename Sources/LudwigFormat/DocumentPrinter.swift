/// Decides the layout of a document within a line width; linear in the document's size.
struct DocumentPrinter {
  /// Whether breaks are taken.
  private enum Mode { case flat, broken }

  private struct Command {
    let indent: Int
    let mode: Mode
    let document: Document
  }

  private let width: Int
  private var out = ""
  private var column = 0
  /// Blanks to write before the next text of the line.
  private var pendingIndent = 0
  private var isAtLineStart = true
  private var isAfterBlank = true
  /// Comments that wait for the end of the line.
  private var waiting: [String] = []
  private var commands: [Command] = []

  /// A printer for lines of `width` columns.
  init(width: Int) { self.width = width }

  /// The text, ended by one line break; empty for an empty document.
  mutating func text(of document: Document) -> String {
    commands = [Command(indent: 0, mode: .broken, document: document)]
    while let command = commands.popLast() { run(command) }
    if !isAtLineStart || !waiting.isEmpty { breakLine(indent: 0, isBlank: false) }
    return out
  }

  private mutating func run(_ command: Command) {
    let (indent, mode) = (command.indent, command.mode)
    switch command.document.node {
    case .text(let text): write(text)
    case .line(let flat, let isBlank):
      if mode == .flat, let flat {
        write(flat)
      } else {
        breakLine(indent: indent, isBlank: isBlank)
      }
    case .concat(let parts):
      for part in parts.reversed() {
        commands.append(Command(indent: indent, mode: mode, document: part))
      }
    case .nest(let depth, let content):
      commands.append(Command(indent: indent + depth, mode: mode, document: content))
    case .group(let content):
      let flat = Command(indent: indent, mode: .flat, document: content)
      let isFlat = !command.document.isForced && (mode == .flat || fits(flat))
      commands.append(
        isFlat ? flat : Command(indent: indent, mode: .broken, document: content))
    case .choice(let states): choose(states, indent: indent, mode: mode)
    case .ifBroken(let text): if mode == .broken { write(text) }
    case .comment(let text, let isOwnLine): comment(text, isOwnLine: isOwnLine, indent: indent)
    case .blank:
      if isAtLineStart, !isAfterBlank {
        out += "\n"
        isAfterBlank = true
      }
    }
  }

  private mutating func choose(_ states: [Document], indent: Int, mode: Mode) {
    for (index, state) in states.dropLast().enumerated() {
      let command = Command(indent: indent, mode: .flat, document: state)
      if index == 0, state.isForced { continue }
      guard fits(command) || (index == 0 && mode == .flat) else { continue }
      commands.append(command)
      return
    }
    guard let last = states.last else { return }
    commands.append(Command(indent: indent, mode: .broken, document: last))
  }

  // MARK: Output

  private mutating func write(_ text: String) {
    guard !text.isEmpty else { return }
    if isAtLineStart {
      out += String(repeating: " ", count: pendingIndent)
      column = pendingIndent
      isAtLineStart = false
    }
    out += text
    isAfterBlank = false
    if let last = text.lastIndex(of: "\n") {
      column = text[last...].unicodeScalars.count - 1
    } else {
      column += text.unicodeScalars.count
    }
  }

  private mutating func breakLine(indent: Int, isBlank: Bool) {
    if let first = waiting.first {
      out += (isAtLineStart ? String(repeating: " ", count: pendingIndent) : "  ") + first
    }
    if !isAtLineStart || !waiting.isEmpty {
      out += "\n"
      isAfterBlank = false
    }
    for text in waiting.dropFirst() { out += String(repeating: " ", count: indent) + text + "\n" }
    waiting = []
    if isBlank, !isAfterBlank {
      out += "\n"
      isAfterBlank = true
    }
    (column, pendingIndent, isAtLineStart) = (indent, indent, true)
  }

  private mutating func comment(_ text: String, isOwnLine: Bool, indent: Int) {
    waiting.append(text)
    guard isOwnLine, isAtLineStart, waiting.count == 1 else { return }
    pendingIndent = indent
    breakLine(indent: indent, isBlank: false)
  }

  // MARK: Measuring

  /// Whether what a command prints, and what follows it up to the next break, fits on the line.
  private func fits(_ first: Command) -> Bool {
    var remaining = width - column
    var open = [first]
    var rest = commands.count
    while remaining >= 0 {
      guard let command = open.popLast() ?? nextCommand(&rest) else { return true }
      let (indent, mode) = (command.indent, command.mode)
      switch command.document.node {
      case .text(let text):
        if let end = text.firstIndex(of: "\n") {
          return text[..<end].unicodeScalars.count <= remaining
        }
        remaining -= text.unicodeScalars.count
      case .line(let flat, _):
        guard mode == .flat, let flat else { return true }
        remaining -= flat.utf8.count
      case .concat(let parts):
        for part in parts.reversed() {
          open.append(Command(indent: indent, mode: mode, document: part))
        }
      case .nest(let depth, let content):
        open.append(Command(indent: indent + depth, mode: mode, document: content))
      case .group(let content):
        let inner = command.document.isForced ? .broken : mode
        open.append(Command(indent: indent, mode: inner, document: content))
      case .choice(let states):
        guard let state = command.document.isForced ? states.last : states.first else { continue }
        let inner = command.document.isForced ? .broken : mode
        open.append(Command(indent: indent, mode: inner, document: state))
      case .ifBroken(let text): if mode == .broken { remaining -= text.utf8.count }
      case .comment, .blank: break
      }
    }
    return false
  }

  private func nextCommand(_ rest: inout Int) -> Command? {
    guard rest > 0 else { return nil }
    rest -= 1
    return commands[rest]
  }
}
