import Diagnostics
import Text

/// The mistakes in statements and expressions. Each has a page in `docs/diagnostics`.
extension Diagnostic {
  /// A statement that is indented.
  static func indentedStatement(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0114", "A statement is indented", at: range, "this starts a statement",
      hint: "statements of a sheet start at the left margin")
  }

  /// A line that is no statement.
  static func notAStatement(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0115", "`\(text)` begins no statement", at: range, "a statement is expected here",
      notes: [
        "Statements are composition, import, export, type, operator, fun, validate, and "
          + "bindings such as `name: value`."
      ],
      hint: ["//", "--", "/*"].contains { text.hasPrefix($0) }
        ? "a comment starts with `#`"
        : "give the value a name, or indent it if it belongs to the line before")
  }

  /// A module's name with nothing before it.
  static func missingImport(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0115", "`import` is missing before this module",
      at: range, "a module's name begins no statement",
      hint: "write `import` before it",
      before: "import ")
  }

  /// `=` where `:` is meant.
  static func equalsForColon(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0116", "`=` stands where `:` is meant", at: range, "write `:` here",
      hint: "Ludwig binds with a colon: `name: value`",
      replacement: ":")
  }

  /// `=` where `==` is meant.
  static func equalsForComparison(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0116", "`=` stands where `==` is meant", at: range, "write `==` here",
      hint: "values are compared with `==`; names are bound with `:`",
      replacement: "==")
  }

  /// `:` or another sign where `->` is meant.
  static func signForArrow(_ sign: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0117", "`\(sign)` stands where `->` is meant", at: range, "write `->` here",
      hint: "a branch is written `| pattern -> value`", replacement: " ->")
  }

  /// A reserved word as a name.
  static func keywordAsName(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0118", "`\(text)` is a keyword and cannot be a name", at: range, "a name is expected here",
      hint: "choose another name; only fields may be named like keywords")
  }

  /// `let` where bindings need none.
  static func letAtTop(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0120", "`let` stands at the left margin", at: range, "not needed here",
      notes: ["`let` is for the inside of a function or a binding."],
      hint: "at the left margin write `name: value` alone", replacement: "")
  }

  /// `let` among the fields of a record.
  static func letInBraces(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0120", "`let` stands among the fields of a record", at: range, "not possible here",
      notes: ["Braces hold fields alone: `name: value`."],
      hint: "write the `let` line before the value that uses it")
  }

  /// A branch or a constructor without its bar.
  static func missingBar(_ text: String, _ range: SourceRange, _ rule: String) -> Diagnostic {
    Diagnostic(
      "FG0129", "`|` is missing before `\(text)`", at: range, "put `|` before this", hint: rule,
      before: "| ")
  }

  /// A function's result type without its arrow.
  static func missingArrow(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0110", "Expected `->` before the type of the result, found `\(text)`", at: range, "here",
      hint: "write `-> \(text)`", before: "-> ")
  }

  /// A type's arguments in other brackets.
  static func bracketsForAngles(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0110", "Expected a type's arguments between `<` and `>`", at: range,
      "these brackets are for other things", hint: "write `\(text)`")
  }

  /// A line of a block that is further left or right than the others.
  static func misaligned(
    _ text: String, _ range: SourceRange, first: SourceRange, column: Int, hasTab: Bool
  ) -> Diagnostic {
    Diagnostic(
      "FG0130", "The line of `\(text)` starts at another column than the lines before it",
      at: range, "this belongs to no line before",
      also: [DiagnosticLabel(first, "the block's lines start here", isPrimary: false)],
      notes: hasTab ? ["A tab leads to the next column that is a multiple of 8."] : [],
      hint: hasTab
        ? "indent with blanks, \(column) before each line of the block"
        : "let it start below the others, with \(column) blanks before it")
  }

  /// A binding within a block that lacks its `let`.
  static func missingLet(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0121", "`let` is missing before `\(text)`", at: range, "this binds a name within a block",
      hint: "write `let \(text): …`",
      before: "let ")
  }

  /// `let` lines with nothing behind them.
  static func blockWithoutResult(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0121", "This block has `let` lines and no result",
      at: range, "the value of the block is missing behind this",
      hint: "end the block with an expression, at the column of its `let`")
  }

  /// A condition with one branch.
  static func missingElse(_ range: SourceRange, _ end: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0122", "This `if` has no `else`",
      labels: [
        DiagnosticLabel(range, "what is its value otherwise?"),
        DiagnosticLabel(end, "`else` is expected here", isPrimary: false),
      ], hint: "every `if` gives a value: add `else` with the other one")
  }

  /// A value's name in upper case.
  static func upperCaseValue(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0123", "The name `\(text)` starts upper case",
      at: range, "a value or a function is named here",
      hint: "values start lower case; types, constructors and modules upper case")
  }

  /// A type's name in lower case.
  static func lowerCaseType(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0123", "The name `\(text)` starts lower case",
      at: range, "a type or a constructor is named here",
      hint: "types, constructors and modules start upper case; values lower case")
  }

  /// An operator with nothing behind it.
  static func missingOperand(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "FG0124", "`\(name.text)` has nothing on its right",
      at: name.range, "a value is expected behind this",
      hint: "write the value, or remove the operator; as a value it is `(\(name.text))`")
  }

  /// A precedence out of range.
  static func precedence(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0126", "`\(text)` is no precedence",
      at: range, "here", hint: "precedences run from 0, loosest, to 9")
  }

  /// Two operators whose order nothing decides.
  static func ambiguousOperators(_ first: QualifiedName, _ second: QualifiedName) -> Diagnostic {
    Diagnostic(
      "FG0127", "`\(first.text)` and `\(second.text)` do not chain",
      labels: [
        DiagnosticLabel(second.range, "which of the two comes first?"),
        DiagnosticLabel(first.range, "the other operator", isPrimary: false),
      ], hint: "set parentheses")
  }

  private static let wordsOfOthers = [
    "//": "a comment starts with `#`", "--": "a comment starts with `#`",
    "?": "there is no `? :`: write `if … then … else …`",
    "<-": "a comprehension is written `[e for x in xs]`",
  ]

  /// An operator that nobody declared.
  static func unknownOperator(_ name: QualifiedName, isPrefix: Bool) -> Diagnostic {
    let meant = [
      "<>": "!=", "not": "!", "&": "&&", "and": "&&", "|": "||", "or": "||", "/=": "!=",
      "===": "==", "=<": "<=", "=>": ">=", "^": "++", "$": "|>", "??": "?|", "?:": "?|", "**": "*",
    ][name.text]
    return Diagnostic(
      "FG0128",
      isPrefix ? "`\(name.text)` has nothing on its left" : "No operator `\(name.text)` is known",
      labels: [
        DiagnosticLabel(
          name.range, isPrefix ? "a value is expected before this" : "it is used here")
      ],
      hint: isPrefix
        ? "write the value; as a value the operator is `(\(name.text))`"
        : meant.map { "perhaps you mean `\($0)`" } ?? wordsOfOthers[name.text]
          ?? "import the module that declares it, or declare it: "
          + "`operator \(name.text) infixl 5: f`"
    )
  }

  /// A chain of operators beyond the limit.
  static func chainTooLong(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "FG0119", "This is nested too deep",
      at: range, "more than \(SyntaxTree.maximumHeight) levels, operators in a row included",
      hint: "give an inner part a name of its own, or join a list with a function")
  }
}
