internal import Canon

/// A part of a resource that others may change: it is set when the resource is made, and from then
/// on neither compared nor put back.
package enum Ignored: Hashable, Codable, Sendable {
  /// What is compared under this name.
  case field(String)
  /// Tags whose keys begin so.
  case tags(prefix: String)
  /// Rules whose descriptions begin so: the mark of whom they belong to.
  case rules(owner: String)
}

extension DeclaredResource {
  /// Whether a comparison of this name is left to others.
  package func ignores(_ comparison: String) -> Bool { ignored.contains(.field(comparison)) }

  /// The item without the tags and rules that are left to others.
  package func own(_ item: ObservedItem) -> ObservedItem {
    if ignored.isEmpty { return item }
    var own = item
    own.item = item.item.leavingOut { element in
      ignored.contains { ignored in
        switch ignored {
        case .field: false
        case .tags(let prefix): element["Key"].text?.hasPrefix(prefix) == true
        case .rules(let owner): element["Description"].text?.hasPrefix(owner) == true
        }
      }
    }
    return own
  }
}

extension Value {
  /// The value without some elements of the lists in it.
  fileprivate func leavingOut(_ isLeftOut: (Value) -> Bool) -> Value {
    switch self {
    case .list(let elements):
      .list(elements.filter { !isLeftOut($0) }.map { $0.leavingOut(isLeftOut) })
    case .record(let fields):
      .record(SortedMap(ascending: fields.keys, fields.values.map { $0.leavingOut(isLeftOut) }))
    case .null, .bool, .int, .string, .secret, .residual: self
    }
  }
}
