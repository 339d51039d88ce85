import Canon
import CloudModel
import CloudSemantics
import Testing

@Suite struct NetworkTests {
  @Test func `a VPC brings its main table, default network ACL and default group along`() {
    var account = Account()
    let vpc = account.ok("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"]).text("Vpc", "VpcId")
    #expect(account.state.routeTables.values.map(\.isMain) == [true])
    #expect(account.state.networkACLs.values.map(\.isDefault) == [true])
    #expect(account.state.networkACLs.values.map(\.entries.count) == [2])
    #expect(account.state.securityGroups.values.map(\.name) == ["default"])
    #expect(vpc.count == 21)
    account.ok("ec2", "DeleteVpc", ["VpcId": .string(vpc)])
    #expect(account.state.rowKeys.isEmpty)
  }
}
