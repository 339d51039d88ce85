/// What a search does when it may not keep all fingerprints in memory.
///
/// Bytes go to files of a folder, which a higher floor provides; each file is removed as soon as it
/// is of no more use, and when the search ends.
package struct Spill {
  /// About how many bytes the search keeps in memory for states and ways.
  package let memory: Int
  /// Where the rest goes.
  package let folder: any SpillFolder

  /// Makes a provision.
  package init(memory: Int, folder: any SpillFolder) {
    self.memory = memory
    self.folder = folder
  }

  /// How many fingerprints may wait in memory: each takes its place in a table, in a list of new
  /// ones and in one of those that are to be compared.
  var room: Int { max(256, memory / 80) }
  /// How many bytes of ways may wait in memory, in each list.
  var pathRoom: Int { max(1024, memory / 16) }
}

/// Where files are made.
package protocol SpillFolder {
  /// A new file, with nothing in it.
  func newFile() throws(SpillFailure) -> any SpillFile
}

/// A file that grows at its end and is read anywhere.
package protocol SpillFile: AnyObject {
  /// How many bytes it has.
  var byteCount: Int { get }
  /// Adds bytes at the end.
  func append(_ bytes: [UInt8]) throws(SpillFailure)
  /// Bytes from an offset on: so many, or as many as there are.
  func read(at offset: Int, count: Int) throws(SpillFailure) -> [UInt8]
  /// Removes it; nothing more is asked of it.
  func remove()
}

/// Why a file could not be written or read.
package struct SpillFailure: Error, Hashable, Sendable {
  /// A sentence's end: `there is no room`.
  package let reason: String

  /// Makes a failure.
  package init(_ reason: String) { self.reason = reason }
}
