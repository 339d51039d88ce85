internal import Canon
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Ludwig.Bytes`. A value of type Bytes is held as its text in base 64.
  static let bytes: [String: Builtin] = [
    "bytes.fromString": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(Base64.text(of: Array(try machine.text(call, 0).utf8))))
    },
    "bytes.toString": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let text = String(validating: try machine.bytes(call, 0), as: UTF8.self)
      return .give(machine.optional(text.map { .string($0) }))
    },
    "bytes.fromBase64": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let bytes = Base64.bytes(of: try machine.text(call, 0))
      return .give(machine.optional(bytes.map { .string(Base64.text(of: $0)) }))
    },
    "bytes.length": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.int(Int64(try machine.bytes(call, 0).count)))
    },
    "bytes.concat": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      .give(.string(Base64.text(of: try machine.bytes(call, 0) + machine.bytes(call, 1))))
    },
    "bytes.toHex": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(hexFromBytes(try machine.bytes(call, 0))))
    },
    "bytes.sha256": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(Digest(of: try machine.bytes(call, 0)).description))
    },
    "bytes.ofFile": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(Base64.text(of: try machine.file(try machine.text(call, 0), call))))
    },
  ]
}

extension Machine {
  /// An argument of type Bytes.
  func bytes(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> [UInt8] {
    if let bytes = Base64.bytes(of: try text(call, index)) { return bytes }
    throw failure("FG0304", "These are no bytes", at: call.site)
  }

  /// The bytes of a file, its path relative to the composition's folder.
  func file(_ path: String, _ call: BuiltinCall) throws(EvaluationFailure) -> [UInt8] {
    if let bytes = inputs.file(path) { return bytes }
    throw failure(
      "FG0311", "The file '\(path)' cannot be read", at: call.site,
      notes: ["Paths are relative to the composition's folder."],
      hint: "correct the path, or put the file there")
  }
}
