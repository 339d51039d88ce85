/// Fingerprints in sorted files.
struct FingerprintRuns {
  /// How many files there are at most; then they become one.
  private static var most: Int { 8 }
  /// Fingerprints that are read or written at once.
  private static var chunk: Int { 1 << 14 }

  private let folder: any SpillFolder
  private var files: [any SpillFile] = []

  /// None yet.
  init(_ folder: any SpillFolder) { self.folder = folder }

  /// Whether there is none.
  var isEmpty: Bool { files.isEmpty }

  /// Bytes on disk.
  var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

  /// Writes fingerprints that are in no file yet; they come sorted.
  ///
  /// - Returns: the most bytes that were on disk meanwhile.
  mutating func add(_ sorted: [Fingerprint]) throws(SpillFailure) -> Int {
    if sorted.isEmpty { return byteCount }
    let file = try folder.newFile()
    files.append(file)
    var start = 0
    while start < sorted.count {
      let end = min(start + Self.chunk, sorted.count)
      try file.append(Fingerprint.bytes(of: sorted[start..<end]))
      start = end
    }
    guard files.count >= Self.most else { return byteCount }
    return try merge()
  }

  private mutating func merge() throws(SpillFailure) -> Int {
    let target = try folder.newFile()
    do throws(SpillFailure) { try merge(into: target) } catch {
      target.remove()
      throw error
    }
    let peak = byteCount + target.byteCount
    remove()
    files = [target]
    return peak
  }

  private func merge(into target: any SpillFile) throws(SpillFailure) {
    var cursors: [Cursor] = []
    for file in files { cursors.append(try Cursor(file)) }
    var out: [Fingerprint] = []
    while true {
      var least = -1
      for index in cursors.indices {
        guard let print = cursors[index].current else { continue }
        if least < 0 || cursors[least].current.map({ print < $0 }) ?? true { least = index }
      }
      guard least >= 0, let print = cursors[least].current else { break }
      out.append(print)
      try cursors[least].advance()
      if out.count == Self.chunk {
        try target.append(Fingerprint.bytes(of: out[...]))
        out.removeAll(keepingCapacity: true)
      }
    }
    try target.append(Fingerprint.bytes(of: out[...]))
  }

  /// Which of some fingerprints, sorted, are in a file; by their places.
  func known(among sorted: [Fingerprint]) throws(SpillFailure) -> [Bool] {
    var out = Array(repeating: false, count: sorted.count)
    for file in files {
      var offset = 0
      var place = 0
      while place < sorted.count, offset < file.byteCount {
        let prints = Fingerprint.all(
          in: try file.read(at: offset, count: Self.chunk * Fingerprint.byteCount))
        if prints.isEmpty { throw SpillFailure("a file ended early") }
        offset += prints.count * Fingerprint.byteCount
        for print in prints {
          while place < sorted.count, sorted[place] < print { place += 1 }
          if place == sorted.count { break }
          if sorted[place] == print { out[place] = true }
        }
      }
    }
    return out
  }

  /// Removes all files.
  mutating func remove() {
    for file in files { file.remove() }
    files = []
  }

  /// A place in a sorted file.
  private struct Cursor {
    private let file: any SpillFile
    private var prints: [Fingerprint] = []
    private var next = 0
    private var offset = 0

    init(_ file: any SpillFile) throws(SpillFailure) {
      self.file = file
      try fill()
    }

    var current: Fingerprint? { next < prints.count ? prints[next] : nil }

    mutating func advance() throws(SpillFailure) {
      next += 1
      if next == prints.count { try fill() }
    }

    private mutating func fill() throws(SpillFailure) {
      next = 0
      prints = []
      guard offset < file.byteCount else { return }
      let bytes = try file.read(
        at: offset, count: FingerprintRuns.chunk * Fingerprint.byteCount)
      prints = Fingerprint.all(in: bytes)
      offset += bytes.count
    }
  }
}
