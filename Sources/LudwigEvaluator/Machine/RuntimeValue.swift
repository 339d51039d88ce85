internal import Canon
internal import CloudModel
internal import LudwigTypes
internal import Text

/// A value in weak head normal form: its outermost shape is known, its parts may be delayed.
enum RuntimeValue: Sendable {
  /// A whole number.
  case int(Int64)
  /// A number with a fraction.
  case float(Double)
  /// A text.
  case string(String)
  /// A truth value.
  case bool(Bool)
  /// A list; a slice, so that taking the tail is cheap. It lies outside, so that a cell is small.
  indirect case list(ArraySlice<Ref>)
  /// A list parts of which are known only later.
  case pieces([ListPiece])
  /// A tuple.
  case tuple([Ref])
  /// A structural record.
  case record(RecordValue)
  /// Texts to values.
  case dictionary(SortedMap<String, Ref>)
  /// A function and the frame it closes over.
  case closure(LambdaRef, FrameRef)
  /// A function of a virtual module.
  indirect case external(GlobalName)
  /// A request to the cloud: service module, operation, and its one record.
  indirect case call(GlobalName, Ref)
  /// A value of a sum type.
  case construct(ConstructedValue)
  /// `None`.
  case none
  /// `Optional x`.
  case some(Ref)
  /// A secret, by its commitment.
  case secret(SecretCommitment)
  /// Known only after a call, or when the engine fills it in.
  case residual(Residual)
  /// A text or number of the declared resource, while its planner's application is recorded.
  case hole(Hole)
}

/// A part of a list: known elements, or a list that is known only later.
enum ListPiece: Sendable {
  /// Elements.
  case elements(ArraySlice<Ref>)
  /// A list, later.
  case residual(Residual)
}

/// Names a function of the program: an index into `Code.lambdas`.
struct LambdaRef: Sendable {
  /// The index, from 0.
  let index: Int32
}

/// A structural record.
struct RecordValue: Sendable {
  /// The names of its fields.
  private(set) var shape: RecordShape
  /// The fields' values, in order of their names.
  var values: [Ref]
  /// The innermost place in the user's text that caused it.
  var site: SourceRange?

  /// Makes a record of a known shape.
  init(shape: RecordShape, values: [Ref], site: SourceRange?) {
    self.shape = shape
    self.values = values
    self.site = site
  }

  /// Makes a record.
  init(fields: SortedMap<String, Ref>, site: SourceRange?) {
    self.init(shape: RecordShape(fields.keys), values: fields.values, site: site)
  }

  /// The fields in order of their names.
  var fields: SortedMap<String, Ref> {
    get { SortedMap(ascending: shape.names, values) }
    set {
      if newValue.keys != shape.names { shape = RecordShape(newValue.keys) }
      values = newValue.values
    }
  }

  /// A field; nil where there is none.
  subscript(name: String) -> Ref? { shape.index(of: name).map { values[$0] } }
}

/// A value of a sum type; its numbers are kept small, so that a cell is 32 bytes.
struct ConstructedValue: Sendable {
  private var constructorIndex: Int32
  private var payloadIndex: Int32
  private var identityNumber: Int32
  /// The innermost place in the user's text that caused it.
  var site: SourceRange?

  /// Makes a value.
  init(
    constructor: ConstructorID, payload: Ref?, site: SourceRange?,
    identity: ResourceIdentity? = nil
  ) {
    constructorIndex = Int32(truncatingIfNeeded: constructor.index)
    payloadIndex = payload?.index ?? Int32.min
    identityNumber = identity.map { Int32(truncatingIfNeeded: $0.number) } ?? Int32.min
    self.site = site
  }

  /// The constructor.
  var constructor: ConstructorID { ConstructorID(index: Int(constructorIndex)) }

  /// What it holds.
  var payload: Ref? {
    get { payloadIndex == Int32.min ? nil : Ref(index: payloadIndex) }
    set { payloadIndex = newValue?.index ?? Int32.min }
  }

  /// Which resource it is, where its constructor declares outputs.
  var identity: ResourceIdentity? {
    get {
      identityNumber == Int32.min ? nil : ResourceIdentity(number: Int(identityNumber))
    }
    set { identityNumber = newValue.map { Int32(truncatingIfNeeded: $0.number) } ?? Int32.min }
  }
}

extension RuntimeValue {
  /// What kind of thing it is, for messages.
  var kindName: String {
    switch self {
    case .int: "a whole number"
    case .float: "a number"
    case .string: "a text"
    case .bool: "a truth value"
    case .list, .pieces: "a list"
    case .tuple: "a tuple"
    case .record: "a record"
    case .dictionary: "a dictionary"
    case .closure, .external: "a function"
    case .call: "an API call"
    case .construct: "a value of a declared type"
    case .none, .some: "an Optional"
    case .secret: "a secret"
    case .residual: "a value that is known only later"
    case .hole: "a text or number"
    }
  }
}
