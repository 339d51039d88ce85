import Canon
import Determinism
import Testing

@Suite struct CanonTests {
  @Test func `SHA-256 of abc is the one of FIPS 180-4`() {
    #expect(
      Digest(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `HMAC-SHA-256 is the one of RFC 4231, case 2`() {
    let code = keyedDigest(
      of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(code.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func `hexadecimal digits are read back, and nothing else is`() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
      #expect(bytesFromHex(hexFromBytes(bytes)) == bytes)
    }
    for wrong in ["0", "0g", "é", "0x"] { #expect(bytesFromHex(wrong) == nil) }
  }

  @Test func `a sorted map equals a dictionary, whatever the order of changes`() {
    var random = RandomSource(Seed(1).split("sorted map"))
    for _ in 0..<200 {
      var map = SortedMap<String, Int>()
      var model: [String: Int] = [:]
      for step in 0..<60 {
        let key = String(random.below(12))
        if random.below(3) == 0 {
          map[key] = nil
          model[key] = nil
        } else if random.below(2) == 0 {
          map[key, default: 0] += step
          model[key, default: 0] += step
        } else {
          map[key] = step
          model[key] = step
        }
      }
      #expect(map.keys == model.keys.sorted())
      #expect(map.map { model[$0.key] == $0.value }.allSatisfy { $0 })
      #expect(map == SortedMap(model.map { ($0.key, $0.value) }))
    }
  }

  @Test func `canonical bytes of unequal numbers differ, also at the borders`() {
    let numbers: [Int64] = [0, 1, -1, 63, 64, -64, -65, 127, 128, .max, .min, .max - 1]
    var seen: [[UInt8]] = []
    for number in numbers {
      var encoder = CanonicalEncoder()
      encoder.write(number)
      #expect(!seen.contains(encoder.bytes))
      seen.append(encoder.bytes)
    }
  }

  @Test func `sequences are prefix-free`() {
    var a = CanonicalEncoder()
    a.write(["ab", "c"])
    var b = CanonicalEncoder()
    b.write(["a", "bc"])
    #expect(a.bytes != b.bytes)
  }
}

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "[1,-0.5e+10,\"a\\nb\"]", "{\"a\":{\"b\":[null]},\"c\":\"é\"}",
  ])
  func `what is written is what was read`(text: String) throws {
    let value = try JSON(parsing: text)
    #expect(value.text() == text)
    #expect(try JSON(parsing: value.text(isPretty: true)) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1.", ".5", "\"\u{1}\"", "\"\\x\"",
    "\"\\ud800\"", "[1] 2", "\"", "-", "1e", "{1:2}", "\"\\u12g4\"",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
  }

  @Test func `escapes name their characters, also beyond the first plane`() throws {
    #expect(try JSON(parsing: "\"\\u00e9\\ud83d\\ude00\\/\"").text == "é😀/")
  }

  @Test func `hostile depth is an error, not an overflow`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSON(parsing: deep) }
  }

  @Test func `random bytes never crash the reader`() {
    var random = RandomSource(Seed(7).split("json"))
    let alphabet = Array("{}[]\",:\\u0123eE+-.truefalsn \u{7F}\u{0}é".utf8)
    for _ in 0..<5_000 {
      let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
      if let value = try? JSON(parsing: bytes) {
        #expect((try? JSON(parsing: value.text())) == value)
      }
    }
  }
}
