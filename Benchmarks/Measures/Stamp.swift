import Canon
import CloudModel

extension DeclaredResource {
  /// The same resource at another address.
  func stamped(as other: ResourceAddress) -> DeclaredResource {
    let stamp = Stamp(from: address, to: other)
    var copy = self
    copy.address = other
    copy.declared = stamp.value(declared)
    copy.lifecycle.observation.identity = stamp.value(lifecycle.observation.identity)
    copy.lifecycle.create = stamp.templates(lifecycle.create)
    copy.lifecycle.delete = stamp.templates(lifecycle.delete)
    copy.lifecycle.replaceOn = lifecycle.replaceOn.map(stamp.comparison)
    copy.lifecycle.aspects = lifecycle.aspects.map { aspect in
      var aspect = aspect
      aspect.comparison = stamp.comparison(aspect.comparison)
      aspect.add = stamp.templates(aspect.add)
      aspect.remove = stamp.templates(aspect.remove)
      return aspect
    }
    return copy
  }
}

/// Another address in place of one, as text and in outputs. What does not name it is shared.
private struct Stamp {
  let from: ResourceAddress
  let to: ResourceAddress

  func value(_ value: Value) -> Value { changed(value) ?? value }

  func comparison(_ comparison: Comparison) -> Comparison {
    var copy = comparison
    copy.want = value(comparison.want)
    return copy
  }

  func templates(_ templates: [CallTemplate]) -> [CallTemplate] {
    templates.map { template in
      CallTemplate(
        call: Call(
          service: template.call.service, operation: template.call.operation,
          parameters: value(template.call.parameters)), yields: template.yields)
    }
  }

  private func changed(_ value: Value) -> Value? {
    switch value {
    case .null, .bool, .int, .secret: nil
    case .string(let text):
      text == from.text
        ? .string(to.text) : text == "/" + from.text ? .string("/" + to.text) : nil
    case .residual(let residual): changed(residual)
    case .list(let items): changed(items).map { .list($0) }
    case .record(let fields):
      changed(fields.values).map { .record(SortedMap(zip(fields.keys, $0).map { ($0, $1) })) }
    }
  }

  private func changed(_ residual: Residual) -> Value? {
    switch residual {
    case .output(from, let name): .residual(.output(to, name: name))
    case .concat(let parts): changed(parts).map { .residual(.concat($0)) }
    case .output, .path, .each, .find: nil
    }
  }

  private func changed(_ values: [Value]) -> [Value]? {
    let stamped = values.map(changed)
    guard stamped.contains(where: { $0 != nil }) else { return nil }
    return zip(stamped, values).map { $0 ?? $1 }
  }
}
