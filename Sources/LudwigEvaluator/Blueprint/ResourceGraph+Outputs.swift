internal import Canon
internal import CloudModel

extension ResourceGraph {
  /// The resources whose outputs stand in a value that is known only later.
  static func outputs(in residual: Residual) -> [ResourceIdentity] {
    switch residual {
    case .output(let placeholder, _): Machine.identity(of: placeholder).map { [$0] } ?? []
    case .path: []
    case .concat(let parts): parts.flatMap(outputs)
    case .each(let source, _, let body): outputs(in: source) + outputs(in: body)
    case .find(let source, _, let equals, _): outputs(in: source) + outputs(in: equals)
    }
  }

  private static func outputs(in value: Value) -> [ResourceIdentity] {
    switch value {
    case .residual(let residual): outputs(in: residual)
    case .list(let items): items.flatMap(outputs)
    case .record(let fields): fields.values.flatMap(outputs)
    case .null, .bool, .int, .string, .secret: []
    }
  }
}

/// Cells to be looked at, each with the path that leads to it; the best path comes first.
struct PathQueue {
  private var heap: [(ref: Ref, path: AddressPath)] = []

  /// Adds a cell.
  mutating func add(_ ref: Ref, _ path: AddressPath) {
    heap.append((ref: ref, path: path))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].path < heap[parent].path else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// The cell with the best path; nil when there is none left.
  mutating func next() -> (ref: Ref, path: AddressPath)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return first }
      var least = left
      if left + 1 < heap.count, heap[left + 1].path < heap[left].path { least = left + 1 }
      guard heap[least].path < heap[parent].path else { return first }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
