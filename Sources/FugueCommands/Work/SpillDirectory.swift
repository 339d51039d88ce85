import Foundation
import ModelChecker

/// A folder of a search's own among the temporary files; `remove` takes it away with all in it.
struct SpillDirectory: SpillFolder {
  private let folder: URL

  /// Makes a folder beside other temporary files, or in one that is named.
  init(in parent: String?) throws(CommandFailure) {
    let base = parent.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory
    folder = base.appending(path: "fugue-states-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(.outside, "Error: no folder can be made in \(base.path()): \(error)")
    }
  }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  func newFile() throws(SpillFailure) -> any SpillFile {
    let path = folder.appending(path: UUID().uuidString)
    do { return try SpillDiskFile(path) } catch { throw SpillFailure("\(error)") }
  }
}

/// A file on disk.
private final class SpillDiskFile: SpillFile {
  private let path: URL
  private let handle: FileHandle
  private(set) var byteCount = 0

  init(_ path: URL) throws {
    self.path = path
    try Data().write(to: path)
    handle = try FileHandle(forUpdating: path)
  }

  func append(_ bytes: [UInt8]) throws(SpillFailure) {
    do {
      try handle.seek(toOffset: UInt64(byteCount))
      try handle.write(contentsOf: Data(bytes))
      byteCount += bytes.count
    } catch { throw SpillFailure("\(error)") }
  }

  func read(at offset: Int, count: Int) throws(SpillFailure) -> [UInt8] {
    do {
      try handle.seek(toOffset: UInt64(offset))
      return [UInt8](try handle.read(upToCount: count) ?? Data())
    } catch { throw SpillFailure("\(error)") }
  }

  func remove() {
    try? handle.close()
    try? FileManager.default.removeItem(at: path)
  }
}
