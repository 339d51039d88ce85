import Foundation

/// Memory of this process.
enum Memory {
  /// Bytes that are in the machine's memory now. Source: proc(5), `statm` counts pages of 4 KB.
  static var residentBytes: Double {
    let bytes = FileManager.default.contents(atPath: "/proc/self/statm") ?? Data()
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return 4096 * (words.count > 1 ? Double(words[1]) ?? 0 : 0)
  }
}
