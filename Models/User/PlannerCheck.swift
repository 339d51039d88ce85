import Canon
package import CloudModel

/// One thing that a planner is to do: tried by itself and, in the kernel's model, under faults.
package struct PlannerTrial: Sendable {
  /// What is done.
  package enum Deed: Hashable, Sendable {
    /// The resource is made.
    case create
    /// It is declared otherwise, and changed in place.
    case update(fields: [String])
    /// It is declared otherwise, and made anew.
    case replace(fields: [String])
    /// It is declared no more, while what it needs stays.
    case delete
    /// It is killed with all that it needs.
    case kill
  }

  /// The resource.
  package let address: ResourceAddress
  /// What is done to it.
  package let deed: Deed
  /// What of it is declared first, and what then.
  let before: Blueprint
  let after: Blueprint?
}

extension PlannerTrial {
  /// What is to be tried of a resource of a composition: all but updates.
  package static func ofLife(
    of address: ResourceAddress, in blueprint: Blueprint
  ) -> [PlannerTrial] {
    guard let slice = CompositionSlice(of: [address], in: blueprint) else { return [] }
    let (standing, whole) = slice.blueprints(of: blueprint)
    let isAlone = standing.resources.isEmpty
    let create = PlannerTrial(
      address: address, deed: .create, before: isAlone ? whole : standing,
      after: isAlone ? nil : whole)
    let delete = PlannerTrial(address: address, deed: .delete, before: whole, after: standing)
    let kill = PlannerTrial(address: address, deed: .kill, before: whole, after: nil)
    return isAlone ? [create, kill] : [create, delete, kill]
  }

  /// The change of a resource from what one composition declares to what another does; nil where
  /// both declare the same.
  package static func change(
    of address: ResourceAddress, from blueprint: Blueprint, to changed: Blueprint
  ) -> PlannerTrial? {
    guard let old = blueprint.resources.first(where: { $0.address == address }),
      let new = changed.resources.first(where: { $0.address == address }),
      let slice = CompositionSlice(of: [address], in: blueprint),
      let other = CompositionSlice(of: [address], in: changed)
    else { return nil }
    let fields = old.fieldsThatDiffer(from: new)
    if fields.isEmpty { return nil }
    // What only a new resource could have otherwise stays as it is when it is declared no more.
    let stays = zip(old.lifecycle.replaceOn, new.lifecycle.replaceOn).contains {
      $0.want != $1.want && $1.want == .null
    }
    if stays, old.lifecycle.aspects == new.lifecycle.aspects { return nil }
    let isReplaced = zip(old.lifecycle.replaceOn, new.lifecycle.replaceOn).contains {
      $0.want != $1.want
    }
    return PlannerTrial(
      address: address, deed: isReplaced ? .replace(fields: fields) : .update(fields: fields),
      before: slice.blueprints(of: blueprint).whole, after: other.blueprints(of: changed).whole)
  }

  /// Makes the system; finds out first what goes wrong without any fault.
  ///
  /// - Parameter faults: how often each fault may happen; the commands are the deed's own.
  package func system(_ faults: KernelScope) throws(UserSystem.Problem) -> UserSystem {
    var scope = faults
    scope.looksAtOnce = true
    switch deed {
    case .kill:
      scope.wishes = [.apply, .kill]
      scope.standing = 1
    case .create, .update, .replace, .delete:
      scope.wishes = after == nil ? [.apply] : [.apply, .update]
      scope.standing = after == nil ? 0 : 1
    }
    switch deed {
    case .update, .replace:
      if let problem = ignored { throw UserSystem.Problem(message: problem) }
    case .create, .delete, .kill: break
    }
    return try UserSystem(
      before, updated: after, scope: scope, editing: deed == .kill ? [] : [address])
  }

  /// Why the declarations cannot differ in the cloud; nil if they can.
  private var ignored: String? {
    let lives = [before, after].map { blueprint in
      blueprint?.resources.first { $0.address == address }?.lifecycle
    }
    return lives[0] == lives[1] ? "no call of the planner's depends on it" : nil
  }

  /// What a planner's settling leaves open; nil where it is as it should be.
  package static func unsettled(_ resource: DeclaredResource) -> String? {
    let lagging = Set(
      resource.lifecycle.create.map(\.call.service).filter { ["ec2", "iam"].contains($0) })
    guard let service = lagging.sorted().first, resource.lifecycle.settle == .acknowledged else {
      return nil
    }
    return "it counts as there as soon as it is acknowledged, but reads of \(service) lag: what"
      + " needs it may start before it can be found. Settle with visibleTwice, or on a state"
  }
}

extension DeclaredResource {
  /// The declared fields, in order.
  package var fieldNames: [String] { declared.fields.keys.filter { $0 != "$" } }

  /// Which declared fields differ; where only the lifecycles do, what they compare.
  func fieldsThatDiffer(from other: DeclaredResource) -> [String] {
    let names = Set(declared.fields.keys).union(other.declared.fields.keys).sorted()
    return names.filter { declared.fields[$0] != other.declared.fields[$0] }
  }
}
