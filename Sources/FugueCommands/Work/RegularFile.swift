import Foundation
import Glibc

/// Reads files that people name, and nothing that only looks like one: a pipe or a device would be
/// waited for, or would never end.
enum RegularFile {
  /// Why a file gives no bytes.
  enum Refusal: Error {
    case notRegular, tooLarge
    case unreadable(Int32)
  }

  /// How large a file may be in bytes; offsets into a sheet have 31 bits.
  private static let largest = 1 << 26

  /// The bytes of a file; never waits for a pipe or a device.
  static func bytes(of path: String) throws(Refusal) -> [UInt8] {
    // Without waiting: a pipe that nobody writes to would never open.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(errno) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_size <= largest else { throw .tooLarge }
    guard let data = try? file.read(upToCount: largest + 1) ?? Data() else {
      throw .unreadable(EIO)
    }
    guard data.count <= largest else { throw .tooLarge }
    return Array(data)
  }
}
