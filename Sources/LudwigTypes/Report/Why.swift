import LudwigSyntax
import Text

/// Why a type is wanted somewhere: what a mismatch is reported as.
enum Why {
  /// For no reason that helps.
  case nothing
  /// An annotation says so.
  case annotation(SourceRange)
  /// An argument, from 1, of so many, of what is called.
  case argument(Int, of: Int, callee: String)
  /// A field that is set or read.
  case field(Identifier)
  /// An element of a list, tuple or dictionary.
  case element
  /// Something must have the same type as something before it.
  case sameAs(String, SourceRange)
  /// A condition.
  case condition
  /// An operand of an operator, with the other operand or the operator.
  case operand(String, SourceRange)
  /// An operator stands for a function of other operands.
  case operatorShape(String)
  /// What a comprehension goes through.
  case source
  /// A pattern does not fit what is matched.
  case pattern
  /// What stands after `|>`.
  case pipe
  /// What a function that is given as an argument comes to.
  case functionResult
  /// An access or change through a constructor.
  case through(String)

  /// The headline of a mismatch.
  var headline: String {
    switch self {
    case .nothing: "These types do not agree"
    case .annotation: "This is not what its annotation says"
    case .argument(let index, let count, let callee):
      count == 1
        ? "\(callee) cannot take this argument"
        : "\(callee) cannot take this as its \(ordinal(index)) argument"
    case .field(let name): "The field \(name.text) cannot hold this"
    case .element: "This element has the wrong type"
    case .sameAs(let what, _): "This has another type than \(what)"
    case .condition: "A condition is True or False"
    case .operand(let name, _): "The operator \(name) cannot take this"
    case .operatorShape(let name): "The operator \(name) does not take these operands"
    case .source: "A comprehension goes through a list"
    case .pattern: "This pattern can never match"
    case .pipe: "What stands after |> is a function of one argument"
    case .functionResult: "The function given here should come to something else"
    case .through(let name): "This is no \(name)"
    }
  }

  /// A further place that explains it.
  var place: (range: SourceRange, message: String)? {
    switch self {
    case .annotation(let range): (range, "annotated here")
    case .sameAs(let what, let range): (range, what)
    case .operand(_, let range): (range, "")
    case .nothing, .argument, .field, .element, .condition, .operatorShape, .source, .pattern,
      .pipe, .through, .functionResult:
      nil
    }
  }

  private func ordinal(_ index: Int) -> String {
    let names = ["first", "second", "third", "fourth", "fifth"]
    return index <= names.count ? names[index - 1] : "\(index)th"
  }
}
