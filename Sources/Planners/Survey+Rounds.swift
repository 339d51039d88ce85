internal import Canon
package import CloudModel
internal import Plans

extension Survey {
  private struct Group: Hashable {
    let call: Call
    let batch: [String]?
    let items: [String]
    let identityOf: Value
  }

  private var bindings: Bindings {
    let items = items
    var bindings = Bindings { address, name in items[address]?.first?.outputs[name] }
    bindings.process = .string(process)
    return bindings
  }

  /// Starts the reads of every subject whose call and identity are known by now. Where none is,
  /// those that wait cannot be there, since what they hang on is not.
  mutating func launch() {
    let bindings = bindings
    var groups: [(key: Group, members: [Int])] = []
    var positions: [Group: Int] = [:]
    // Neighbours are mostly of one type: their calls are compared before they are hashed.
    var last: (call: Call, observation: Observation, position: Int)?
    round = []
    for index in subjects.indices where subjects[index].isWaiting {
      let observation = resources[index].lifecycle.observation
      let identity = observation.identity.resolve(bindings)
      let call = observation.call.resolve(bindings)
      guard identity.isKnown, call.parameters.isKnown else { continue }
      subjects[index].identity = identity
      subjects[index].isWaiting = false
      round.append(index)
      if let last, last.call == call, last.observation.isRead(like: observation) {
        groups[last.position].members.append(index)
        continue
      }
      let batch = observation.batch
      let key = Group(
        call: batch.map { call.setting($0, to: .list([])) } ?? call, batch: batch,
        items: observation.items, identityOf: observation.identityOf)
      let position = positions[key] ?? groups.count
      if position == groups.count {
        groups.append((key, []))
        positions[key] = position
      }
      groups[position].members.append(index)
      last = (call, observation, position)
    }
    for group in groups { ask(group.key, for: group.members) }
    if round.isEmpty {
      for index in subjects.indices where subjects[index].isWaiting { settle(index) }
    }
  }

  private mutating func ask(_ group: Group, for members: [Int]) {
    guard let batch = group.batch else {
      ask(group.call, for: .find(members))
      return
    }
    for start in stride(from: 0, to: members.count, by: Survey.identitiesPerCall) {
      let part = Array(members[start..<min(start + Survey.identitiesPerCall, members.count)])
      var seen: Set<Value> = []
      let identities = part.map { subjects[$0].identity }.filter { seen.insert($0).inserted }
      ask(group.call.setting(batch, to: .list(identities)), for: .find(part))
    }
  }

  private mutating func ask(_ call: Call, for purpose: Purpose) {
    let members: [Int]
    switch purpose {
    case .find(let subjects): members = subjects
    case .detail(let subject, _, _): members = [subject]
    }
    reads.append(
      Read(
        id: reads.count, call: call, addresses: members.map { resources[$0].address },
        purpose: purpose))
    openReads += 1
  }

  /// Gives each item of a reply to the subject whose identity it carries, and asks for details;
  /// where the reply says that there is more, for the rest.
  mutating func take(_ reply: Value, of read: Read, for members: [Int]) {
    guard let first = members.first else { return }
    let observation = resources[first].lifecycle.observation
    var owners: [Value: [Int]] = [:]
    for member in members { owners[subjects[member].identity, default: []].append(member) }
    for item in reply.items(at: observation.items) {
      let found =
        observation.identityOf == .null
        ? members : owners[observation.identityOf.resolve(over: item)] ?? []
      for member in found { take(item, for: member) }
    }
    if let (name, token) = reply.rest {
      ask(read.call.setting([name], to: .string(token)), for: .find(members))
    }
  }

  private mutating func take(_ item: Value, for member: Int) {
    let observation = resources[member].lifecycle.observation
    let isGone = observation.goneWhen.contains { test in
      item.at(test.path).text.map(test.values.contains) ?? false
    }
    if isGone { return }
    subjects[member].found.append(item)
    if observation.details.isEmpty { return }
    // A detail may ask by an output of the very thing that was found.
    let (address, others) = (resources[member].address, items)
    var bindings = Bindings { other, name in
      if other != address { return others[other]?.first?.outputs[name] }
      let value = observation.outputs[name].map { item.at($0) } ?? .null
      return value == .null ? nil : value
    }
    bindings.process = .string(process)
    bindings.item = item
    for (index, detail) in observation.details.enumerated() {
      let call = detail.call.resolve(bindings)
      guard call.parameters.isKnown else { continue }
      ask(
        call,
        for: .detail(subject: member, item: subjects[member].found.count - 1, detail: index))
    }
  }

  /// Notes what the round has found, and starts the next.
  mutating func finishRound() {
    for index in round { settle(index) }
    if subjects.contains(where: \.isWaiting) { launch() } else { round = [] }
  }

  private mutating func settle(_ index: Int) {
    let resource = resources[index]
    var all = items[resource.address] ?? []
    for item in subjects[index].found {
      var outputs = SortedMap<String, Value>()
      for (name, path) in resource.lifecycle.observation.outputs {
        let value = item.at(path)
        if value != .null { outputs[name] = value }
      }
      all.append(
        ObservedItem(
          item: item, outputs: outputs, type: resource.type, identity: subjects[index].identity))
    }
    items[resource.address] = all
    subjects[index].isWaiting = false
    subjects[index].found = []
  }
}

extension Observation {
  /// Whether a reply is taken apart in the same way.
  fileprivate func isRead(like other: Observation) -> Bool {
    batch == other.batch && items == other.items && identityOf == other.identityOf
  }
}

extension Call {
  func resolve(_ bindings: Bindings) -> Call {
    Call(
      service: service, operation: operation,
      parameters: parameters == .null ? [:] : parameters.resolve(bindings))
  }

  func setting(_ path: [String], to value: Value) -> Call {
    Call(
      service: service, operation: operation,
      parameters: parameters.setting(path[...], to: value))
  }
}

extension Value {
  /// The parameter and its value that ask for the rest of a list; nil where the reply is the last.
  ///
  /// Source: EC2 `NextToken`; S3 ListBuckets `ContinuationToken`, ListObjectsV2
  /// `NextContinuationToken`; IAM `Marker`.
  package var rest: (name: String, token: String)? {
    let names = [
      ("NextToken", "NextToken"), ("NextContinuationToken", "ContinuationToken"),
      ("ContinuationToken", "ContinuationToken"), ("NextMarker", "Marker"), ("Marker", "Marker"),
    ]
    if self["IsTruncated"] == .bool(false) { return nil }
    for (given, asked) in names {
      if let token = self[given].text, !token.isEmpty { return (asked, token) }
    }
    return nil
  }

  /// The value of a residual over an item.
  func resolve(over item: Value) -> Value {
    var bindings = Bindings()
    bindings.item = item
    return resolve(bindings)
  }

  /// The value with another one at a path; a name that is a number indexes a list, and what is
  /// missing on the way becomes a record.
  func setting(_ path: ArraySlice<String>, to value: Value) -> Value {
    guard let name = path.first else { return value }
    if case .list(var list) = self, let index = Int(name), list.indices.contains(index) {
      list[index] = list[index].setting(path.dropFirst(), to: value)
      return .list(list)
    }
    var fields = fields
    fields[name] = self[name].setting(path.dropFirst(), to: value)
    return .record(fields)
  }

  /// The items at a path in a reply; lists on the way are gone through, so that
  /// `Reservations.Instances` gives all instances. The empty path gives the reply itself.
  func items(at path: [String]) -> [Value] {
    guard !path.isEmpty else { return [self] }
    var level = [self]
    for name in path {
      level = level.flatMap { value -> [Value] in
        let next = value[name]
        if case .list(let items) = next { return items }
        return next == .null ? [] : [next]
      }
    }
    return level
  }
}
