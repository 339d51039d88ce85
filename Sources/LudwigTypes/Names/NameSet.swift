import LudwigSyntax

/// Names that have been met: few are compared one by one, which is soonest, many are hashed.
struct NameSet {
  private var few: [String] = []
  private var many: Set<String> = []

  /// Adds a name; false where it was there.
  mutating func insert(_ name: String) -> Bool {
    if many.isEmpty {
      if few.contains(name) { return false }
      few.append(name)
      if few.count > 12 { (few, many) = ([], Set(few)) }
      return true
    }
    return many.insert(name).inserted
  }

  /// Whether a name was added.
  func contains(_ name: String) -> Bool {
    many.isEmpty ? few.contains(name) : many.contains(name)
  }
}

extension [TypeField] {
  /// The field of a name among fields in order of their names.
  func field(named name: String) -> TypeField? {
    if count < 12 { return first { $0.name == name } }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].name == name ? self[low] : nil
  }
}
