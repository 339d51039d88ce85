/// What changes between two texts, line by line, as people know it from `diff -u`.
struct LineDifference {
  private enum Edit {
    case same(String)
    case removed(String)
    case added(String)
  }

  private let edits: [Edit]

  /// Compares two texts.
  init(from old: String, to new: String) {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let difference = after.difference(from: before)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var edits: [Edit] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if i < before.count, removed.contains(i) {
        edits.append(.removed(before[i]))
        i += 1
      } else if j < after.count, added.contains(j) {
        edits.append(.added(after[j]))
        j += 1
      } else {
        edits.append(.same(before[i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    self.edits = edits
  }

  /// The changed lines, each hunk below a line that says where it begins in the old text.
  func lines(_ terminal: Terminal) -> [String] {
    var out: [String] = []
    var line = 1
    var isInside = false
    for edit in edits {
      switch edit {
      case .same: isInside = false
      case .removed, .added:
        if !isInside { out.append(terminal.paint("@@ line \(line) @@", .faint)) }
        isInside = true
      }
      switch edit {
      case .same: line += 1
      case .removed(let text):
        out.append(terminal.paint("-\(text)", .bad))
        line += 1
      case .added(let text): out.append(terminal.paint("+\(text)", .good))
      }
    }
    return out
  }
}
