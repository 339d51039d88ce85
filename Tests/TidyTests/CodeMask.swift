/// Blanks comments and the contents of string literals in Swift code, so that rules look at code
/// alone. Lines stay where they are; what is interpolated into a string stays code.
struct CodeMask {
  private let bytes: [UInt8]
  private var out: [UInt8] = []
  private var index = 0

  /// The text, masked.
  static func apply(to text: String) -> String {
    var mask = CodeMask(bytes: Array(text.utf8))
    mask.out.reserveCapacity(mask.bytes.count)
    mask.code(untilClosed: false)
    return String(decoding: mask.out, as: UTF8.self)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func at(_ offset: Int) -> UInt8 {
    index + offset < bytes.count ? bytes[index + offset] : 0
  }

  private mutating func keep(_ count: Int = 1) {
    let end = min(index + count, bytes.count)
    out.append(contentsOf: bytes[index..<end])
    index = end
  }

  private mutating func blank() {
    out.append(bytes[index] == 10 ? 10 : 32)
    index += 1
  }

  /// Code, up to the end or to the parenthesis that closes an interpolation.
  private mutating func code(untilClosed: Bool) {
    var depth = 0
    while index < bytes.count {
      switch (at(0), at(1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "/")):
        while index < bytes.count, at(0) != 10 { blank() }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): blockComment()
      case (UInt8(ascii: "\""), _): string(pounds: 0)
      case (UInt8(ascii: "#"), _):
        let pounds = countPounds()
        if at(pounds) == UInt8(ascii: "\"") { string(pounds: pounds) } else { keep(pounds) }
      case (UInt8(ascii: "("), _):
        depth += 1
        keep()
      case (UInt8(ascii: ")"), _):
        if untilClosed, depth == 0 { return }
        depth -= 1
        keep()
      default: keep()
      }
    }
  }

  private func countPounds() -> Int {
    var count = 0
    while at(count) == UInt8(ascii: "#") { count += 1 }
    return count
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      switch (at(0), at(1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        depth += 1
        blank()
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        depth -= 1
        blank()
      default: break
      }
      if index < bytes.count { blank() }
    } while depth > 0 && index < bytes.count
  }

  private mutating func string(pounds: Int) {
    keep(pounds)
    let quotes =
      at(1) == UInt8(ascii: "\"") && at(2) == UInt8(ascii: "\"") ? 3 : 1
    keep(quotes)
    while index < bytes.count {
      if closes(quotes: quotes, pounds: pounds) {
        keep(quotes + pounds)
        return
      }
      guard at(0) == UInt8(ascii: "\\"), hasPounds(pounds, from: 1) else {
        if quotes == 1, at(0) == 10 { return }
        blank()
        continue
      }
      for _ in 0...pounds { blank() }
      if at(0) == UInt8(ascii: "(") {
        keep()
        code(untilClosed: true)
        if index < bytes.count { keep() }
      } else if index < bytes.count {
        blank()
      }
    }
  }

  private func hasPounds(_ count: Int, from offset: Int) -> Bool {
    (0..<count).allSatisfy { at(offset + $0) == UInt8(ascii: "#") }
  }

  private func closes(quotes: Int, pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { at($0) == UInt8(ascii: "\"") } && hasPounds(pounds, from: quotes)
  }
}
