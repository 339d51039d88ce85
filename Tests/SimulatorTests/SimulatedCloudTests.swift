import Canon
import CloudModel
import CloudSemantics
import Determinism
import Simulator
import Store
import Testing

@Suite struct SimulatedCloudTests {
  @Test func `a call is answered after a while, in logical time`() throws {
    var world = World(seed: 1)
    let reply = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])
    #expect(reply["Vpc"]["VpcId"].text == world.cloud.account.vpcs.keys.first)
    #expect(world.cloud.now > .zero)
    #expect(world.cloud.nextEventTime == nil)
  }

  @Test func `equal seeds give equal histories, another seed another one`() {
    let first = World.eventful(seed: 7)
    let second = World.eventful(seed: 7)
    let other = World.eventful(seed: 8)
    #expect(first.cloud.history == second.cloud.history)
    #expect(first.cloud.account == second.cloud.account)
    #expect(first.cloud.history != other.cloud.history)
  }

  @Test func `every kind of fault fires in at least a tenth of the seeds`() {
    var seeds: SortedMap<FaultKind, Int> = [:]
    for seed in 0..<40 {
      let world = World.eventful(seed: UInt64(seed))
      for (kind, count) in world.cloud.fired where count > 0 { seeds[kind, default: 0] += 1 }
    }
    for kind in FaultKind.allCases {
      #expect(seeds[kind] ?? 0 >= 4, "\(kind) fired in \(seeds[kind] ?? 0) of 40 seeds")
    }
  }

  @Test func `a text with a secret in it reaches the account as a digest`() {
    var world = World(seed: 1)
    let vpc = world.call("ec2", "CreateVpc", ["CidrBlock": "10.0.0.0/16"])["Vpc"]["VpcId"]
    let secret = SecretCommitment(digest: Digest(of: "x"), name: "pw")
    let group = world.call(
      "ec2", "CreateSecurityGroup",
      [
        "GroupName": "web", "VpcId": vpc,
        "Description": .residual(.concat(["pw=", .secret(secret)])),
      ])
    let made = world.cloud.account.securityGroups[group["GroupId"].text ?? ""]
    #expect(made?.description == "pw=" + secret.digest.hex)
  }

  @Test func `the vault joins a text with the secrets in it, and misses what it does not have`()
    throws
  {
    var vault = Vault(key: [1])
    let secret = vault.commit(name: "pw", value: Array("s3cret".utf8))
    let text = Value.residual(.concat(["user:", .secret(secret), "@db"]))
    let call = Call(service: "sqs", operation: "SendMessage", parameters: ["Body": [text]])
    #expect(try vault.resolve(call).parameters == ["Body": ["user:s3cret@db"]])
    _ = vault.commit(name: "pw", value: Array("another".utf8))
    #expect(throws: Vault.Missing.self) { try vault.resolve(call) }
  }
}
