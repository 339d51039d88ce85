/// Names one node of a `CoreArena`.
package struct CoreID: Hashable, Sendable {
  /// The index in the arena, from 0.
  package let index: Int32

  /// Makes an identifier from an index of an arena.
  package init(index: Int32) { self.index = index }
}

/// One expression of the core: Ludwig with names resolved, operators applied and both coercions
/// explicit. Children are arena indices, so that deep programs never nest Swift values.
///
/// Evaluation is lazy: arguments, fields, elements, payloads and let-bound values are delayed and
/// shared; a scrutinee, a condition, a called function and a selected record are forced.
///
/// **Frames.** Each application of a lambda, and each global, has a frame of `frameSize` slots.
/// Parameters fill the first slots; `let` and `case` fill the others. Within one frame each
/// expression is evaluated at most once, so slots are never overwritten (comprehensions are
/// lambdas for that reason). `local` counts enclosing lambdas outward.
package enum CoreNode: Hashable, Sendable {
  /// A number, text or truth value.
  case literal(CoreLiteral)
  /// A slot of the frame `depth` lambdas further out; 0 is the innermost one's.
  case local(depth: Int, slot: Int)
  /// A top-level binding.
  case global(GlobalName)
  /// A function of a virtual module (`Api.EC2`, `CreateVpc`); takes one record, gives a call.
  case external(GlobalName)
  /// A function; closes over the frame it stands in.
  case lambda(CoreLambda)
  /// Full application; as many arguments as the lambda has parameters.
  case apply(function: CoreID, arguments: [CoreID])
  /// Fills slots of the current frame, then gives the body. Values may use all of the slots.
  case letrec([CoreBinding], body: CoreID)
  /// A structural record; each name once.
  case record([CoreField])
  /// A tuple of two or more, or the empty one.
  case tuple([CoreID])
  /// A list.
  case list([CoreID])
  /// A dictionary; keys are texts. A later entry replaces an earlier one of the same key.
  case dictionary([CoreEntry])
  /// A field of a record. A declared output of a constructed resource is a field, too.
  case field(CoreID, name: String)
  /// What a constructor holds; an error at this node's range when the value has another one.
  case payload(CoreID, ConstructorID)
  /// A record with fields added or replaced; later changes see earlier ones.
  case update(CoreID, [CoreChange])
  /// A value of a sum type; the payload is nil where the constructor takes none.
  case construct(ConstructorID, payload: CoreID?)
  /// `None`, also where the checker padded a missing field.
  case none
  /// `Optional x`, also where the checker lifted.
  case some(CoreID)
  /// The first branch whose pattern matches; the checker has shown that one does.
  case match(CoreID, [CoreBranch])
  /// A choice.
  case condition(CoreID, then: CoreID, otherwise: CoreID)
  /// For each element of a list the list that the function (of one parameter) gives, concatenated.
  case flatMap(CoreID, function: CoreID)
  /// A built-in operator on one or two operands; `&&`, `||` and `?|` force the second at need.
  case primitive(CorePrimitive, [CoreID])
  /// A library primitive, applied to the parameters of the function whose body it is.
  case builtin(String, [CoreID])
  /// Stops evaluation with a message of type String.
  case error(CoreID)
  /// Forces the first for its trace, then gives the second.
  case sequence(CoreID, CoreID)
  /// Stands where the source is wrong; never reached in a program without diagnostics.
  case invalid
}

/// A constant.
package enum CoreLiteral: Hashable, Sendable {
  /// A whole number.
  case int(Int64)
  /// A number with a fraction.
  case float(Double)
  /// A text.
  case string(String)
  /// `True` or `False`; `Bool` has no other constructor values at run time.
  case bool(Bool)
}

/// A function of fixed arity.
package struct CoreLambda: Hashable, Sendable {
  /// How many parameters; they fill the slots from 0. Named parameters are one record.
  package var arity: Int
  /// How many slots a frame of it has, at least `arity`.
  package var frameSize: Int
  /// The body.
  package var body: CoreID
  /// Its name, for traces; empty for a lambda.
  package var name: String
  /// For each parameter the named type it has, where it has one; `forall` and `validate` choose
  /// values by it.
  package var parameterTypes: [TypeName?]

  /// Makes a function.
  package init(
    arity: Int, frameSize: Int, body: CoreID, name: String, parameterTypes: [TypeName?]
  ) {
    self.arity = arity
    self.frameSize = frameSize
    self.body = body
    self.name = name
    self.parameterTypes = parameterTypes
  }
}

/// A let-bound value.
package struct CoreBinding: Hashable, Sendable {
  /// The slot it fills.
  package var slot: Int
  /// Its name in the source, for addresses and traces; empty where the checker made it.
  package var name: String
  /// Its value.
  package var value: CoreID

  /// Makes a binding.
  package init(slot: Int, name: String, value: CoreID) {
    self.slot = slot
    self.name = name
    self.value = value
  }
}

/// A field of a record expression.
package struct CoreField: Hashable, Sendable {
  /// Its name.
  package var name: String
  /// Its value.
  package var value: CoreID

  /// Makes a field.
  package init(name: String, value: CoreID) {
    self.name = name
    self.value = value
  }
}

/// An entry of a dictionary expression.
package struct CoreEntry: Hashable, Sendable {
  /// The key, a text.
  package var key: String
  /// The value.
  package var value: CoreID

  /// Makes an entry.
  package init(key: String, value: CoreID) {
    self.key = key
    self.value = value
  }
}

/// One change of an update: where, and what.
package struct CoreChange: Hashable, Sendable {
  /// A step on the way to the field that is set; the last step is a field.
  package enum Step: Hashable, Sendable {
    /// Into a field.
    case field(String)
    /// Through a constructor.
    case payload(ConstructorID)
  }

  /// The way; never empty.
  package var path: [Step]
  /// The new value.
  package var value: CoreID

  /// Makes a change.
  package init(path: [Step], value: CoreID) {
    self.path = path
    self.value = value
  }
}

/// A branch of a `match`.
package struct CoreBranch: Hashable, Sendable {
  /// What it matches.
  package var pattern: CorePattern
  /// What it gives.
  package var body: CoreID

  /// Makes a branch.
  package init(pattern: CorePattern, body: CoreID) {
    self.pattern = pattern
    self.body = body
  }
}

/// A pattern; it forces only as much as it looks at.
package indirect enum CorePattern: Hashable, Sendable {
  /// Matches anything.
  case wildcard
  /// Matches anything and fills a slot of the current frame with it, unforced.
  case bind(slot: Int)
  /// Matches an equal value.
  case literal(CoreLiteral)
  /// Matches a tuple of the same length.
  case tuple([CorePattern])
  /// Matches a record by some of its fields.
  case record([CoreFieldPattern])
  /// Matches a list of exactly this length.
  case list([CorePattern])
  /// Matches a constructor and what it holds.
  case construct(ConstructorID, CorePattern?)
  /// Matches `None`.
  case none
  /// Matches `Optional x`.
  case some(CorePattern)
}

/// A pattern for one field of a record.
package struct CoreFieldPattern: Hashable, Sendable {
  /// The field.
  package var name: String
  /// What it must match.
  package var pattern: CorePattern

  /// Makes a field's pattern.
  package init(name: String, pattern: CorePattern) {
    self.name = name
    self.pattern = pattern
  }
}

/// The operators that the language has built in. Operands have one type each, by inference:
/// arithmetic on Int or Float alike, `++` on texts or lists, order on Int, Float and String.
package enum CorePrimitive: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
  case not = "!"
  case negate = "negate"
  case append = "++"
  case orDefault = "?|"
}
