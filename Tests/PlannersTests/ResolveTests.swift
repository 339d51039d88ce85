import Canon
import CloudModel
import Plans
import Testing

@Suite struct ResolveTests {
  let item: Value = [
    "Rules": [
      ["Port": 80, "Pairs": [["Id": "a"], ["Id": "b"]]], ["Port": 443, "Pairs": []],
    ],
    "Tags": [["Key": "name", "Value": "x"]],
  ]

  func over(_ item: Value?) -> Bindings {
    var bindings = Bindings { address, name in
      address == "net" && name == "id" ? "vpc-1" : nil
    }
    bindings.item = item
    return bindings
  }

  @Test func `an output that is known takes its place, another one stays`() {
    let value: Value = [
      "A": .residual(.output("net", name: "id")), "B": .residual(.output("net", name: "arn")),
    ]
    #expect(
      value.resolve(over(nil))
        == ["A": "vpc-1", "B": .residual(.output("net", name: "arn"))])
    #expect(value.holes == [.output("net", "id"), .output("net", "arn")])
  }

  @Test func `fields and elements that come to null are left out`() {
    let missing: Value = .residual(.path(.item, ["Nothing"]))
    let value: Value = ["A": missing, "B": [1, missing, .null, 2], "C": .null, "D": ["E": .null]]
    #expect(value.resolve(over(item)) == ["B": [1, 2], "D": [:]])
  }

  @Test func `a text is put together once all of it is known; a secret keeps it waiting`() {
    let parts: [Value] = ["p/", .residual(.output("net", name: "id")), "/", 7, true, .null]
    #expect(Value.residual(.concat(parts)).resolve(over(nil)) == "p/vpc-1/7true")
    let secret = Value.secret(SecretCommitment(digest: Digest(of: "x"), name: "pw"))
    let open = Value.residual(.concat(["p=", secret])).resolve(over(nil))
    #expect(open == .residual(.concat(["p=", secret])))
    #expect(open.holes.isEmpty)
  }

  @Test func `a text that waits for a secret is joined where the call is made`() {
    let secret = Value.secret(SecretCommitment(digest: Digest(of: "x"), name: "pw"))
    let text = Value.residual(.concat(["user:", secret, "@", 1]))
    let call: Value = ["Text": text, "Alone": secret, "List": [text]]
    let clear = call.replacingSecrets { (secret) throws(Never) -> Value in
      .string("the \(secret.name)")
    }
    let joined: Value = "user:the pw@1"
    #expect(clear == ["Text": joined, "Alone": "the pw", "List": [joined]])
    let hidden = call.withSecretsInTextsHidden
    #expect(hidden["Text"] == .string("user:\(Digest(of: "x").hex)@1"))
    #expect(hidden["Alone"] == secret)
    #expect(hidden.isKnown)
  }

  @Test func `each gives a list, flat, nested and spliced`() {
    let nested = Residual.each(
      source: .path(.item, ["Rules"]), variable: 0,
      body: .residual(
        .each(
          source: .path(.bound(0), ["Pairs"]), variable: 1,
          body: [
            "Port": .residual(.path(.bound(0), ["Port"])),
            "Id": .residual(.path(.bound(1), ["Id"])),
          ])))
    let rules: [Value] = [["Port": 80, "Id": "a"], ["Port": 80, "Id": "b"]]
    #expect(Value.residual(nested).resolve(over(item)) == .list(rules))
    #expect(Value.list([0, .residual(nested)]).resolve(over(item)) == .list([0] + rules))
    #expect(Value.residual(nested).resolve(over([:])) == [])
    #expect(Value.residual(nested).resolve(over(nil)) == .residual(nested))
    #expect(Value.residual(nested).holes == [.path(.item, ["Rules"])])
  }

  @Test func `find takes the first that fits, and waits for what it is compared with`() {
    func find(_ wanted: Value) -> Value {
      .residual(
        .find(source: .path(.item, ["Tags"]), key: ["Key"], equals: wanted, path: ["Value"]))
    }
    #expect(find("name").resolve(over(item)) == "x")
    #expect(find("other").resolve(over(item)) == .null)
    let waiting = find(.residual(.output("net", name: "arn")))
    #expect(waiting.resolve(over(item)) == waiting)
  }

  @Test func `a path leads through what is itself a path`() {
    var bindings = Bindings()
    bindings.element = ["Id": .residual(.path(.item, ["Vpc"]))]
    #expect(
      Value.residual(.path(.element, ["Id", "Name"])).resolve(bindings)
        == .residual(.path(.item, ["Vpc", "Name"])))
  }

  @Test func `a plan whose hole no earlier step fills is not carried out`() {
    func step(_ address: ResourceAddress, _ parameters: Value, yields: [String]) -> Step {
      Step(
        address: address, type: "T", verb: .create, part: "",
        call: Call(service: "ec2", operation: "Create", parameters: parameters),
        yields: SortedMap(yields.map { ($0, [$0]) }), errors: [:], settle: .acknowledged,
        duplicates: false, origins: [])
    }
    func plan(_ edges: [PlanEdge], known: [KnownOutput] = []) -> Plan {
      Plan(
        composition: Digest(of: ""), process: "p", baseline: Digest(of: ""),
        steps: [
          step("a", [:], yields: ["id"]), step("b", [:], yields: []),
          step("c", ["Id": .residual(.output("a", name: "id"))], yields: []),
        ], edges: edges, known: known)
    }
    func edge(_ from: Int, _ to: Int) -> PlanEdge {
      PlanEdge(from: StepID(from), to: StepID(to), kind: .afterAcknowledged)
    }
    let unfilled = PlanDefect.unfilled(StepID(2), "a", output: "id")
    #expect(plan([edge(0, 2)]).defects.isEmpty)
    #expect(plan([edge(0, 1), edge(1, 2)]).defects.isEmpty)
    #expect(plan([]).defects == [unfilled])
    #expect(plan([edge(0, 1)]).defects == [unfilled])
    #expect(plan([], known: [KnownOutput(address: "a", name: "id", value: "x")]).defects.isEmpty)
    #expect(plan([edge(2, 0)]).defects == [.badEdge(edge(2, 0))])
    #expect(plan([edge(0, 3)]).defects == [.badEdge(edge(0, 3))])
  }
}
