import Determinism
import LudwigSyntax

extension MistakeClass {
  private static func swapping(
    _ name: String, _ kind: Token.Kind, for text: String
  ) -> MistakeClass {
    MistakeClass(
      name: name,
      places: { sheet in sheet.all { sheet.kind($0) == kind && !sheet.isInHeader($0) } },
      make: { sheet, index, _ in sheet.replacing(index, with: text) })
  }

  /// Mistakes in literals and their operators.
  static let literals: [MistakeClass] = [
    swapping("number where text is wanted", .string, for: "42"),
    swapping("text where a number is wanted", .integer, for: "\"many\""),
    MistakeClass(
      name: "text where True or False is wanted",
      places: { sheet in sheet.all { ["True", "False"].contains(sheet.word($0)) } },
      make: { sheet, index, _ in sheet.replacing(index, with: "\"yes\"") }),
    MistakeClass(
      name: "quotes forgotten",
      places: { sheet in sheet.all { sheet.kind($0) == .string && sheet.word($0).count > 4 } },
      make: { sheet, index, _ in
        let inner = String(sheet.word(index).dropFirst().dropLast())
        guard inner.allSatisfy({ $0.isLetter && $0.isASCII && $0.isLowercase }) else { return nil }
        return sheet.replacing(index, with: inner)
      }),
    MistakeClass(
      name: "bad prefix of a CIDR", places: { $0.blocks },
      make: { sheet, index, _ in
        let word = sheet.word(index)
        guard let slash = word.lastIndex(of: "/") else { return nil }
        return sheet.replacing(index, with: word[..<slash] + "/33" + String(word.suffix(1)))
      }),
    MistakeClass(
      name: "bad byte of a CIDR", places: { $0.blocks },
      make: { sheet, index, _ in
        let word = sheet.word(index)
        guard let dot = word.firstIndex(of: ".") else { return nil }
        return sheet.replacing(index, with: String(word.prefix(1)) + "300" + word[dot...])
      }),
    MistakeClass(
      name: "string never closed",
      places: { sheet in
        sheet.all { sheet.kind($0) == .string && !sheet.word($0).contains("\n") }
      },
      make: { sheet, index, _ in
        let upper = Int(sheet.tokens[index].upper)
        return Mistake(
          text: sheet.replacing(upper - 1, upper, with: ""),
          place: Int(sheet.tokens[index].lower)...upper)
      }),
    MistakeClass(
      name: "+ for ++", places: { sheet in sheet.all { sheet.word($0) == "++" } },
      make: { sheet, index, _ in
        var out = sheet.replacing(index, with: "+")
        out.others = [Int(sheet.tokens[index - 1].lower)...Int(sheet.tokens[index + 1].upper)]
        return out
      }),
    MistakeClass(
      name: "operand left out", places: { sheet in sheet.all { sheet.word($0) == "++" } },
      make: { sheet, index, _ in
        guard sheet.kind(index + 1) == .string, sheet.kind(index + 2) != .symbol else { return nil }
        var out = sheet.removing((index + 1)...(index + 1))
        out.others = [Int(sheet.tokens[index].lower)...Int(sheet.tokens[index].upper)]
        return out
      }),
    MistakeClass(
      name: "operator left out", places: { sheet in sheet.all { sheet.word($0) == "++" } },
      make: { sheet, index, _ in
        var out = sheet.removing(index...index)
        out.others = [Int(sheet.tokens[index - 1].lower)...Int(sheet.tokens[index + 1].upper)]
        return out
      }),
  ]
}

extension MistakenSheet {
  /// The strings that hold an address block.
  var blocks: [Int] {
    all { index in
      guard kind(index) == .string else { return false }
      let word = word(index)
      return word.contains("/") && word.filter { $0 == "." }.count == 3
        && word.dropFirst().dropLast().allSatisfy { $0.isNumber || $0 == "." || $0 == "/" }
    }
  }
}
