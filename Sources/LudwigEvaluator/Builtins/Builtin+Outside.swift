internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes
internal import Text

extension Builtin {
  /// What comes from outside the composition.
  static let outside: [String: Builtin] = [
    "environment": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let value = machine.inputs.environment(try machine.text(call, 0))
      return .give(machine.optional(value.map { .string($0) }))
    },
    "file.text": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let path = try machine.text(call, 0)
      let bytes = try machine.file(path, call)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw machine.failure(
          "FG0311", "The file '\(path)' is no text in UTF-8", at: call.site,
          hint: "read it with Bytes.readFile")
      }
      return .give(.string(text))
    },
    "secret.fromEnvironment": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let name = try machine.text(call, 0)
      guard let value = machine.inputs.environment(name), !value.isEmpty else {
        throw machine.failure(
          "FG0310", "The environment variable '\(name)' is not set", at: call.site,
          "the secret comes from it",
          hint: "set it for this command: \(name)=… fugue …")
      }
      return .give(.secret(machine.inputs.commit(name, Array(value.utf8))))
    },
    "secret.fingerprint": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let value = try machine.known(call.arguments[0])
      guard case .secret(let commitment) = value else {
        throw machine.unexpected(value, wanted: "A secret", call.node, call.site)
      }
      return .give(.string(commitment.digest.description))
    },
    "secret.fromFile": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let path = try machine.text(call, 0)
      guard let bytes = machine.inputs.file(path) else {
        throw machine.failure(
          "FG0311", "The file '\(path)' cannot be read", at: call.site,
          "the secret comes from it", hint: "correct the path, or put the file there")
      }
      return .give(.secret(machine.inputs.commit(path, bytes)))
    },
    "debug.trace": Builtin([Int.max, nil]) { machine, call throws(EvaluationFailure) in
      // What is traced is traced for each resource.
      if machine.recording != nil { throw EvaluationFailure(nil) }
      machine.inputs.trace(try machine.line(of: call.arguments[0], call))
      return .force(call.arguments[1])
    },
    "debug.show": Builtin([Int.max]) { machine, call throws(EvaluationFailure) in
      .give(.string(try machine.shown(call.arguments[0])))
    },
    "random.text": Builtin([0, 0, 0]) { machine, call throws(EvaluationFailure) in
      let count = try machine.number(call, 0)
      let alphabet = try machine.text(call, 1)
      let key = try machine.text(call, 2)
      return .give(.string(try machine.randomText(count, of: alphabet, key: key, call)))
    },
    "random.number": Builtin([0, 0, 0]) { machine, call throws(EvaluationFailure) in
      let (low, high) = (try machine.number(call, 0), try machine.number(call, 1))
      let key = try machine.text(call, 2)
      return .give(.int(try machine.randomNumber(from: low, to: high, key: key, call)))
    },
  ]
}
