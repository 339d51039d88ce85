internal import Canon
internal import CloudModel
internal import Plans

/// What is declared, beside what is there: the input of a plan, indexed.
struct Situation {
  /// A declared resource and what is kept of it.
  struct Subject {
    let resource: DeclaredResource
    /// The item that is kept; nil where none is there.
    let kept: ObservedItem?
    /// Whether the kept item must give way to a new one.
    var isReplaced = false

    /// Whether the resource is there and stays.
    var isStaying: Bool { kept != nil && !isReplaced }
  }

  /// Something that is there and has to go.
  struct Leftover {
    /// The resource as which it was made.
    let resource: DeclaredResource
    let item: ObservedItem
    /// Whether it is only a second one of something that stays or is made anew.
    let isDuplicate: Bool

    fileprivate var rank: Int { isDuplicate ? 1 : 0 }
  }

  /// Declared resources in order of address.
  private(set) var subjects: [Subject] = []
  /// What has to go, in order of address.
  private(set) var leftovers: [Leftover] = []
  /// Where a declared resource stands among the subjects.
  let index: [ResourceAddress: Int]
  /// What was declared before, the oldest first.
  let former: [ResourceAddress: [DeclaredResource]]
  let process: String

  init(blueprint: Blueprint, previous: Blueprint?, inventory: Inventory, process: String) {
    let resources = blueprint.resources.sorted { $0.address < $1.address }
    let earlier = (previous?.resources ?? []).sorted { $0.address < $1.address }
    self.process = process
    self.index = Dictionary(
      resources.enumerated().map { ($0.element.address, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    self.former = Dictionary(grouping: earlier, by: \.address)
    for resource in resources { place(resource, items: inventory.items[resource.address] ?? []) }
    for address in Set(earlier.map(\.address)).sorted() where index[address] == nil {
      for item in inventory.items[address] ?? [] {
        guard let resource = formerOwner(of: item, at: address) else { continue }
        leftovers.append(Leftover(resource: resource, item: item, isDuplicate: false))
      }
    }
    markReplaced()
    for subject in subjects where subject.isReplaced {
      guard let item = subject.kept else { continue }
      leftovers.append(
        Leftover(
          resource: formerOwner(of: item, at: subject.resource.address) ?? subject.resource,
          item: item, isDuplicate: false))
    }
    leftovers.sort { ($0.resource.address, $0.rank) < ($1.resource.address, $1.rank) }
  }

  /// Tells a resource's own items from those of what its address stood for before.
  private mutating func place(_ resource: DeclaredResource, items: [ObservedItem]) {
    var own = items
    let former = former[resource.address] ?? []
    if former.contains(where: { !resource.isSought(like: $0) }) {
      own = items.filter { isOwn($0, of: resource) }
      for item in items where !isOwn(item, of: resource) {
        guard let old = formerOwner(of: item, at: resource.address) else { continue }
        leftovers.append(Leftover(resource: old, item: item, isDuplicate: false))
      }
    }
    subjects.append(Subject(resource: resource, kept: own.first.map { resource.own($0) }))
    for extra in own.dropFirst() {
      leftovers.append(Leftover(resource: resource, item: extra, isDuplicate: true))
    }
  }

  /// As what something was made that is there at an address: the latest as which it may have been.
  private func formerOwner(
    of item: ObservedItem, at address: ResourceAddress
  ) -> DeclaredResource? {
    let former = former[address] ?? []
    return former.last { isOwn(item, of: $0) } ?? former.first
  }

  private func isOwn(_ item: ObservedItem, of resource: DeclaredResource) -> Bool {
    guard item.type.isEmpty || item.type == resource.type else { return false }
    var bindings = Bindings()
    bindings.process = .string(process)
    let identity = resource.lifecycle.observation.identity.resolve(bindings)
    return item.identity == .null || !identity.isKnown || item.identity == identity
  }

  /// Marks what can only be changed by a new resource, and then what hangs on such a one.
  private mutating func markReplaced() {
    var dependents: [Int: [Int]] = [:]
    for (position, subject) in subjects.enumerated() {
      for address in subject.resource.dependencies {
        if let target = index[address] { dependents[target, default: []].append(position) }
      }
    }
    var queue = Array(subjects.indices)
    var head = 0
    while head < queue.count {
      let position = queue[head]
      head += 1
      guard subjects[position].isStaying, mustGo(position) else { continue }
      subjects[position].isReplaced = true
      queue += dependents[position] ?? []
    }
  }

  private func mustGo(_ position: Int) -> Bool {
    let subject = subjects[position]
    if subject.resource.lifecycle.replaceOn.isEmpty { return false }
    var bindings = bindings(of: position)
    let wanted = bindings
    bindings.item = subject.kept?.item
    return subject.resource.lifecycle.replaceOn.contains { comparison in
      if subject.resource.ignores(comparison.name) { return false }
      let want = comparison.want.resolve(wanted)
      return want != .null && want != comparison.have.resolve(bindings)
    }
  }
}

extension Situation {
  /// An output of a resource that is there and stays.
  func output(_ address: ResourceAddress, _ name: String) -> Value? {
    guard let position = index[address], subjects[position].isStaying else { return nil }
    return subjects[position].kept?.outputs[name]
  }

  /// All outputs that are known, in order.
  var known: [KnownOutput] {
    subjects.flatMap { subject -> [KnownOutput] in
      guard subject.isStaying, let outputs = subject.kept?.outputs else { return [] }
      return outputs.map {
        KnownOutput(address: subject.resource.address, name: $0.key, value: $0.value)
      }
    }
  }

  /// What a resource's values mean now: outputs that are known, the process, and, for a resource
  /// that stays, its item; for one that is made anew a path into its item is the output there.
  func bindings(of position: Int) -> Bindings {
    let subject = subjects[position]
    var bindings = Bindings { output($0, $1) }
    bindings.process = .string(process)
    if subject.isStaying {
      bindings.item = subject.kept?.item
    } else {
      let address = subject.resource.address
      let outputs = subject.resource.lifecycle.observation.outputs
      bindings.unbound = { variable, path in
        guard variable == .item, let output = outputs.first(where: { $0.value == path })
        else { return nil }
        return .residual(.output(address, name: output.key))
      }
    }
    return bindings
  }

  /// What the values of something that has to go mean: its own item and outputs, and those of
  /// what is there of others, whether they stay or go.
  func bindings(of leftover: Leftover, items: [ResourceAddress: ObservedItem]) -> Bindings {
    let address = leftover.resource.address
    let own = leftover.item.outputs
    var bindings = Bindings { other, name in
      other == address ? own[name] : items[other]?.outputs[name]
    }
    bindings.process = .string(process)
    bindings.item = leftover.item.item
    return bindings
  }
}
