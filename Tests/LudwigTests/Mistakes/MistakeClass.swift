import Determinism
import LudwigSyntax

/// A kind of mistake that people make.
struct MistakeClass: Sendable {
  /// What it is called in the report.
  let name: String
  /// The tokens of a sheet where it can be made.
  let places: @Sendable (MistakenSheet) -> [Int]
  /// Makes it at one of them; nil where that is no mistake.
  let make: @Sendable (MistakenSheet, Int, inout RandomSource) -> Mistake?

  /// All kinds.
  static let all: [MistakeClass] = names + calls + literals + layouts + types

  /// Letters of a name swapped, dropped or doubled.
  static func misspell(_ name: String, _ random: inout RandomSource) -> String {
    var letters = Array(name)
    guard letters.count > 2 else { return name + "x" }
    let at = 1 + random.below(letters.count - 2)
    switch random.below(3) {
    case 0 where letters[at] != letters[at + 1]: letters.swapAt(at, at + 1)
    case 1: letters.remove(at: at)
    default: letters.insert(letters[at], at: at)
    }
    return letters.reduce(into: "") { $0.append($1) }
  }

  private static func misspelling(
    _ name: String, _ places: @escaping @Sendable (MistakenSheet) -> [Int]
  ) -> MistakeClass {
    MistakeClass(name: name, places: places) { sheet, index, random in
      let new = misspell(sheet.word(index), &random)
      if sheet.all(where: { sheet.word($0) == new }).isEmpty {
        return sheet.replacing(index, with: new)
      }
      return nil
    }
  }

  private static let names: [MistakeClass] = [
    misspelling("misspelt use of a value") { sheet in
      let tops = sheet.topNames
      return sheet.all { index in
        tops[sheet.word(index)] != nil && tops[sheet.word(index)] != index
          && sheet.kind(index + 1) != .colon && sheet.kind(index - 1) != .dot
          && !sheet.isInHeader(index) && !sheet.isInSignature(index)
      }
    },
    misspelling("misspelt definition") { sheet in
      let tops = sheet.topNames
      return tops.values.sorted().filter { definition in
        sheet.all { index in
          index != definition && sheet.word(index) == sheet.word(definition)
            && sheet.kind(index - 1) != .dot && sheet.kind(index + 1) != .colon
        }.count > 0
      }
    },
    misspelling("misspelt field of a call") { sheet in
      sheet.fieldNames
    },
    misspelling("misspelt field that is read") { sheet in
      sheet.all { index in
        sheet.kind(index) == .name && sheet.kind(index - 1) == .dot
          && (sheet.kind(index - 2) == .name || sheet.kind(index - 2) == .rightParenthesis)
      }
    },
    misspelling("misspelt member of a module") { sheet in
      sheet.all { index in
        sheet.kind(index - 1) == .dot && sheet.kind(index - 2) == .typeName
          && [.name, .typeName].contains(sheet.kind(index)) && !sheet.isInHeader(index)
          && sheet.kind(index - 3) != .dot && sheet.kind(index - 3) != .leftParenthesis
          && !sheet.isInSignature(index)
      }
    },
    misspelling("misspelt module in an import") { sheet in
      sheet.all { index in
        sheet.kind(index) == .typeName && sheet.isInHeader(index)
          && sheet.word(index) != "Fugue"
          && (sheet.kind(index - 1) == .dot || sheet.kind(index + 1) == .dot)
      }
    },
    misspelling("misspelt type") { sheet in
      sheet.all { index in
        sheet.kind(index) == .typeName && sheet.isInSignature(index)
          && sheet.kind(index + 1) != .dot && sheet.kind(index - 1) != .bar
          && sheet.kind(index - 1) != .keyword(.type)
      }
    },
    misspelling("misspelt constructor") { sheet in
      sheet.all { index in
        sheet.kind(index) == .typeName && !sheet.isInHeader(index)
          && !sheet.isInSignature(index) && sheet.kind(index - 1) != .dot
          && sheet.kind(index + 1) != .dot && !sheet.tokens[index].startsLine
      }
    },
    MistakeClass(
      name: "constructor in lower case",
      places: { sheet in
        sheet.all { index in
          ["True", "False", "None"].contains(sheet.word(index)) && sheet.kind(index + 1) != .dot
            && sheet.kind(index - 1) != .dot
        }
      },
      make: { sheet, index, _ in sheet.replacing(index, with: sheet.word(index).lowercased()) }),
    MistakeClass(
      name: "defined twice",
      places: { sheet in sheet.topNames.values.sorted().filter { sheet.tokens[$0].column == 0 } },
      make: { sheet, index, _ in
        let end = sheet.bytes.count
        let line = "\n\(sheet.word(index)): 1\n"
        let start = Int(sheet.tokens[index].lower)
        return Mistake(
          text: sheet.replacing(end, end, with: line), place: end...(end + line.utf8.count),
          others: [start...start])
      }),
    MistakeClass(
      name: "import left out",
      places: { sheet in
        sheet.all { sheet.kind($0) == .keyword(.as) && sheet.kind($0 + 1) == .typeName }
      },
      make: { sheet, index, _ in
        let alias = sheet.word(index + 1)
        let uses = sheet.all { sheet.word($0) == alias && sheet.kind($0 + 1) == .dot && $0 > index }
        guard let use = uses.first(where: { !sheet.isInHeader($0) }) else { return nil }
        let start = sheet.tokens[...index].lastIndex { $0.startsLine } ?? index
        // An import block of one line would be left empty.
        guard sheet.kind(start) == .keyword(.import) else { return nil }
        var out = sheet.removing(start...(index + 1))
        let cut = sheet.bytes.count - out.text.utf8.count
        let at = Int(sheet.tokens[use].lower) - cut
        out.place = at...(at + alias.utf8.count)
        return out
      }),
  ]
}

extension MistakenSheet {
  /// The names of fields that stand in braces behind a function or constructor.
  var fieldNames: [Int] {
    all { kind($0) == .leftBrace && isApplied($0) }.flatMap { opener in
      parts(in: opener).map(\.lowerBound).filter { kind($0 + 1) == .colon }
    }
  }

  /// Whether a bracket stands behind what may be a function or constructor, in an expression.
  func isApplied(_ opener: Int) -> Bool {
    (kind(opener - 1) == .name || kind(opener - 1) == .typeName)
      && kind(opener - 2) != .keyword(.fun) && kind(opener - 2) != .bar && !isInSignature(opener)
      && !isInHeader(opener)
  }
}
