import Determinism
import LudwigSyntax

extension MistakeClass {
  private static func leavingOut(
    _ name: String, _ isMeant: @escaping @Sendable (MistakenSheet, Int) -> Bool
  ) -> MistakeClass {
    MistakeClass(
      name: name,
      places: { sheet in sheet.all { isMeant(sheet, $0) } },
      make: { sheet, index, _ in
        var out = sheet.removing(index...index)
        if index > 0 {
          let before = Int(sheet.tokens[index - 1].lower)
          out.others = [before...Int(sheet.tokens[index].lower)]
        }
        return out
      })
  }

  private static func unclosed(_ name: String, _ closer: Token.Kind) -> MistakeClass {
    MistakeClass(
      name: name, places: { sheet in sheet.all { sheet.kind($0) == closer } },
      make: { sheet, index, _ in
        guard let opener = sheet.opener(of: index) else { return nil }
        var out = sheet.removing(index...index)
        let start = Int(sheet.tokens[opener].lower)
        out.others = [start...(start + 1)]
        return out
      })
  }

  /// Mistakes in punctuation, keywords and layout.
  static let layouts: [MistakeClass] = [
    leavingOut("colon left out") { sheet, index in
      sheet.kind(index) == .colon && !sheet.isInSignature(index)
    },
    leavingOut("comma left out") { sheet, index in
      sheet.kind(index) == .comma && !sheet.isInHeader(index)
        && ![.rightBrace, .rightBracket, .rightParenthesis].contains(sheet.kind(index + 1))
    },
    unclosed("`}` left out", .rightBrace),
    unclosed("`]` left out", .rightBracket),
    unclosed("`)` left out", .rightParenthesis),
    leavingOut("`then`, `else`, `of` or `in` left out") { sheet, index in
      [.keyword(.then), .keyword(.else), .keyword(.of)].contains(sheet.kind(index))
        || (sheet.word(index) == "in" && sheet.kind(index) == .name)
    },
    MistakeClass(
      name: "`let` left out",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .keyword(.let) && sheet.tokens[index].startsLine
            && sheet.kind(index + 1) == .name
        }
      },
      make: { sheet, index, _ in
        let (lower, upper) = (Int(sheet.tokens[index].lower), Int(sheet.tokens[index + 1].lower))
        return Mistake(text: sheet.replacing(lower, upper, with: ""), place: lower...(lower + 1))
      }),
    leavingOut("`|` left out") { sheet, index in
      sheet.kind(index) == .bar && sheet.tokens[index].startsLine
    },
    leavingOut("`->` left out") { sheet, index in sheet.kind(index) == .arrow },
    MistakeClass(
      name: "`=` for `:`",
      places: { sheet in
        sheet.all { sheet.kind($0) == .colon && !sheet.isInSignature($0) }
      }, make: { sheet, index, _ in sheet.replacing(index, with: " =") }),
    MistakeClass(
      name: "closing bracket too many",
      places: { sheet in
        sheet.all {
          [.rightBrace, .rightBracket, .rightParenthesis].contains(sheet.kind($0))
            && !sheet.isInHeader($0)
        }
      }, make: { sheet, index, _ in sheet.inserting(sheet.word(index), behind: index) }),
    MistakeClass(
      name: "statement indented",
      places: { sheet in sheet.all { sheet.tokens[$0].startsLine && sheet.tokens[$0].column == 0 }
      },
      make: { sheet, index, _ in
        [.rightBrace, .rightBracket, .rightParenthesis].contains(sheet.kind(index))
          ? nil : sheet.inserting(" ", before: index)
      }),
    MistakeClass(
      name: "line of a block out of line",
      places: { sheet in
        sheet.all { index in
          sheet.isBlockLine(index) && sheet.opener(of: index) == nil
            && sheet.tokens[..<index].last(where: \.startsLine)?.column
              == sheet.tokens[index].column
        }
      }, make: { sheet, index, _ in sheet.inserting(" ", before: index) }),
    MistakeClass(
      name: "`;` for `,`",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .comma && sheet.kind(index + 1) == .name
            && sheet.kind(index + 2) == .colon && !sheet.isInSignature(index)
            && !sheet.isInHeader(index)
        }
      }, make: { sheet, index, _ in sheet.replacing(index, with: ";") }),
    MistakeClass(
      name: "`=>` for `->`",
      places: { sheet in
        sheet.all { sheet.kind($0) == .arrow && !sheet.isInSignature($0) }
      }, make: { sheet, index, _ in sheet.replacing(index, with: "=>") }),
  ]
}

extension MistakenSheet {
  /// Whether a token starts a line of a record without braces.
  func isBlockLine(_ index: Int) -> Bool {
    tokens[index].startsLine && tokens[index].column > 0 && kind(index) == .name
      && kind(index + 1) == .colon && !isInSignature(index)
  }
}
