package import Canon

/// How one resource lives: read, recognised, compared, created, updated, replaced, deleted, waited
/// for. It is what a planner written in Ludwig becomes when it is applied to a declared resource:
/// closed data, which the engine interprets without knowing the type.
package struct Lifecycle: Hashable, Codable, Sendable {
  /// How it is read and recognised.
  package var observation: Observation
  /// Calls that bring it into being, in order; afterwards each aspect is applied from its initial
  /// value.
  package var create: [CallTemplate]
  /// What can be changed in place.
  package var aspects: [Aspect]
  /// What can only be changed by a new resource.
  package var replaceOn: [Comparison]
  /// Calls that remove it, in order.
  package var delete: [CallTemplate]
  /// When a created or changed resource counts as in force.
  package var settle: SettleRule
  /// What to do on an AWS error code, in any call of this resource.
  package var errors: SortedMap<String, ErrorVerb>
  /// Whether deleting it loses a user's data; such a resource is never replaced or deleted
  /// without approval.
  package var bearsData: Bool
  /// Whether AWS refuses a second one beside it (a name, an address range), so that what is
  /// replaced has to go before its successor comes.
  package var isExclusive: Bool

  /// Makes a lifecycle.
  package init(
    observation: Observation, create: [CallTemplate], aspects: [Aspect], replaceOn: [Comparison],
    delete: [CallTemplate], settle: SettleRule, errors: SortedMap<String, ErrorVerb>,
    bearsData: Bool, isExclusive: Bool = false
  ) {
    self.observation = observation
    self.create = create
    self.aspects = aspects
    self.replaceOn = replaceOn
    self.delete = delete
    self.settle = settle
    self.errors = errors
    self.bearsData = bearsData
    self.isExclusive = isExclusive
  }
}

/// A call with holes.
package struct CallTemplate: Hashable, Codable, Sendable {
  /// The call; its parameters may hold residuals. A record field that becomes null is left out.
  package var call: Call
  /// Outputs of the resource that the reply yields: name to path in the reply.
  package var yields: SortedMap<String, [String]>

  /// Makes a template.
  package init(call: Call, yields: SortedMap<String, [String]> = [:]) {
    self.call = call
    self.yields = yields
  }
}

/// How a resource is read: one call gives items, among which it is recognised; further calls add
/// details to its item.
package struct Observation: Hashable, Codable, Sendable {
  /// The read. Where `batch` is not nil, one call serves many resources.
  package var call: Call
  /// For reads that serve many resources: the path, in the call's parameters, of the list into
  /// which each resource's `identity` goes. Calls equal but for that list are merged.
  package var batch: [String]?
  /// Path in the reply to the list of items; empty where the reply itself is the only item.
  package var items: [String]
  /// The text by which the item is recognised (the address, or a name); may hold residuals.
  package var identity: Value
  /// Where an item carries that text, as a residual over `.item`; null where every item is it.
  package var identityOf: Value
  /// Items that count as absent: paths and the texts that say so (`State.Name` `terminated`).
  package var goneWhen: [StateTest]
  /// Further reads; each result stands in the item under the detail's name.
  package var details: [Detail]
  /// Outputs of the resource as they stand in the item: name to path.
  package var outputs: SortedMap<String, [String]>

  /// Makes an observation.
  package init(
    call: Call, batch: [String]?, items: [String], identity: Value, identityOf: Value,
    goneWhen: [StateTest], details: [Detail], outputs: SortedMap<String, [String]>
  ) {
    self.call = call
    self.batch = batch
    self.items = items
    self.identity = identity
    self.identityOf = identityOf
    self.goneWhen = goneWhen
    self.details = details
    self.outputs = outputs
  }
}

/// A path in an item and the texts it is tested for.
package struct StateTest: Hashable, Codable, Sendable {
  /// Where to look.
  package var path: [String]
  /// The texts that satisfy the test.
  package var values: [String]

  /// Makes a test.
  package init(path: [String], values: [String]) {
    self.path = path
    self.values = values
  }
}

/// A further read of one resource, for instance a bucket's policy.
package struct Detail: Hashable, Codable, Sendable {
  /// The name under which the reply is put into the item.
  package var name: String
  /// The call; residuals may use `.item`.
  package var call: Call
  /// Error codes that mean "there is none"; the detail is then null.
  package var absentOn: [String]

  /// Makes a detail.
  package init(name: String, call: Call, absentOn: [String]) {
    self.name = name
    self.call = call
    self.absentOn = absentOn
  }
}

/// Something declared, beside what a read gives in its place.
package struct Comparison: Hashable, Codable, Sendable {
  /// The field's name for people.
  package var name: String
  /// What is wanted; may hold outputs of other resources. Null: not declared, so not compared.
  package var want: Value
  /// What is there: residuals over `.item`.
  package var have: Value

  /// Makes a comparison.
  package init(name: String, want: Value, have: Value) {
    self.name = name
    self.want = want
    self.have = have
  }
}

/// A part of a resource that is changed in place.
package struct Aspect: Hashable, Codable, Sendable {
  /// How calls are made of a difference.
  package enum Kind: UInt8, Hashable, Codable, Sendable {
    /// Both sides are lists without order; one call for all additions, one for all removals.
    case set
    /// Both sides are lists without order; one call for each addition and each removal.
    case each
    /// Both sides are one value; `add` puts the wanted one, `remove` clears it.
    case field
  }

  /// How calls are made.
  package var kind: Kind
  /// What is compared.
  package var comparison: Comparison
  /// What a resource fresh from `create` has here: an empty list, or AWS's default.
  package var initial: Value
  /// Calls for what is wanted and not there; residuals may use `.added` or `.element`.
  package var add: [CallTemplate]
  /// Calls for what is there and not wanted; residuals may use `.removed` or `.element`.
  package var remove: [CallTemplate]
  /// Whether a deletion begins with removing all that is there: what others would otherwise hold
  /// on to, as the rules of groups that name each other.
  package var clearsBeforeDelete: Bool
  /// What two elements may not share at one time, as a residual over `.element` (a route's
  /// destination, an entry's number): such an element is removed before the other is added. Null
  /// where elements never exclude each other; then additions come before removals.
  package var key: Value

  /// Makes an aspect.
  package init(
    kind: Kind, comparison: Comparison, initial: Value, add: [CallTemplate],
    remove: [CallTemplate], clearsBeforeDelete: Bool = false, key: Value = .null
  ) {
    self.clearsBeforeDelete = clearsBeforeDelete
    self.kind = kind
    self.comparison = comparison
    self.initial = initial
    self.add = add
    self.remove = remove
    self.key = key
  }
}

/// When what was acknowledged counts as in force.
package enum SettleRule: Hashable, Codable, Sendable {
  /// As soon as it is acknowledged.
  case acknowledged
  /// After two consecutive reads that show it, since reads are not monotonic.
  case visibleTwice
  /// When a read shows one of these states; a state of `failing` is a failure.
  case state(path: [String], reached: [String], failing: [String])
}

/// What an AWS error code means to the engine.
package enum ErrorVerb: UInt8, Hashable, Codable, Sendable {
  /// The resource is not there: right for a delete or a read.
  case absent
  /// Try again after a pause.
  case retry
  /// Try again when the resources that depend on it have gone.
  case retryAfterDependents
  /// It is there already: look, then go on.
  case present
  /// The plan cannot go on.
  case fail
}
