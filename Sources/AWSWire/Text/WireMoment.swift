/// A moment to the microsecond, and its forms on the wire. The calendar is the Gregorian one
/// throughout, the zone UTC; years 1 to 9999.
///
/// Source: Smithy, "Protocol traits", `timestampFormat`; RFC 3339; RFC 9110, 5.6.7.
struct WireMoment: Hashable {
  /// Whole seconds since 1970, rounded down.
  var seconds: Int64
  /// What is beyond, 0 to 999,999.
  var microseconds: Int64

  private static let bounds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A moment; nil where it is beyond the years that have four digits.
  init?(seconds: Int64, microseconds: Int64 = 0) {
    guard Self.bounds.contains(seconds) else { return nil }
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// A number of seconds since 1970, rounded to the microsecond, half to even.
  init?(secondsSince1970 number: Double) {
    guard number.isFinite, abs(number) < 1e12 else { return nil }
    let whole = number.rounded(.down)
    var micros = Int64(((number - whole) * 1e6).rounded(.toNearestOrEven))
    var seconds = Int64(whole)
    if micros == 1_000_000 { (seconds, micros) = (seconds + 1, 0) }
    self.init(seconds: seconds, microseconds: micros)
  }

  /// Reads any of the three forms.
  init?(_ text: String) {
    if let plain = WireMoment(plain: text.utf8Span.span) {
      self = plain
      return
    }
    let bytes = Array(text.utf8)
    if let first = bytes.first, bytes.count > 8, bytes[4] == UInt8(ascii: "-"), first != 45 {
      self.init(iso8601: bytes)
    } else if let first = bytes.first, first >= 65 {
      self.init(rfc822: text)
    } else if bytes.contains(UInt8(ascii: "/")) {
      self.init(slashed: text)
    } else if let whole = Int64(text) {
      self.init(seconds: whole)
    } else if let number = Double(text) {
      self.init(secondsSince1970: number)
    } else {
      return nil
    }
  }

  private init?(iso8601 bytes: [UInt8]) {
    guard let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2),
      let day = Self.number(bytes, 8, 2)
    else { return nil }
    var at = 10
    var clock: (Int64, Int64, Int64) = (0, 0, 0)
    var micros: Int64 = 0
    if at < bytes.count, [84, 116, 32].contains(bytes[at]) {
      guard bytes.count >= 19, let hour = Self.number(bytes, 11, 2),
        let minute = Self.number(bytes, 14, 2), let second = Self.number(bytes, 17, 2)
      else { return nil }
      clock = (hour, minute, second)
      at = 19
      if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
        at += 1
        var scale: Int64 = 100_000
        while at < bytes.count, (48...57).contains(bytes[at]) {
          micros += Int64(bytes[at] - 48) * scale
          scale /= 10
          at += 1
        }
      }
    }
    guard let offset = Self.offset(bytes[at...]) else { return nil }
    self.init(date: (year, month, day), clock: clock, micros: micros, offset: offset)
  }

  /// Seconds to take away for `Z`, `+01:00`, `-0530` or nothing; nil for anything else.
  private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
    let bytes = zone.filter { $0 != UInt8(ascii: ":") }
    guard let sign = bytes.first else { return 0 }
    if bytes == [90] || bytes == [122] { return 0 }
    guard bytes.count == 5, sign == 43 || sign == 45, let hours = number(bytes, 1, 2),
      let minutes = number(bytes, 3, 2)
    else { return nil }
    return (sign == 43 ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  private init?(rfc822 text: String) {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
    guard words.count >= 5, let day = Int64(words[1]), let year = Int64(words[3]),
      let month = Self.months.firstIndex(of: String(words[2]))
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3 else { return nil }
    self.init(
      date: (year, Int64(month + 1), day), clock: (clock[0], clock[1], clock[2]), micros: 0,
      offset: 0)
  }

  /// `12/31/2026, 23:59:59`, or the day first where the month cannot be: no service of AWS's writes
  /// so, but some that are like it do, and boto3 reads it.
  private init?(slashed text: String) {
    let words = text.split { $0 == " " || $0 == "," || $0 == "T" }
    let date = words.first?.split(separator: "/").compactMap { Int64($0) } ?? []
    guard date.count == 3, date[2] > 31 else { return nil }
    let clock =
      words.count > 1 ? words[1].split(separator: ":").compactMap { Int64($0) } : [0, 0, 0]
    guard clock.count == 3, words.count <= 2 else { return nil }
    let isDayFirst = date[0] > 12
    self.init(
      date: (date[2], date[isDayFirst ? 1 : 0], date[isDayFirst ? 0 : 1]),
      clock: (clock[0], clock[1], clock[2]), micros: 0, offset: 0)
  }

  private init?(
    date: (Int64, Int64, Int64), clock: (Int64, Int64, Int64), micros: Int64, offset: Int64
  ) {
    guard (1...9999).contains(date.0), (1...12).contains(date.1), (1...31).contains(date.2),
      (0...23).contains(clock.0), (0...59).contains(clock.1), (0...60).contains(clock.2)
    else { return nil }
    let days = Self.days(year: date.0, month: date.1, day: date.2)
    self.init(
      seconds: days * 86400 + clock.0 * 3600 + clock.1 * 60 + clock.2 - offset,
      microseconds: micros)
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
    guard start + count <= bytes.count else { return nil }
    var out: Int64 = 0
    for byte in bytes[start..<(start + count)] {
      guard (48...57).contains(byte) else { return nil }
      out = out * 10 + Int64(byte - 48)
    }
    return out
  }

  /// Days since 1970 of a date, counted from 1 March of a 400-year cycle.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  var date: (year: Int64, month: Int64, day: Int64, weekday: Int64) {
    let days = (seconds - (seconds % 86400 + 86400) % 86400) / 86400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      ofYear - (153 * shiftedMonth + 2) / 5 + 1, (days % 7 + 7) % 7
    )
  }

  private static func padded(_ number: Int64, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }

  private var clock: String {
    let second = (seconds % 86400 + 86400) % 86400
    return [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }
      .joined(separator: ":")
  }

  /// `2026-01-31T23:59:59Z`, with six digits of a second where there is a fraction.
  var iso8601: String {
    var out: [UInt8] = []
    out.reserveCapacity(27)
    appendClock(to: &out)
    if microseconds != 0 {
      out.append(UInt8(ascii: "."))
      var scale: Int64 = 100_000
      while scale > 0 {
        out.append(UInt8(truncatingIfNeeded: microseconds / scale % 10) + 48)
        scale /= 10
      }
    }
    out.append(UInt8(ascii: "Z"))
    return String(decoding: out, as: UTF8.self)
  }

  /// `Sat, 31 Jan 2026 23:59:59 GMT`, whole seconds.
  var rfc822: String {
    let date = self.date
    return "\(Self.days[Int(date.weekday)]), \(Self.padded(date.day, 2)) "
      + "\(Self.months[Int(date.month - 1)]) \(Self.padded(date.year, 4)) \(clock) GMT"
  }

  /// Seconds since 1970 with what is beyond, as short as it goes.
  var unixTimestamp: String {
    guard microseconds != 0 else { return String(seconds) }
    let isNegative = seconds < 0
    let whole = isNegative ? -(seconds + 1) : seconds
    var digits = Self.padded(isNegative ? 1_000_000 - microseconds : microseconds, 6)
    while digits.utf8.last == 48 { digits.removeLast() }
    return (isNegative ? "-" : "") + "\(whole).\(digits)"
  }

  /// The moment without what is beyond whole seconds.
  var wholeSeconds: WireMoment {
    var out = self
    out.microseconds = 0
    return out
  }

  /// The text in a form.
  func text(_ format: WireTimeFormat) -> String {
    switch format {
    case .iso8601: iso8601
    case .rfc822: rfc822
    case .unixTimestamp: unixTimestamp
    }
  }
}
