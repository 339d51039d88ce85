package import Canon
package import CloudModel

extension StepID: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) { encoder.write(index) }
}

extension Plan: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write("fugue.plan.1")
    encoder.write(composition)
    encoder.write(process)
    encoder.write(baseline)
    encoder.write(steps)
    encoder.write(edges)
    encoder.write(known)
  }
}

extension Step: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(address)
    encoder.write(type)
    encoder.write(verb.rawValue)
    encoder.write(part)
    encoder.write(call)
    encoder.write(unsigned: UInt64(yields.count))
    for (name, path) in yields {
      encoder.write(name)
      encoder.write(path)
    }
    encoder.write(unsigned: UInt64(errors.count))
    for (code, verb) in errors {
      encoder.write(code)
      encoder.tag(verb.rawValue)
    }
    encoder.write(settle)
    encoder.write(duplicates)
  }
}

extension PlanEdge: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(from)
    encoder.write(to)
    encoder.tag(kind.rawValue)
  }
}

extension KnownOutput: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(address)
    encoder.write(name)
    encoder.write(value)
  }
}

extension SettleRule: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    switch self {
    case .acknowledged: encoder.tag(0)
    case .visibleTwice: encoder.tag(1)
    case .state(let path, let reached, let failing):
      encoder.tag(2)
      encoder.write(path)
      encoder.write(reached)
      encoder.write(failing)
    }
  }
}
