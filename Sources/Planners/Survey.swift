package import Canon
package import CloudModel
internal import Plans

/// Reads what is there of some resources: calls go out, replies come in, until `items` is whole.
///
/// Reads that are equal, or differ only in their list of identities, are one. What a resource needs
/// to be looked for may itself be an output of another resource; such a read waits for that one's.
/// A value without clock or network, so that it can be part of a kernel's state.
package struct Survey: Hashable, Codable, Sendable {
  /// A call that waits for its reply.
  package struct Read: Hashable, Codable, Sendable {
    /// Names the read within its survey.
    package let id: Int
    /// The call, without holes.
    package let call: Call
    /// Whom it is for, in order.
    package let addresses: [ResourceAddress]
    let purpose: Purpose
  }

  enum Purpose: Hashable, Codable, Sendable {
    /// Finds the items of some subjects.
    case find([Int])
    /// Adds a detail to an item of a subject.
    case detail(subject: Int, item: Int, detail: Int)
  }

  /// What is known of a resource so far.
  struct Subject: Hashable, Codable, Sendable {
    var identity: Value = .null
    var isWaiting = true
    var found: [Value] = []
  }

  /// How many identities one call carries at most. Source: EC2 user guide, "List and filter using
  /// the CLI and API": at most 200 values a filter.
  static let identitiesPerCall = 200

  /// Calls that are to be made now, in order of identifier; empty when the survey is done.
  package var pending: [Read] { reads.compactMap { $0 } }
  /// What was found; whole when the survey is done.
  package internal(set) var items: SortedMap<ResourceAddress, [ObservedItem]> = [:]
  /// Whom to look for, in order of address and type. They never change, so all copies share them.
  let resources: [DeclaredResource]
  /// What is known of each of them.
  var subjects: [Subject]
  let process: String
  var round: [Int] = []
  /// All reads by identifier; nil once answered.
  var reads: [Read?] = []
  var openReads = 0

  /// Starts a survey.
  /// - Parameters:
  ///   - resources: Whom to look for, in any order; for one address several may be given, when
  ///     its composition has changed.
  ///   - process: The process they belong to.
  package init(of resources: [DeclaredResource], process: String) {
    let isInOrder = resources.indices.dropFirst().allSatisfy {
      (resources[$0 - 1].address, resources[$0 - 1].type)
        <= (resources[$0].address, resources[$0].type)
    }
    self.resources =
      isInOrder
      ? resources : resources.sorted { ($0.address, $0.type) < ($1.address, $1.type) }
    self.subjects = Array(repeating: Subject(), count: resources.count)
    self.process = process
    launch()
  }

  /// How many reads have come up.
  package var count: Int { reads.count }

  /// Whether all replies have come.
  package var isDone: Bool { openReads == 0 }

  /// The read of an identifier, while it waits for its reply.
  package func read(_ id: Int) -> Read? { reads.indices.contains(id) ? reads[id] : nil }

  /// Takes a reply in. An error that the planner does not explain leaves the read pending, to be
  /// made again, and is given back; an unknown read is none of this survey's and is left out.
  package mutating func answer(_ read: Int, with reply: Reply) -> CallError? {
    guard let call = self.read(read) else { return nil }
    switch (call.purpose, reply) {
    case (.find(let subjects), .success(let value)): take(value, of: call, for: subjects)
    case (.find(let subjects), .failure(let error)):
      let isExplained = subjects.allSatisfy { subject in
        self.resources[subject].lifecycle.errors[error.code] == .absent
      }
      guard isExplained else { return error }
    case (.detail(let subject, let item, let detail), .success(let value)):
      let name = resources[subject].lifecycle.observation.details[detail].name
      subjects[subject].found[item] = subjects[subject].found[item].setting([name][...], to: value)
    case (.detail(let subject, _, let detail), .failure(let error)):
      let lifecycle = resources[subject].lifecycle
      let isExplained =
        lifecycle.observation.details[detail].absentOn.contains(error.code)
        || lifecycle.errors[error.code] == .absent
      guard isExplained else { return error }
    }
    reads[read] = nil
    openReads -= 1
    if openReads == 0 { finishRound() }
    return nil
  }
}

extension Survey {
  /// What must be looked for before a plan: all that is declared, and what was declared before in
  /// another way or is declared no more.
  package static func subjects(
    of blueprint: Blueprint, previous: Blueprint?
  ) -> [DeclaredResource] {
    guard let previous else { return blueprint.resources }
    let now = Dictionary(
      blueprint.resources.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    var sought: [ResourceAddress: [DeclaredResource]] = [:]
    return blueprint.resources
      + previous.resources.filter { old in
        if now[old.address]?.isSought(like: old) == true { return false }
        // Of several ways in which it was declared before, each in which it is looked for once.
        if sought[old.address]?.contains(where: { $0.isSought(like: old) }) == true { return false }
        sought[old.address, default: []].append(old)
        return true
      }
  }
}

extension DeclaredResource {
  /// Whether the same reads find both; what else is read of what was found counts not.
  package func isSought(like other: DeclaredResource) -> Bool {
    if type != other.type { return false }
    if lifecycle.observation == other.lifecycle.observation { return true }
    var observation = lifecycle.observation
    observation.details = other.lifecycle.observation.details
    return observation == other.lifecycle.observation
  }
}
