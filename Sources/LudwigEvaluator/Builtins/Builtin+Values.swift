internal import Canon
internal import CloudModel
internal import Diagnostics
internal import LudwigTypes

extension Builtin {
  /// `Fugue.NetAddr`, `Fugue.Duration`, `Fugue.ByteSize`: values that texts write.
  static let values: [String: Builtin] = [
    "ip.normal": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let address = InternetAddress(try machine.text(call, 0))
      return .give(machine.optional(address.map { .string($0.description) }))
    },
    "ip.version": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.int(Int64(try machine.address(call, 0).version)))
    },
    "ip.offset": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let count = try machine.number(call, 0)
      let moved = try machine.address(call, 1).moved(by: count)
      return .give(machine.optional(moved.map { .string($0.description) }))
    },
    "ip.distance": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (a, b) = (try machine.address(call, 0), try machine.address(call, 1))
      guard a.version == b.version else { return .give(.none) }
      let distance = a.bits <= b.bits ? b.bits - a.bits : a.bits - b.bits
      guard let number = Int64(exactly: distance) else { return .give(.none) }
      return .give(machine.optional(.int(a.bits <= b.bits ? number : -number)))
    },
    "ip.order": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let (a, b) = (try machine.address(call, 0), try machine.address(call, 1))
      let (x, y) = ((a.version, a.bits), (b.version, b.bits))
      return .give(.int(x < y ? -1 : x == y ? 0 : 1))
    },
    "cidr.parts": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let text = try machine.text(call, 0)
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count == 2, let address = InternetAddress(String(Substring(parts[0]))),
        parts[1].allSatisfy({ (48...57).contains($0) }), parts[1].count <= 3,
        let length = Int(String(Substring(parts[1]))), length <= address.width,
        String(length).utf8.count == parts[1].count
      else { return .give(.none) }
      let network = RuntimeValue.string(address.masked(to: length).description)
      let pair = [machine.heap.add(network), machine.heap.add(.int(Int64(length)))]
      return .give(machine.optional(.tuple(pair)))
    },
    "cidr.last": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let length = Int(clamping: try machine.number(call, 1))
      return .give(.string(try machine.address(call, 0).last(of: length).description))
    },
    "cidr.mask": Builtin([0, 0]) { machine, call throws(EvaluationFailure) in
      let version = Int(clamping: try machine.number(call, 0))
      let whole = InternetAddress(version: version, bits: 0)
      let bits = whole.mask(Int(clamping: try machine.number(call, 1)))
      return .give(.string(InternetAddress(version: version, bits: bits).description))
    },
    "cidr.part": Builtin([0, 0, 0, 0]) { machine, call throws(EvaluationFailure) in
      let network = try machine.address(call, 0)
      let (outer, inner) = (try machine.number(call, 1), try machine.number(call, 2))
      let index = try machine.number(call, 3)
      guard index >= 0, outer <= inner, inner <= network.width else { return .give(.none) }
      let count = UInt128(1) << UInt128(min(127, inner - outer))
      guard UInt128(index) < count else { return .give(.none) }
      let step = UInt128(index) << UInt128(Int64(network.width) - inner)
      let part = InternetAddress(version: network.version, bits: network.bits | step)
      return .give(machine.optional(.string(part.description)))
    },
    "duration.read": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let time = UnitText.time(try machine.text(call, 0))
      return .give(machine.optional(time.map { .int($0) }))
    },
    "duration.written": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(UnitText.time(try machine.number(call, 0))))
    },
    "bytesize.read": Builtin([0]) { machine, call throws(EvaluationFailure) in
      let amount = UnitText.amount(try machine.text(call, 0))
      return .give(machine.optional(amount.map { .int($0) }))
    },
    "bytesize.written": Builtin([0]) { machine, call throws(EvaluationFailure) in
      .give(.string(UnitText.amount(try machine.number(call, 0))))
    },
  ]
}

extension Machine {
  /// An argument that is an address in its normal form.
  func address(_ call: BuiltinCall, _ index: Int) throws(EvaluationFailure) -> InternetAddress {
    let text = try text(call, index)
    if let address = InternetAddress(text) { return address }
    throw failure("FG0304", "'\(text)' is no IP address", at: call.site)
  }
}
