import Canon
import CloudModel
import Plans
import Prover
import Testing

/// Policies and what they come to, by AWS's documentation.
@Suite struct PolicyVerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var statements: [String]
    var verdict: String
    var isRestricted = false

    init(_ name: String, _ verdict: String, _ statements: String..., isRestricted: Bool = false) {
      testDescription = name
      self.verdict = verdict
      self.statements = statements
      self.isRestricted = isRestricted
    }
  }

  private typealias Fixture = PolicyFixture

  private static let own = #"{"AWS":"arn:aws:iam::111122223333:root"}"#
  private static let other = #"{"AWS":"arn:aws:iam::999900001111:root"}"#
  private static let service = #"{"Service":"cloudfront.amazonaws.com"}"#

  private static func allow(
    _ principal: String = #""*""#, _ condition: String? = nil
  ) -> String { Fixture.statement("Allow", principal: principal, condition: condition) }

  static let principals: [Case] = [
    Case("no statement that allows", "proved", Fixture.statement("Deny")),
    Case("everybody", "refuted", allow()),
    Case("everybody, as a list", "refuted", allow(#"{"AWS":["*"]}"#)),
    Case("the own account", "proved", allow(own)),
    Case(
      "a user of the own account", "proved", allow(#"{"AWS":"arn:aws:iam::111122223333:user/a"}"#)),
    Case("the own account's number", "proved", allow(#"{"AWS":"111122223333"}"#)),
    Case("another account", "refuted", allow(other)),
    Case(
      "the own and another account", "refuted", allow(#"{"AWS":["111122223333","999900001111"]}"#)),
    Case("a name that is gone", "unknown", allow(#"{"AWS":"AIDACKCEVSQ6C2EXAMPLE"}"#)),
    Case("a service for anybody", "unknown", allow(service)),
    Case(
      "a service for the own account", "proved",
      allow(service, #"{"StringEquals":{"aws:SourceAccount":"111122223333"}}"#)),
    Case(
      "a service for a thing of the own account", "proved",
      allow(
        service, #"{"ArnLike":{"AWS:SourceArn":"arn:aws:cloudfront::111122223333:distribution/*"}}"#
      )),
    Case(
      "everybody but some", "refuted",
      #"{"Effect":"Allow","NotPrincipal":\#(own),"Action":"s3:*","Resource":"*"}"#),
  ]

  static let conditions: [Case] = [
    Case(
      "limited to the own account", "proved",
      allow(#""*""#, #"{"StringEquals":{"aws:PrincipalAccount":["111122223333"]}}"#)),
    Case(
      "limited to users of the own account", "proved",
      allow(#""*""#, #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}"#)),
    Case(
      "limited only where there is a key", "unknown",
      allow(#""*""#, #"{"StringEqualsIfExists":{"aws:PrincipalAccount":"111122223333"}}"#)),
    Case(
      "limited for all of perhaps no values", "unknown",
      allow(#""*""#, #"{"ForAllValues:StringEquals":{"aws:PrincipalAccount":"111122223333"}}"#)),
    Case(
      "a negated operator", "unknown",
      allow(#""*""#, #"{"StringNotEquals":{"aws:PrincipalAccount":"999900001111"}}"#)),
    Case(
      "the own and another account", "unknown",
      allow(
        #""*""#, #"{"StringEquals":{"aws:PrincipalAccount":["111122223333","999900001111"]}}"#)),
    Case(
      "an account by pattern", "unknown",
      allow(#""*""#, #"{"StringLike":{"aws:PrincipalAccount":"11112222333*"}}"#)),
    Case(
      "an ARN whose account is a pattern", "unknown",
      allow(#""*""#, #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a"}}"#)),
    Case(
      "an organisation, which may have other accounts", "unknown",
      allow(#""*""#, #"{"StringEquals":{"aws:PrincipalOrgID":"o-abc"}}"#)),
    Case("over TLS", "refuted", allow(#""*""#, #"{"Bool":{"aws:SecureTransport":"true"}}"#)),
    Case("a referrer", "refuted", allow(#""*""#, #"{"StringLike":{"aws:Referer":"https://a/*"}}"#)),
    Case(
      "public addresses", "refuted",
      allow(#""*""#, #"{"IpAddress":{"aws:SourceIp":"52.1.2.0/24"}}"#)),
    Case(
      "private addresses", "unknown",
      allow(#""*""#, #"{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#)),
  ]

  static let denials: [Case] = [
    Case("allowed and denied", "proved", allow(), Fixture.statement("Deny")),
    Case(
      "denied by a wider pattern", "proved", allow(),
      Fixture.statement("Deny", action: #""s3:*""#, resource: #""*""#)),
    Case(
      "denied in part", "refuted", allow(),
      Fixture.statement("Deny", resource: #""arn:aws:s3:::papers/secret/*""#)),
    Case(
      "denied without TLS", "refuted", allow(),
      Fixture.statement(
        "Deny", action: #""s3:*""#, condition: #"{"Bool":{"aws:SecureTransport":"false"}}"#)),
    Case(
      "denied to all but the own account", "proved", allow(),
      Fixture.statement(
        "Deny", condition: #"{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}"#)),
    Case(
      "denied by NotPrincipal to all but the own account", "proved", allow(),
      #"{"Effect":"Deny","NotPrincipal":\#(own),"Action":"*","Resource":"*"}"#),
    Case(
      "denied to all but another account", "unknown", allow(),
      #"{"Effect":"Deny","NotPrincipal":\#(other),"Action":"*","Resource":"*"}"#),
    Case(
      "denied under a condition", "unknown", allow(),
      Fixture.statement(
        "Deny", condition: #"{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}"#)),
    Case(
      "denied to the account that is allowed", "proved", allow(other),
      Fixture.statement("Deny", principal: #"{"AWS":"999900001111"}"#)),
    Case(
      "denied to another account only", "refuted", allow(),
      Fixture.statement("Deny", principal: other)),
    Case(
      "all but reading denied", "refuted", allow(),
      #"{"Effect":"Deny","Principal":"*","NotAction":"s3:getobject","Resource":"*"}"#),
  ]

  static let blocks: [Case] = [
    Case("a public policy", "proved", allow(), isRestricted: true),
    Case("another account alone", "refuted", allow(other), isRestricted: true),
    Case("another account in a public policy", "proved", allow(other), allow(), isRestricted: true),
    Case("a service in a public policy", "unknown", allow(), allow(service), isRestricted: true),
    Case(
      "perhaps public", "unknown",
      allow(#""*""#, #"{"IpAddress":{"aws:SourceIp":"52.1.2.0/24"}}"#), isRestricted: true),
    Case(
      "public but for a denial", "unknown", allow(), allow(other),
      Fixture.statement("Deny", condition: #"{"StringNotEquals":{"aws:PrincipalOrgID":"o-abc"}}"#),
      isRestricted: true),
    Case(
      "public, but not without TLS", "proved", allow(),
      Fixture.statement("Deny", condition: #"{"Bool":{"aws:SecureTransport":"false"}}"#),
      isRestricted: true),
  ]

  @Test(arguments: principals + conditions + denials + blocks)
  func `a policy comes to what AWS documents`(_ it: Case) {
    let text = #"{"Version":"2012-10-17","Statement":[\#(it.statements.joined(separator: ","))]}"#
    let blocks: [String: Bool] = ["RestrictPublicBuckets": it.isRestricted]
    var fixture = Fixture(policy: text)
    for (name, isOn) in blocks {
      fixture.account.buckets["papers"]?.publicAccessBlock?[name] = isOn
    }
    #expect(fixture.word() == it.verdict)
  }

  @Test func `without a policy nobody outside may do anything`() {
    #expect(Fixture(policy: nil).word("*") == "proved")
  }

  @Test func `what is asked about is kept apart from what is not`() {
    let shared = Fixture.statement("Allow", resource: #""arn:aws:s3:::papers/public/*""#)
    let fixture = Fixture(policy: Fixture.policy(shared))
    #expect(fixture.word(path: "public/*") == "refuted")
    #expect(fixture.word(path: "*.pdf") == "refuted")
    #expect(fixture.word(path: "private/*") == "proved")
    #expect(fixture.word("s3:getobject") == "refuted")
    #expect(fixture.word("s3:Get*") == "refuted")
    #expect(fixture.word("s3:PutObject") == "proved")
    #expect(fixture.word("ec2:RunInstances") == "unknown")
  }

  @Test func `listing is about the bucket and reading about its objects`() {
    let listing = Fixture(
      policy: Fixture.policy(
        Fixture.statement(
          "Allow", action: #""s3:ListBucket""#, resource: #""arn:aws:s3:::papers""#)))
    #expect(listing.word("s3:ListBucket") == "refuted")
    #expect(listing.word("s3:*") == "refuted")
    #expect(listing.word("s3:GetObject") == "proved")
    let objects = Fixture(policy: Fixture.policy(Fixture.statement("Allow", action: #""s3:*""#)))
    #expect(objects.word("s3:ListBucket") == "proved")
    #expect(objects.word("s3:GetObject") == "refuted")
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"Statement":1}"#, #"{"Statement":[{"Effect":"Allow"}]}"#,
    #"{"Version":"2020-01-01","Statement":[]}"#,
    #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
    #"{"Statement":{"Effect":"allow","Principal":"*","Action":"*","Resource":"*"}}"#,
    #"{"Statement":{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#,
    #"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","NotAction":"*","Resource":"*"}}"#,
    #"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","If":1}}"#,
    #"{"Statement":{"Effect":"Deny","Principal":{"AWS":[]},"Action":"*","Resource":"*"}}"#,
    #"{"Statement":{"Effect":"Deny","Principal":"*","Action":[["*"]],"Resource":"*"}}"#,
    #"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":[]}}"#,
  ])
  func `what is no policy is not believed to be closed`(_ text: String) {
    #expect(Fixture(policy: text).word() == "unknown")
  }

  @Test func `a bucket of China has an ARN of its own`() {
    var fixture = Fixture(
      policy: Fixture.policy(Fixture.statement("Allow", resource: #""arn:aws-cn:s3:::papers/*""#)))
    #expect(fixture.word() == "proved")
    fixture.account.region = "cn-north-1"
    #expect(fixture.word() == "refuted")
  }
}
