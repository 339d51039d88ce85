import Foundation
import Glibc

/// Waits until one of some files changes, by looking at their times now and then.
enum FileWatcher {
  /// How long to rest between two looks, in seconds; a person who has saved a file waits for it.
  private static let rest = 0.01

  /// Returns when a file has another stamp than the one that is given, or is there or gone.
  ///
  /// - Parameter stamps: paths, with their stamps from before they were read, so that a change
  ///   while they are compiled is noticed.
  static func waitForChange(since stamps: [String: String]) {
    while !stamps.contains(where: { stamp($0.key) != $0.value }) {
      Thread.sleep(forTimeInterval: rest)
    }
  }

  /// A file's time and size in a word.
  static func stamp(_ path: String) -> String {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return "gone" }
    let time = status.st_mtim
    return "\(time.tv_sec) \(time.tv_nsec) \(status.st_size) \(status.st_ino)"
  }
}
