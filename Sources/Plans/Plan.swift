package import Canon
package import CloudModel

/// Names a step within its plan: its index, from 0, in the plan's list.
package struct StepID: Hashable, Codable, Sendable, Comparable {
  /// The index.
  package let index: Int

  /// Makes an identifier.
  package init(_ index: Int) { self.index = index }

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// A change as closed data: calls with holes that name outputs of resources, what each AWS error
/// means, and a partial order. No closures: it can be hashed, stored, shown, proved, replayed.
package struct Plan: Hashable, Codable, Sendable {
  /// Digest of the composition it carries out.
  package var composition: Digest
  /// The process it belongs to.
  package var process: String
  /// Digest of the account state that it was made from.
  package var baseline: Digest
  /// Steps; a step's identifier is its index. The list is a topological order of the edges.
  package var steps: [Step]
  /// The order, without edges that others imply.
  package var edges: [PlanEdge]
  /// Outputs that were known when the plan was made.
  package var known: [KnownOutput]

  /// Makes a plan.
  package init(
    composition: Digest, process: String, baseline: Digest, steps: [Step], edges: [PlanEdge],
    known: [KnownOutput]
  ) {
    self.composition = composition
    self.process = process
    self.baseline = baseline
    self.steps = steps
    self.edges = edges
    self.known = known
  }

  /// Names the plan: equal digests, equal effects. Origins are not part of it.
  package var digest: Digest { Digest(of: self) }
}

/// One call of a plan.
package struct Step: Hashable, Codable, Sendable {
  /// Why a step is there.
  package enum Verb: String, Hashable, Codable, Sendable {
    case create
    case update
    case delete
    /// A read whose reply a later step needs.
    case read
  }

  /// The resource it is about.
  package var address: ResourceAddress
  /// Its Ludwig type, for people.
  package var type: String
  /// Why it is there.
  package var verb: Verb
  /// The part that it changes (an aspect's name); empty for the resource as a whole.
  package var part: String
  /// The call; residuals are `.output` of other resources or of this one, `.token`, `.process`,
  /// and compositions of these.
  package var call: Call
  /// Outputs of the resource that the reply yields: name to path in the reply.
  package var yields: SortedMap<String, [String]>
  /// What AWS's error codes mean; a code that is not there fails the step.
  package var errors: SortedMap<String, ErrorVerb>
  /// When its effect counts as in force.
  package var settle: SettleRule
  /// Whether carrying it out twice makes a second thing: a create that AWS does not recognise as
  /// a repetition. An unknown outcome of such a step is quarantined.
  package var duplicates: Bool
  /// Where what it carries was written; not part of the digest.
  package var origins: [PartOrigin]

  /// Makes a step.
  package init(
    address: ResourceAddress, type: String, verb: Verb, part: String, call: Call,
    yields: SortedMap<String, [String]>, errors: SortedMap<String, ErrorVerb>, settle: SettleRule,
    duplicates: Bool, origins: [PartOrigin]
  ) {
    self.address = address
    self.type = type
    self.verb = verb
    self.part = part
    self.call = call
    self.yields = yields
    self.errors = errors
    self.settle = settle
    self.duplicates = duplicates
    self.origins = origins
  }
}

/// "The later step does not start before the earlier one is that far."
package struct PlanEdge: Hashable, Codable, Sendable, Comparable {
  /// How far the earlier step must be.
  package enum Kind: UInt8, Hashable, Codable, Sendable {
    /// Its reply has come. Orders calls, not effects.
    case afterAcknowledged
    /// Its effect is in force. Only these edges order effects in a proof.
    case afterSettled
  }

  /// The earlier step.
  package var from: StepID
  /// The later step.
  package var to: StepID
  /// How far the earlier one must be.
  package var kind: Kind

  /// Makes an edge.
  package init(from: StepID, to: StepID, kind: Kind) {
    self.from = from
    self.to = to
    self.kind = kind
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.from, a.to, a.kind.rawValue) < (b.from, b.to, b.kind.rawValue)
  }
}

/// An output that was known when the plan was made.
package struct KnownOutput: Hashable, Codable, Sendable {
  /// Whose output.
  package var address: ResourceAddress
  /// Its name.
  package var name: String
  /// Its value.
  package var value: Value

  /// Makes a known output.
  package init(address: ResourceAddress, name: String, value: Value) {
    self.address = address
    self.name = name
    self.value = value
  }
}
