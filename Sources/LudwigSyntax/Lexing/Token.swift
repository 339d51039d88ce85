/// A word of the language with what stands before it.
///
/// Each token owns the blanks and comments before it, and the last one, `end`, those at the end of
/// the sheet; so the tokens' bytes, one after another, are the sheet's bytes.
package struct Token: Hashable, Sendable {
  /// What it is.
  package var kind: Kind
  /// First byte of the blanks and comments before it.
  package var triviaLower: Int32
  /// First byte of the token.
  package var lower: Int32
  /// One past its last byte.
  package var upper: Int32
  /// Its column from 0; a tab reaches to the next multiple of 8.
  package var column: Int32
  /// The column of the first token of its line.
  package var lineIndent: Int32
  /// Whether it is the first on its line.
  package var startsLine: Bool

  /// Whether blanks, a comment or a line break stand before it.
  package var isSpaced: Bool { triviaLower < lower || startsLine }

  /// What a token is.
  package enum Kind: Hashable, Sendable {
    /// A name that starts lower case, or with `_`.
    case name
    /// A name that starts upper case.
    case typeName
    /// A reserved word.
    case keyword(Keyword)
    /// Decimal or, after `0x`, hexadecimal digits.
    case integer
    /// A number with a fraction or an exponent.
    case float
    /// A closed string.
    case string
    /// Operator characters that have no other meaning.
    case symbol
    /// Something that is no word of the language; it has been reported.
    case malformed
    /// `(`.
    case leftParenthesis
    /// `)`.
    case rightParenthesis
    /// `[`.
    case leftBracket
    /// `]`.
    case rightBracket
    /// `{`.
    case leftBrace
    /// `}`.
    case rightBrace
    /// `,`.
    case comma
    /// `;`.
    case semicolon
    /// `:`.
    case colon
    /// `.`.
    case dot
    /// `|` alone.
    case bar
    /// `->`.
    case arrow
    /// `=` alone, which Ludwig does not use.
    case equals
    /// `_` alone.
    case underscore
    /// The end of the sheet.
    case end
  }

  /// The bracket that closes this one; nil for any other token.
  var closer: Kind? {
    switch kind {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    case .name, .typeName, .keyword, .integer, .float, .string, .symbol, .malformed,
      .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .dot, .bar,
      .arrow, .equals, .underscore, .end:
      nil
    }
  }
}

/// The reserved words.
///
/// Those that only begin statements (`isStatementWord`) are names elsewhere, since records have
/// fields of such names. `opaque`, `infixl`, `infixr`, `infix`, `prefix`, `module` and `in` have
/// their meaning only in the statements that use them, and are names elsewhere.
package enum Keyword: String, Hashable, Sendable, CaseIterable {
  /// `composition`: the sheet can be run.
  case composition
  /// `import`: brings modules.
  case `import`
  /// `export`: what a library shows.
  case export
  /// `type`: declares a type.
  case type
  /// `operator`: declares an operator.
  case `operator`
  /// `fun`: a function, a lambda or a function type.
  case fun
  /// `let`: a local binding.
  case `let`
  /// `case`: takes a value apart.
  case `case`
  /// `of`: after the value of a `case`.
  case of
  /// `if`: a condition.
  case `if`
  /// `then`: after a condition.
  case then
  /// `elif`: else if.
  case elif
  /// `else`: otherwise.
  case `else`
  /// `with`: a changed copy of a record.
  case with
  /// `as`: another name for a module.
  case `as`
  /// `for`: in a comprehension.
  case `for`
  /// `validate`: registers a validation.
  case validate

  /// Whether the word has its meaning at the start of a statement alone.
  package var isStatementWord: Bool {
    switch self {
    case .composition, .import, .export, .type, .operator, .validate: true
    case .fun, .let, .case, .of, .if, .then, .elif, .else, .with, .as, .for: false
    }
  }
}
