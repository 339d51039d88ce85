import Foundation

/// Waits until one of some files changes, by looking at their times now and then.
struct FileWatcher {
  /// How long to rest between two looks, in seconds.
  private static let rest = 0.4

  private var known: [String: String] = [:]

  /// Returns when a file has another time or size than when it was looked at before, or is there
  /// or gone. Files that were not asked for before are looked at first.
  mutating func waitForChange(of paths: [String]) {
    known = Dictionary(paths.map { ($0, Self.stamp($0)) }, uniquingKeysWith: { $1 })
    while true {
      Thread.sleep(forTimeInterval: Self.rest)
      if known.contains(where: { Self.stamp($0.key) != $0.value }) { return }
    }
  }

  private static func stamp(_ path: String) -> String {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      return "gone"
    }
    let time = (attributes[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
    return "\(time) \(attributes[.size] ?? 0)"
  }
}
