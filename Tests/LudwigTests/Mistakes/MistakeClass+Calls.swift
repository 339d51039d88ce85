import Determinism
import LudwigSyntax

extension MistakeClass {
  /// Mistakes in what functions and constructors are given.
  static let calls: [MistakeClass] = [
    MistakeClass(
      name: "argument left out", places: { $0.applications },
      make: { sheet, opener, _ in
        let parts = sheet.parts(in: opener)
        guard parts.count > 1, let last = parts.last, let end = sheet.partner(opener) else {
          return nil
        }
        var out = sheet.removing((parts[parts.count - 2].upperBound + 1)...(end - 1))
        _ = last
        let start = Int(sheet.tokens[opener].lower)
        out.others = [(start - 1)...start]
        return out
      }),
    MistakeClass(
      name: "argument too many", places: { $0.applications },
      make: { sheet, opener, _ in
        guard let last = sheet.parts(in: opener).last else { return nil }
        var out = sheet.inserting(", 1", behind: last.upperBound)
        let start = Int(sheet.tokens[opener].lower)
        out.others = [(start - 1)...start]
        return out
      }),
    MistakeClass(
      name: "arguments swapped", places: { $0.applications },
      make: { sheet, opener, _ in
        let parts = sheet.parts(in: opener)
        guard parts.count > 1 else { return nil }
        let spans = parts.prefix(2).map { part in
          (Int(sheet.tokens[part.lowerBound].lower), Int(sheet.tokens[part.upperBound].upper))
        }
        let texts = spans.map { String(decoding: sheet.bytes[$0.0..<$0.1], as: UTF8.self) }
        let between = String(decoding: sheet.bytes[spans[0].1..<spans[1].0], as: UTF8.self)
        return Mistake(
          text: sheet.replacing(spans[0].0, spans[1].1, with: texts[1] + between + texts[0]),
          place: spans[0].0...spans[1].1)
      }),
    MistakeClass(
      name: "field left out", places: { $0.fieldNames },
      make: { sheet, index, _ in
        guard let opener = sheet.opener(of: index),
          let part = sheet.parts(in: opener).first(where: { $0.lowerBound == index })
        else { return nil }
        let hasComma = sheet.kind(part.upperBound + 1) == .comma
        var out = sheet.removing(part.lowerBound...(part.upperBound + (hasComma ? 1 : 0)))
        let start = Int(sheet.tokens[opener].lower)
        out.others = [(start - 1)...start]
        return out
      }),
    MistakeClass(
      name: "field too many", places: { $0.fieldNames },
      make: { sheet, index, _ in
        sheet.inserting("colour: 1, ", before: index)
      }),
    MistakeClass(
      name: "`new` forgotten",
      places: { sheet in
        sheet.all { sheet.word($0) == "new" && sheet.kind($0 - 1) == .dot }
      },
      make: { sheet, index, _ in
        var out = sheet.removing((index - 1)...index)
        let start = Int(sheet.tokens[max(0, index - 4)].lower)
        out.others = [start...Int(sheet.tokens[index].lower)]
        return out
      }),
    MistakeClass(
      name: "constructor's value left out",
      places: { sheet in
        sheet.all { index in
          sheet.word(index) == "Optional" && sheet.kind(index + 1) == .name
            && sheet.line(index) == sheet.line(index + 1)
        }
      },
      make: { sheet, index, _ in
        var out = sheet.removing((index + 1)...(index + 1))
        out.others = [Int(sheet.tokens[index].lower)...Int(sheet.tokens[index].upper)]
        return out
      }),
    MistakeClass(
      name: "value behind a constructor without",
      places: { sheet in
        sheet.all { ["True", "False", "None"].contains(sheet.word($0)) && $0 > 0 }
      },
      make: { sheet, index, _ in
        var out = sheet.inserting(" 1", behind: index)
        out.others = [Int(sheet.tokens[index].lower)...Int(sheet.tokens[index].upper)]
        return out
      }),
  ]
}

extension MistakenSheet {
  /// The parentheses of applications in expressions.
  var applications: [Int] {
    all { kind($0) == .leftParenthesis && isApplied($0) && !tokens[$0].isSpaced }
  }

  /// The bracket that a token stands in.
  func opener(of index: Int) -> Int? {
    var depth = 0
    for place in tokens.indices.prefix(index).reversed() {
      switch tokens[place].kind {
      case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
      case .leftParenthesis, .leftBracket, .leftBrace:
        if depth == 0 { return place }
        depth -= 1
      default: break
      }
    }
    return nil
  }
}
