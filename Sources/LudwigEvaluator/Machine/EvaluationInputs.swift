package import CloudModel

/// What evaluation may ask of the outside; the answers are part of the compilation's input.
package struct EvaluationInputs: Sendable {
  /// The value of an environment variable; nil where it is not set.
  package var environment: @Sendable (_ name: String) -> String?
  /// The bytes of a file, by a path relative to the composition's folder; nil where it cannot be
  /// read.
  package var file: @Sendable (_ path: String) -> [UInt8]?
  /// Keeps a secret's bytes under a name and gives what stands for it.
  package var commit: @Sendable (_ name: String, _ bytes: [UInt8]) -> SecretCommitment
  /// The form of the calls of a virtual module's function; nil where there is no such call. Asked
  /// once for each function.
  package var call: @Sendable (_ module: String, _ operation: String) -> CallForm?
  /// What is wrong with an IAM action such as `s3:GetObject`; nil where AWS has it.
  package var actionMistake: @Sendable (_ action: String) -> ActionMistake?
  /// Shows a line to the person who compiles.
  package var trace: @Sendable (_ line: String) -> Void
  /// What random values are a function of.
  package var seed: [UInt8]

  /// Makes inputs.
  package init(
    environment: @escaping @Sendable (_ name: String) -> String?,
    file: @escaping @Sendable (_ path: String) -> [UInt8]?,
    commit: @escaping @Sendable (_ name: String, _ bytes: [UInt8]) -> SecretCommitment,
    call: @escaping @Sendable (_ module: String, _ operation: String) -> CallForm?,
    actionMistake: @escaping @Sendable (_ action: String) -> ActionMistake? = { _ in nil },
    trace: @escaping @Sendable (_ line: String) -> Void = { _ in }, seed: [UInt8] = []
  ) {
    self.actionMistake = actionMistake
    self.trace = trace
    self.seed = seed
    self.call = call
    self.environment = environment
    self.file = file
    self.commit = commit
  }
}

/// Why a text is not the name of an IAM action.
package struct ActionMistake: Hashable, Sendable {
  /// The mistake in a sentence.
  package let sentence: String
  /// The way out; nil where none is near.
  package let hint: String?

  /// Makes a mistake.
  package init(_ sentence: String, hint: String?) {
    self.sentence = sentence
    self.hint = hint
  }
}

/// How the calls of one operation are made.
package struct CallForm: Sendable {
  /// The service, as botocore names it.
  package let service: String
  /// The operation, as AWS names it.
  package let operation: String
  /// Parameters, put under AWS's own member names.
  package let named: @Sendable (Value) -> Value

  /// Makes a form.
  package init(service: String, operation: String, named: @escaping @Sendable (Value) -> Value) {
    self.service = service
    self.operation = operation
    self.named = named
  }
}
