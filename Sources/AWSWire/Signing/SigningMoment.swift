/// A moment as signatures name it: whole seconds, in UTC. It is given by the caller; signing reads
/// no clock.
package struct SigningMoment: Hashable, Sendable, Comparable {
  /// Seconds since the beginning of 1970.
  package let secondsSince1970: Int64

  /// Makes a moment.
  package init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

  /// Reads `20150830T123600Z`; nil for anything else, a day that is in no calendar included.
  package init?(stamp: String) {
    let bytes = Array(stamp.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[4..<6]),
      let day = Self.number(bytes[6..<8]), let hour = Self.number(bytes[9..<11]),
      let minute = Self.number(bytes[11..<13]), let second = Self.number(bytes[13..<15]),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    guard Self.civil(days) == (year, month, day) else { return nil }
    secondsSince1970 = days * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// Reads the date of HTTP, `Sun, 30 Aug 2015 12:36:00 GMT`; nil for anything else.
  /// Source: RFC 9110, section 5.6.7 (IMF-fixdate).
  package init?(httpDate: String) {
    let words = httpDate.split(separator: " ")
    guard words.count == 6, words[5] == "GMT",
      let month = Self.months.firstIndex(where: { $0 == words[2] }), words[1].utf8.count == 2,
      words[3].utf8.count == 4
    else { return nil }
    let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, time.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
    let number = String(month + 1)
    self.init(
      stamp: words[3] + (number.utf8.count == 1 ? "0" : "") + number + words[1] + "T"
        + time.joined() + "Z")
  }

  /// `20150830T123600Z`.
  package var stamp: String {
    let seconds = Self.modulo(secondsSince1970, 86_400)
    let time = seconds / 3_600 * 10_000 + seconds % 3_600 / 60 * 100 + seconds % 60
    return "\(date)T\(Self.padded(time, 6))Z"
  }

  /// `20150830`.
  package var date: String {
    let seconds = Self.modulo(secondsSince1970, 86_400)
    let (year, month, day) = Self.civil((secondsSince1970 - seconds) / 86_400)
    return Self.padded(year, 4) + Self.padded(month * 100 + day, 4)
  }

  /// A moment so many seconds later.
  package func adding(seconds: Int64) -> SigningMoment {
    SigningMoment(secondsSince1970: secondsSince1970 + seconds)
  }

  package static func < (a: Self, b: Self) -> Bool { a.secondsSince1970 < b.secondsSince1970 }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  private static func modulo(_ a: Int64, _ b: Int64) -> Int64 {
    let rest = a % b
    return rest < 0 ? rest + b : rest
  }

  /// Days since 1970 of a day of the Gregorian calendar, the year beginning in March.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
      - 719_468
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
