import Determinism
import LudwigSyntax

extension MistakeClass {
  /// Mistakes in types and cases.
  static let types: [MistakeClass] = [
    MistakeClass(
      name: "branch of a case left out",
      places: { sheet in
        sheet.all {
          sheet.kind($0) == .bar && sheet.tokens[$0].startsLine && !sheet.isInSignature($0)
        }
      },
      make: { sheet, index, _ in
        var last = index
        while last + 1 < sheet.tokens.count,
          !(sheet.tokens[last + 1].startsLine
            && sheet.tokens[last + 1].column <= sheet.tokens[index].column)
        {
          last += 1
        }
        var out = sheet.removing(index...last)
        let subject = sheet.tokens[..<index].lastIndex { $0.kind == .keyword(.case) } ?? index
        let start = Int(sheet.tokens[subject].lower)
        out.others = [start...Int(sheet.tokens[index].lower)]
        return out
      }),
    MistakeClass(
      name: "result of another type",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .arrow && sheet.isInSignature(index)
            && sheet.kind(index + 1) == .typeName && sheet.kind(index + 2) == .colon
        }
      },
      make: { sheet, index, _ in
        let new = sheet.word(index + 1) == "Int" ? "String" : "Int"
        return sheet.replacing(index + 1, with: new)
      }),
    MistakeClass(
      name: "type's argument left out",
      places: { sheet in
        sheet.all { index in
          ["List", "Optional", "Dictionary"].contains(sheet.word(index))
            && sheet.word(index + 1) == "<" && sheet.isInSignature(index)
        }
      },
      make: { sheet, index, _ in
        let ends = sheet.tokens[index...].indices
        guard let end = ends.first(where: { sheet.word($0).hasPrefix(">") }),
          sheet.word(end) == ">"
        else { return nil }
        var out = sheet.removing((index + 1)...end)
        out.others = [Int(sheet.tokens[index].lower)...Int(sheet.tokens[index].upper)]
        return out
      }),
    MistakeClass(
      name: "type variable for a type",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .arrow && sheet.isInSignature(index)
            && sheet.kind(index + 1) == .typeName && sheet.kind(index + 2) == .colon
        }
      },
      make: { sheet, index, _ in sheet.replacing(index + 1, with: "a") }),
    MistakeClass(
      name: "one where a list is wanted",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .leftBracket && sheet.kind(index - 1) == .colon
            && sheet.opener(of: index).map(sheet.isApplied) == true
            && sheet.parts(in: index).count == 1 && !sheet.isInSignature(index)
            && sheet.partner(index).map { end in
              !(index..<end).contains { sheet.kind($0) == .keyword(.for) }
            } == true
        }
      },
      make: { sheet, index, _ in
        guard let part = sheet.parts(in: index).first else { return nil }
        let lower = Int(sheet.tokens[index].lower)
        let bounds = (
          Int(sheet.tokens[part.lowerBound].lower), Int(sheet.tokens[part.upperBound].upper)
        )
        let inner = String(decoding: sheet.bytes[bounds.0..<bounds.1], as: UTF8.self)
        guard let end = sheet.partner(index) else { return nil }
        return Mistake(
          text: sheet.replacing(lower, Int(sheet.tokens[end].upper), with: inner),
          place: lower...(lower + inner.utf8.count))
      }),
    MistakeClass(
      name: "list where one is wanted",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .name && sheet.kind(index - 1) == .colon
            && (sheet.kind(index + 1) == .comma || sheet.kind(index + 1) == .rightBrace)
            && sheet.opener(of: index).map(sheet.isApplied) == true
            && !sheet.isInSignature(index)
        }
      },
      make: { sheet, index, _ in sheet.replacing(index, with: "[\(sheet.word(index))]") }),
    MistakeClass(
      name: "member of a module in lower case",
      places: { sheet in
        sheet.all { index in
          sheet.kind(index) == .typeName && sheet.kind(index - 1) == .dot
            && sheet.kind(index - 2) == .typeName && sheet.kind(index - 3) != .dot
            && sheet.kind(index + 1) != .dot && !sheet.isInSignature(index)
            && !sheet.isInHeader(index)
            && [.comma, .rightParenthesis, .rightBracket].contains(sheet.kind(index + 1))
        }
      },
      make: { sheet, index, _ in
        sheet.replacing(
          index,
          with: sheet.word(index).prefix(1).lowercased() + String(sheet.word(index).dropFirst()))
      }),
  ]
}
