import Canon

extension Vpc: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .vpcs }
  package static var rows: WritableKeyPath<AccountState, Table<Vpc>> {
    \.vpcs
  }
  package var rowID: String { id }
  package var row: AccountRow { .vpc(self) }
}

extension Subnet: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .subnets }
  package static var rows: WritableKeyPath<AccountState, Table<Subnet>> {
    \.subnets
  }
  package var rowID: String { id }
  package var row: AccountRow { .subnet(self) }
}

extension InternetGateway: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .internetGateways }
  package static var rows: WritableKeyPath<AccountState, Table<InternetGateway>> {
    \.internetGateways
  }
  package var rowID: String { id }
  package var row: AccountRow { .internetGateway(self) }
}

extension RouteTable: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .routeTables }
  package static var rows: WritableKeyPath<AccountState, Table<RouteTable>> {
    \.routeTables
  }
  package var rowID: String { id }
  package var row: AccountRow { .routeTable(self) }
}

extension NetworkACL: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .networkACLs }
  package static var rows: WritableKeyPath<AccountState, Table<NetworkACL>> {
    \.networkACLs
  }
  package var rowID: String { id }
  package var row: AccountRow { .networkACL(self) }
}

extension SecurityGroup: AccountEntity {
  package var marks: [String] { [name] + tags.marks }
  package static var table: AccountTable { .securityGroups }
  package static var rows: WritableKeyPath<AccountState, Table<SecurityGroup>> {
    \.securityGroups
  }
  package var rowID: String { id }
  package var row: AccountRow { .securityGroup(self) }
}

extension Instance: AccountEntity {
  package var marks: [String] { tags.marks }
  package static var table: AccountTable { .instances }
  package static var rows: WritableKeyPath<AccountState, Table<Instance>> {
    \.instances
  }
  package var rowID: String { id }
  package var row: AccountRow { .instance(self) }
}

extension Bucket: AccountEntity {
  package static var table: AccountTable { .buckets }
  package static var rows: WritableKeyPath<AccountState, Table<Bucket>> {
    \.buckets
  }
  package var rowID: String { name }
  package var row: AccountRow { .bucket(self) }
}

extension Role: AccountEntity {
  package static var table: AccountTable { .roles }
  package static var rows: WritableKeyPath<AccountState, Table<Role>> {
    \.roles
  }
  package var rowID: String { name }
  package var row: AccountRow { .role(self) }
}

extension InstanceProfile: AccountEntity {
  package static var table: AccountTable { .instanceProfiles }
  package static var rows: WritableKeyPath<AccountState, Table<InstanceProfile>> {
    \.instanceProfiles
  }
  package var rowID: String { name }
  package var row: AccountRow { .instanceProfile(self) }
}

extension StoredSecret: AccountEntity {
  package static var table: AccountTable { .secrets }
  package static var rows: WritableKeyPath<AccountState, Table<StoredSecret>> {
    \.secrets
  }
  package var rowID: String { name }
  package var row: AccountRow { .secret(self) }
}

extension Queue: AccountEntity {
  package static var table: AccountTable { .queues }
  package static var rows: WritableKeyPath<AccountState, Table<Queue>> {
    \.queues
  }
  package var rowID: String { name }
  package var row: AccountRow { .queue(self) }
}

extension AccountState {
  /// The row of a key; setting nil removes it. The row must be of the key's table.
  package subscript(row key: RowKey) -> AccountRow? {
    get {
      switch key.table {
      case .vpcs: vpcs[key.id].map(AccountRow.vpc)
      case .subnets: subnets[key.id].map(AccountRow.subnet)
      case .internetGateways: internetGateways[key.id].map(AccountRow.internetGateway)
      case .routeTables: routeTables[key.id].map(AccountRow.routeTable)
      case .networkACLs: networkACLs[key.id].map(AccountRow.networkACL)
      case .securityGroups: securityGroups[key.id].map(AccountRow.securityGroup)
      case .instances: instances[key.id].map(AccountRow.instance)
      case .buckets: buckets[key.id].map(AccountRow.bucket)
      case .roles: roles[key.id].map(AccountRow.role)
      case .instanceProfiles: instanceProfiles[key.id].map(AccountRow.instanceProfile)
      case .secrets: secrets[key.id].map(AccountRow.secret)
      case .queues: queues[key.id].map(AccountRow.queue)
      case .memories: memories[key.id].map(AccountRow.memory)
      }
    }
    set {
      if let newValue { put(newValue, at: key) } else { remove(key) }
    }
  }

  private mutating func put(_ row: AccountRow, at key: RowKey) {
    switch row {
    case .vpc(let value): vpcs[key.id] = value
    case .subnet(let value): subnets[key.id] = value
    case .internetGateway(let value): internetGateways[key.id] = value
    case .routeTable(let value): routeTables[key.id] = value
    case .networkACL(let value): networkACLs[key.id] = value
    case .securityGroup(let value): securityGroups[key.id] = value
    case .instance(let value): instances[key.id] = value
    case .bucket(let value): buckets[key.id] = value
    case .role(let value): roles[key.id] = value
    case .instanceProfile(let value): instanceProfiles[key.id] = value
    case .secret(let value): secrets[key.id] = value
    case .queue(let value): queues[key.id] = value
    case .memory(let value): memories[key.id] = value
    }
  }

  private mutating func remove(_ key: RowKey) {
    switch key.table {
    case .vpcs: vpcs[key.id] = nil
    case .subnets: subnets[key.id] = nil
    case .internetGateways: internetGateways[key.id] = nil
    case .routeTables: routeTables[key.id] = nil
    case .networkACLs: networkACLs[key.id] = nil
    case .securityGroups: securityGroups[key.id] = nil
    case .instances: instances[key.id] = nil
    case .buckets: buckets[key.id] = nil
    case .roles: roles[key.id] = nil
    case .instanceProfiles: instanceProfiles[key.id] = nil
    case .secrets: secrets[key.id] = nil
    case .queues: queues[key.id] = nil
    case .memories: memories[key.id] = nil
    }
  }

  /// The keys of all rows, table by table, in ascending order within a table.
  package var rowKeys: [RowKey] {
    AccountTable.allCases.flatMap { table in keys(of: table).map { RowKey(table, $0) } }
  }

  /// The keys of one table in ascending order.
  package func keys(of table: AccountTable) -> [String] {
    switch table {
    case .vpcs: vpcs.keys
    case .subnets: subnets.keys
    case .internetGateways: internetGateways.keys
    case .routeTables: routeTables.keys
    case .networkACLs: networkACLs.keys
    case .securityGroups: securityGroups.keys
    case .instances: instances.keys
    case .buckets: buckets.keys
    case .roles: roles.keys
    case .instanceProfiles: instanceProfiles.keys
    case .secrets: secrets.keys
    case .queues: queues.keys
    case .memories: memories.keys
    }
  }
}
