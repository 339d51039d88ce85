import CertificateChecker
import Determinism
import Testing

/// Patterns against brute force, and what may never happen when policies change.
@Suite struct PolicyPropertyTests {
  private static let letters = ["a", "b"]

  /// Every text of up to five letters.
  private static let texts: [String] = (0...5).flatMap { length in
    (0..<length).reduce([""]) { found, _ in found.flatMap { text in letters.map { text + $0 } } }
  }

  private func pattern(_ random: inout RandomSource) -> String {
    (0..<random.below(5)).map { _ in ["a", "b", "*", "?"][random.below(4)] }.joined()
  }

  private func fits(_ text: Substring, _ pattern: Substring) -> Bool {
    guard let symbol = pattern.first else { return text.isEmpty }
    if symbol == "*" {
      return fits(text, pattern.dropFirst()) || (!text.isEmpty && fits(text.dropFirst(), pattern))
    }
    guard let letter = text.first, symbol == "?" || symbol == letter else { return false }
    return fits(text.dropFirst(), pattern.dropFirst())
  }

  @Test func `overlap of patterns is what brute force finds`() {
    var random = RandomSource(Seed(7))
    var counts = [0, 0, 0]
    for _ in 0..<4000 {
      let (a, b) = (pattern(&random), pattern(&random))
      // Two patterns of up to four symbols that overlap do so in a text of up to eight letters;
      // with one of them short, five are enough.
      guard a.filter({ $0 != "*" }).count + b.filter({ $0 != "*" }).count <= 5 else { continue }
      let common = Self.texts.filter { fits($0[...], a[...]) && fits($0[...], b[...]) }
      #expect(Wildcard(a).meets(Wildcard(b)) == !common.isEmpty, "\(a) and \(b)")
      for sample in Wildcard(a).samples(with: Wildcard(b)) {
        #expect(fits(sample[...], a[...]) && fits(sample[...], b[...]), "\(sample): \(a), \(b)")
      }
      #expect(Wildcard(a).samples(with: Wildcard(b)).isEmpty == common.isEmpty)
      counts[common.isEmpty ? 0 : 1] += 1
      if Wildcard(a).covers(Wildcard(b)) {
        let stray = Self.texts.first { fits($0[...], b[...]) && !fits($0[...], a[...]) }
        #expect(stray == nil, "\(a) does not cover \(b)")
        counts[2] += 1
      }
    }
    #expect(counts.allSatisfy { $0 > 100 })
  }

  @Test func `a policy variable may stand for anything`() {
    let own = Wildcard("arn:aws:s3:::papers/${aws:username}/*")
    #expect(own.meets(Wildcard("arn:aws:s3:::papers/a/b")))
    #expect(!own.covers(Wildcard("arn:aws:s3:::papers/a/b")))
  }

  private func statement(_ random: inout RandomSource, _ effect: String) -> String {
    func one(of texts: [String]) -> String { texts[random.below(texts.count)] }
    let conditions: [String?] = [
      nil, nil, nil, #"{"Bool":{"aws:SecureTransport":"false"}}"#,
      #"{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}"#,
      #"{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}"#,
      #"{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#,
    ]
    return PolicyFixture.statement(
      effect,
      principal: one(of: [
        #""*""#, #""*""#, #"{"AWS":"111122223333"}"#, #"{"AWS":"999900001111"}"#,
        #"{"AWS":"arn:aws:iam::999900001111:user/u"}"#, #"{"Service":"logs.amazonaws.com"}"#,
      ]), action: one(of: [#""s3:GetObject""#, #""s3:Get*""#, #""s3:*""#, #""s3:PutObject""#]),
      resource: one(of: [
        #""*""#, #""arn:aws:s3:::papers/*""#, #""arn:aws:s3:::papers/a/*""#,
        #""arn:aws:s3:::papers/*/b""#, #""arn:aws:s3:::papers""#,
      ]), condition: conditions[random.below(conditions.count)])
  }

  private func word(_ statements: [String]) -> String {
    PolicyFixture(
      policy: #"{"Statement":[\#(statements.joined(separator: ","))]}"#
    ).word(path: "a/*")
  }

  @Test func `a denial never opens, and neither does taking a permission away`() {
    var random = RandomSource(Seed(11))
    var counts: [String: Int] = [:]
    for _ in 0..<600 {
      let statements = (0..<(1 + random.below(3))).map { _ in
        statement(&random, random.below(3) == 0 ? "Deny" : "Allow")
      }
      let before = word(statements)
      counts[before, default: 0] += 1
      let denied = word(statements + [statement(&random, "Deny")])
      if before == "proved" { #expect(denied == "proved", "\(statements)") }
      if before == "unknown" { #expect(denied != "refuted", "\(statements)") }
      if let place = statements.firstIndex(where: { $0.contains(#""Allow""#) }) {
        var fewer = statements
        fewer.remove(at: place)
        let without = word(fewer)
        if before == "proved" { #expect(without == "proved", "\(statements)") }
        if before == "unknown" { #expect(without != "refuted", "\(statements)") }
      }
      let closed = word(
        statements + [PolicyFixture.statement("Deny", action: #""*""#, resource: #""*""#)])
      #expect(closed == "proved", "\(statements)")
    }
    #expect(["proved", "refuted", "unknown"].allSatisfy { counts[$0, default: 0] > 40 })
  }
}
