/// Texts of numbers with units: lengths of time and amounts of data.
enum UnitText {
  /// Units of time in milliseconds, the largest first.
  static let times: [(unit: String, size: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60000), ("s", 1000), ("ms", 1),
  ]

  /// Units of data in bytes, the largest first; the ones by 1024 before those by 1000.
  static let amounts: [(unit: String, size: Int64)] = [
    ("PiB", 1 << 50), ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ("PB", 1_000_000_000_000_000), ("TB", 1_000_000_000_000), ("GB", 1_000_000_000),
    ("MB", 1_000_000), ("kB", 1000), ("KB", 1000), ("B", 1),
  ]

  /// The sum of numbers with units, each unit smaller than the one before; nil for anything else.
  static func time(_ text: String) -> Int64? {
    var rest = text.utf8[...]
    var total: Int64 = 0
    var used = -1
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      guard let (number, unit) = part(&rest),
        let index = times.firstIndex(where: { $0.unit == unit }), index > used,
        let sum = adding(number, times[index].size, to: total)
      else { return nil }
      (total, used) = (sum, index)
    }
    return total
  }

  /// One number with a unit; nil for anything else.
  static func amount(_ text: String) -> Int64? {
    var rest = text.utf8[...]
    guard let (number, unit) = part(&rest), rest.isEmpty,
      let known = amounts.first(where: { $0.unit == unit })
    else { return nil }
    return adding(number, known.size, to: 0)
  }

  /// A length of time in the largest units that fit.
  static func time(_ milliseconds: Int64) -> String {
    var (rest, out) = (milliseconds, "")
    for (unit, size) in times where unit != "w" {
      if rest / size > 0 { out += "\(rest / size)\(unit)" }
      rest %= size
    }
    return out.isEmpty ? "0s" : out
  }

  /// An amount of data in the largest unit of which it is a whole number.
  static func amount(_ bytes: Int64) -> String {
    guard bytes > 0 else { return "0B" }
    let units = amounts.prefix(5) + amounts.suffix(1)
    for (unit, size) in units where bytes % size == 0 { return "\(bytes / size)\(unit)" }
    return "\(bytes)B"
  }

  private static func part(_ rest: inout Substring.UTF8View) -> (Int64, String)? {
    let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    let letters = rest.prefix { !isDigit($0) }
    rest = rest.dropFirst(letters.count)
    guard let number = Int64(String(Substring(digits))) else { return nil }
    return (number, String(Substring(letters)))
  }

  private static func adding(_ number: Int64, _ size: Int64, to total: Int64) -> Int64? {
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: size)
    let (sum, overflow) = total.addingReportingOverflow(product)
    return isTooLarge || overflow ? nil : sum
  }
}
