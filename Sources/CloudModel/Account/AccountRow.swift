/// The tables of an account.
package enum AccountTable: String, Hashable, Codable, Sendable, CaseIterable {
  case vpcs
  case subnets
  case internetGateways
  case routeTables
  case networkACLs
  case securityGroups
  case instances
  case buckets
  case roles
  case instanceProfiles
  case secrets
  case queues
  case memories
}

/// Names one row of an account.
package struct RowKey: Hashable, Codable, Sendable, Comparable {
  /// The table.
  package var table: AccountTable
  /// The row's key in it.
  package var id: String

  /// Makes a key.
  package init(_ table: AccountTable, _ id: String) {
    self.table = table
    self.id = id
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.table.rawValue, a.id) < (b.table.rawValue, b.id)
  }
}

/// One row of an account, of whatever table: the unit in which changes are recorded and stored.
package enum AccountRow: Hashable, Codable, Sendable {
  case vpc(Vpc)
  case subnet(Subnet)
  case internetGateway(InternetGateway)
  case routeTable(RouteTable)
  case networkACL(NetworkACL)
  case securityGroup(SecurityGroup)
  case instance(Instance)
  case bucket(Bucket)
  case role(Role)
  case instanceProfile(InstanceProfile)
  case secret(StoredSecret)
  case queue(Queue)
  case memory(Memory)
}

/// A row that a call changed.
package struct RowChange: Hashable, Codable, Sendable {
  /// Which row.
  package var key: RowKey
  /// What stood there before; nil where there was none.
  package var before: AccountRow?

  /// Makes a change.
  package init(key: RowKey, before: AccountRow?) {
    self.key = key
    self.before = before
  }
}

/// What is kept as a row of an account under a key of its own.
package protocol AccountEntity: Hashable, Codable, Sendable {
  /// The table it is kept in.
  static var table: AccountTable { get }
  /// Where that table stands in an account.
  static var rows: WritableKeyPath<AccountState, Table<Self>> { get }
  /// Its key: AWS's identifier, or its name.
  var rowID: String { get }
  /// Itself as a row.
  var row: AccountRow { get }
  /// Texts by which it is found in its table, each once.
  var marks: [String] { get }
}

extension AccountEntity {
  /// None, unless a table says otherwise.
  package var marks: [String] { [] }

  /// The key of the row of this identifier.
  package static func key(_ id: String) -> RowKey { RowKey(table, id) }
}
