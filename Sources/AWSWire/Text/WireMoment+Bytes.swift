extension WireMoment {
  /// A moment of the one form that most have, `2026-01-31T23:59:59Z`; nil for any other bytes.
  init?(plain bytes: Span<UInt8>) {
    guard bytes.count == 20, bytes[19] == 90, let seconds = Self.plainSeconds(bytes) else {
      return nil
    }
    self.init(seconds: seconds)
  }

  /// The text of a moment that bytes have as AWS's servers write it, with zeros for a fraction or
  /// none; nil for any other bytes, which may be a moment nonetheless.
  static func iso8601(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    guard range.count >= 20, range.count <= 24, bytes[range.upperBound - 1] == 90,
      plainSeconds(bytes.span.extracting(range)) != nil
    else { return nil }
    if range.count == 20 { return WireText.string(bytes, range) }
    let start = range.lowerBound
    guard bytes[start + 19] == UInt8(ascii: ".") else { return nil }
    for at in (start + 20)..<(range.upperBound - 1) where bytes[at] != 48 { return nil }
    return WireText.string(bytes, start..<(start + 19)).map { $0 + "Z" }
  }

  /// Seconds since 1970 of the first 19 bytes; nil where they are no such moment.
  private static func plainSeconds(_ bytes: Span<UInt8>) -> Int64? {
    guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58 else {
      return nil
    }
    var isWrong = false
    func digits(_ at: Int) -> Int64 {
      let (high, low) = (bytes[at] &- 48, bytes[at + 1] &- 48)
      if high > 9 || low > 9 { isWrong = true }
      return Int64(high) * 10 + Int64(low)
    }
    let year = digits(0) * 100 + digits(2)
    let (month, day) = (digits(5), digits(8))
    let (hour, minute, second) = (digits(11), digits(14), digits(17))
    guard !isWrong, year > 0, month >= 1, month <= 12, day >= 1, day <= length(month, of: year),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return days(year: year, month: month, day: day) * 86400 + hour * 3600 + minute * 60 + second
  }

  /// The days of a month.
  private static func length(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Appends `2026-01-31T23:59:59`.
  func appendClock(to out: inout [UInt8]) {
    func two(_ number: Int64) {
      out.append(UInt8(truncatingIfNeeded: number / 10) + 48)
      out.append(UInt8(truncatingIfNeeded: number % 10) + 48)
    }
    let date = self.date
    two(date.year / 100)
    two(date.year % 100)
    out.append(45)
    two(date.month)
    out.append(45)
    two(date.day)
    out.append(84)
    let second = (seconds % 86400 + 86400) % 86400
    two(second / 3600)
    out.append(58)
    two(second / 60 % 60)
    out.append(58)
    two(second % 60)
  }
}
