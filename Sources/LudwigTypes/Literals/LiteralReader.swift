/// Finds what is wrong with a literal, part by part. The library's functions decide what a text
/// means; these say no to the same texts, and say where.
struct LiteralReader {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// An address block: an address, `/` and a length.
  func block() -> LiteralMistake? {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      return address() ?? LiteralMistake(end, "the length is missing, such as /16")
    }
    if let mistake = address(0..<slash) { return mistake }
    let width = bytes[..<slash].contains(UInt8(ascii: ":")) ? 128 : 32
    let length = slash + 1..<bytes.count
    if length.isEmpty { return LiteralMistake(end, "the length is missing, such as /16") }
    return number(length, 0...width, "a length is a number from 0 to \(width)")
  }

  /// An address, IPv4 or IPv6.
  func address() -> LiteralMistake? { address(bytes.indices) }

  private func address(_ range: Range<Int>) -> LiteralMistake? {
    if range.isEmpty { return LiteralMistake(range, "an address is missing here") }
    return bytes[range].contains(UInt8(ascii: ":")) ? groups(range) : octets(range)
  }

  private func octets(_ range: Range<Int>) -> LiteralMistake? {
    let parts = split(range, at: ".")
    for part in parts.prefix(4) {
      if let mistake = number(part, 0...255, "each part is a number from 0 to 255") {
        return mistake
      }
    }
    if parts.count > 4 {
      return LiteralMistake(parts[3].upperBound..<range.upperBound, "an address has four parts")
    }
    if parts.count < 4 {
      return LiteralMistake(
        range.upperBound..<range.upperBound, "an address has four parts; here are \(parts.count)")
    }
    return nil
  }

  private func groups(_ range: Range<Int>) -> LiteralMistake? {
    let parts = split(range, at: ":")
    var count = 0
    for (index, part) in parts.enumerated() where !part.isEmpty {
      if index == parts.count - 1, bytes[part].contains(UInt8(ascii: ".")) {
        if let mistake = octets(part) { return mistake }
        count += 2
      } else if part.count > 4 || !bytes[part].allSatisfy(Self.isHex) {
        return LiteralMistake(part, "each group is at most four hexadecimal digits")
      } else {
        count += 1
      }
    }
    let gaps = range.dropLast().filter {
      bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":")
    }
    if gaps.count > 1 {
      return LiteralMistake(gaps[1]..<gaps[1] + 2, ":: stands once in an address")
    }
    let isWhole = gaps.isEmpty ? count == 8 && parts.count == count : count < 8
    return isWhole ? nil : LiteralMistake(range, "an address has eight groups, or :: for some")
  }

  /// A protocol of the internet as EC2 writes it: a name, a number, or -1 for all.
  func ipProtocol() -> LiteralMistake? {
    let text = String(decoding: bytes, as: UTF8.self)
    if ["tcp", "udp", "icmp", "all", "-1"].contains(text) { return nil }
    return number(
      bytes.indices, 0...255, "a protocol is tcp, udp, icmp, all, or a number from 0 to 255")
  }

  /// A port, or two with `-` between.
  func ports() -> LiteralMistake? {
    let parts = split(bytes.indices, at: "-")
    let words = "a port is a number from 0 to 65535"
    for part in parts.prefix(2) {
      if let mistake = number(part, 0...65535, words) { return mistake }
    }
    if parts.count > 2 {
      return LiteralMistake(parts[1].upperBound..<bytes.count, "a range has two ends")
    }
    guard parts.count == 2, let first = value(parts[0]), let last = value(parts[1]), first > last
    else { return nil }
    return LiteralMistake(parts[1], "the range ends before it begins")
  }

  /// `arn:partition:service:region:account:resource`.
  func arn() -> LiteralMistake? {
    let parts = split(bytes.indices, at: ":")
    if String(decoding: bytes[parts[0]], as: UTF8.self) != "arn" {
      return LiteralMistake(parts[0], "an ARN begins with arn:")
    }
    guard parts.count >= 6 else {
      return LiteralMistake(
        end, "an ARN has six parts with : between; here are \(parts.count)")
    }
    let names = ["", "partition", "service", "region"]
    for index in 1...3 where index < 3 || !parts[index].isEmpty {
      if parts[index].isEmpty || !bytes[parts[index]].allSatisfy(Self.isWord) {
        return LiteralMistake(
          parts[index], "the \(names[index]) is of small letters, digits and -")
      }
    }
    let account = bytes[parts[4]]
    if !account.isEmpty, account.count != 12 || !account.allSatisfy(Self.isDigit),
      !account.elementsEqual("aws".utf8)
    {
      return LiteralMistake(
        parts[4], "an account's number has 12 digits; here are \(account.count)")
    }
    return parts[5].lowerBound < bytes.count ? nil : LiteralMistake(end, "the resource is missing")
  }

  /// Numbers with units, each unit smaller than the one before; `units` are given smallest first.
  func amounts(of units: [String]) -> LiteralMistake? {
    var place = 0
    var smallest = units.count
    repeat {
      let (part, mistake) = amount(from: place, units)
      if let mistake { return mistake }
      guard let unit = units.firstIndex(of: text(part)), unit < smallest else {
        return LiteralMistake(part, "units stand from the largest to the smallest")
      }
      (smallest, place) = (unit, part.upperBound)
    } while place < bytes.count
    return nil
  }

  /// One number with a unit.
  func amount(of units: [String]) -> LiteralMistake? {
    let (part, mistake) = amount(from: 0, units)
    if let mistake { return mistake }
    return part.upperBound == bytes.count
      ? nil : LiteralMistake(part.upperBound..<bytes.count, "nothing stands behind the unit")
  }

  private func amount(
    from start: Int, _ units: [String]
  ) -> (unit: Range<Int>, LiteralMistake?) {
    let list = units.joined(separator: ", ")
    let digits = start..<(bytes[start...].firstIndex { !Self.isDigit($0) } ?? bytes.count)
    if digits.isEmpty {
      let stop = min(start + 1, bytes.count)
      return (digits, LiteralMistake(start..<stop, "a whole number is wanted here"))
    }
    let stop = bytes[digits.upperBound...].firstIndex(where: Self.isDigit) ?? bytes.count
    let unit = digits.upperBound..<stop
    if unit.isEmpty { return (unit, LiteralMistake(end, "the unit is missing: one of \(list)")) }
    if !units.contains(text(unit)) {
      return (unit, LiteralMistake(unit, "the unit is one of \(list)"))
    }
    let isSmall = value(digits).map { $0 <= 1_000_000 } ?? false
    return (unit, isSmall ? nil : LiteralMistake(digits, "this number is too large"))
  }

  // MARK: Parts

  private var end: Range<Int> { bytes.count..<bytes.count }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func value(_ range: Range<Int>) -> Int? { Int(text(range)) }

  private func number(
    _ range: Range<Int>, _ allowed: ClosedRange<Int>, _ words: String
  ) -> LiteralMistake? {
    guard !range.isEmpty, range.count < 10, bytes[range].allSatisfy(Self.isDigit),
      let value = value(range), allowed.contains(value)
    else { return LiteralMistake(range, words) }
    if range.count > 1, bytes[range.lowerBound] == UInt8(ascii: "0") {
      return LiteralMistake(range, "numbers stand here without zeros before them")
    }
    return nil
  }

  /// The parts of a range between separators, empty ones included; never none.
  private func split(_ range: Range<Int>, at separator: Unicode.Scalar) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var lower = range.lowerBound
    for index in range where bytes[index] == UInt8(ascii: separator) {
      parts.append(lower..<index)
      lower = index + 1
    }
    return parts + [lower..<range.upperBound]
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...102).contains(byte | 0x20)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
  }
}
