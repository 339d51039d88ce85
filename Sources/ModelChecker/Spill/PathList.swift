/// Ways of one length from the beginning, in order, each as the choices that make it. What a way
/// shares with the one before it is not written again, so that a way takes a few bytes.
struct PathList {
  private let room: Int
  private let folder: any SpillFolder
  private var buffer: [UInt8] = []
  private var file: (any SpillFile)?
  private var last: [UInt32] = []
  /// How many ways.
  private(set) var count = 0

  /// An empty list that keeps so many bytes in memory.
  init(_ spill: Spill) {
    room = spill.pathRoom
    folder = spill.folder
  }

  /// Bytes on disk.
  var byteCount: Int { file?.byteCount ?? 0 }

  /// Adds a way.
  mutating func append(_ path: [UInt32]) throws(SpillFailure) {
    var shared = 0
    while shared < last.count, shared < path.count, last[shared] == path[shared] { shared += 1 }
    write(UInt32(shared))
    for choice in path[shared...] { write(choice) }
    last = path
    count += 1
    guard buffer.count > room else { return }
    let target: any SpillFile
    if let file { target = file } else { target = try folder.newFile() }
    file = target
    try target.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func write(_ number: UInt32) {
    var rest = number
    while rest >= 0x80 {
      buffer.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    buffer.append(UInt8(rest))
  }

  /// Removes what is on disk.
  func remove() { file?.remove() }

  /// Reads the ways from the first on.
  /// - Parameter length: how many choices each has.
  func reader(length: Int) -> Reader {
    Reader(file: file, tail: buffer, length: length, left: count)
  }

  /// Reads ways in order.
  struct Reader {
    private static var chunk: Int { 1 << 16 }

    private let file: (any SpillFile)?
    private let tail: [UInt8]
    private let length: Int
    private var bytes: [UInt8] = []
    private var next = 0
    private var offset = 0
    private var hasTail = false
    /// The way that was read last.
    private(set) var path: [UInt32] = []
    /// How many are left.
    private(set) var left: Int
    /// How many were read.
    private(set) var taken = 0

    init(file: (any SpillFile)?, tail: [UInt8], length: Int, left: Int) {
      self.file = file
      self.tail = tail
      self.length = length
      self.left = left
    }

    /// Reads the next way into `path`.
    ///
    /// - Returns: how many of its choices are those of the way before; nil after the last.
    mutating func advance() throws(SpillFailure) -> Int? {
      if left == 0 { return nil }
      let shared = Int(try number())
      path.removeLast(path.count - shared)
      while path.count < length { path.append(try number()) }
      left -= 1
      taken += 1
      return shared
    }

    private mutating func number() throws(SpillFailure) -> UInt32 {
      var out: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        let byte = try byte()
        out |= UInt32(byte & 0x7F) << shift
        if byte < 0x80 { return out }
        shift += 7
      }
    }

    private mutating func byte() throws(SpillFailure) -> UInt8 {
      if next == bytes.count {
        next = 0
        if let file, offset < file.byteCount {
          bytes = try file.read(at: offset, count: Self.chunk)
          offset += bytes.count
          if bytes.isEmpty { throw SpillFailure("a file ended early") }
        } else if !hasTail {
          hasTail = true
          bytes = tail
        } else {
          throw SpillFailure("a file ended early")
        }
      }
      defer { next += 1 }
      return bytes[next]
    }
  }
}
