import Foundation
import Glibc

/// The sheets that paths on the command line stand for.
struct SheetFiles {
  /// Their paths, in the order of the arguments; those of a folder in order of their names.
  let paths: [String]

  /// Finds the sheets of files and folders. A file that is named counts whatever its name; in a
  /// folder those count that end as asked and do not lie below a hidden folder.
  ///
  /// - Throws: exit 2 for a path that is not there, or a folder without sheets.
  init(_ arguments: [String], ending: String = ".lw") throws(CommandFailure) {
    var paths: [String] = []
    for argument in arguments {
      guard FileManager.default.fileExists(atPath: argument) else {
        throw CommandFailure(.usage, "Error: there is no file or folder '\(argument)'.")
      }
      guard Self.isFolder(argument) else {
        paths.append(argument)
        continue
      }
      let found = Self.sheets(below: argument, ending: ending)
      if found.isEmpty {
        throw CommandFailure(
          .usage, "Error: the folder '\(argument)' has no file that ends in \(ending).")
      }
      paths += found
    }
    var seen: Set<String> = []
    self.paths = paths.filter { seen.insert($0).inserted }
  }

  private static func sheets(below folder: String, ending: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
    return names.compactMap { $0 as? String }
      .filter { $0.hasSuffix(ending) && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
      .sorted()
      .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }

  /// The bytes of a file.
  ///
  /// - Throws: exit 2 for a folder, a pipe or device, a file that is too large or not there, 3 for
  ///   one that cannot be read.
  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(.usage, "Error: there is no file '\(path)'.")
    }
    if isFolder(path) {
      throw CommandFailure(
        .usage, "Error: '\(path)' is a folder. Name a file in it that ends in .lw.")
    }
    do { return try RegularFile.bytes(of: path) } catch {
      switch error {
      case .notRegular:
        throw CommandFailure(
          .usage, "Error: '\(path)' is a pipe or a device, and sheets are files.")
      case .tooLarge:
        throw CommandFailure(.usage, "Error: '\(path)' is larger than a sheet may be, 64 MB.")
      case .unreadable(let number):
        throw CommandFailure(
          .outside, "Error: '\(path)' cannot be read: \(Self.words(for: number)).")
      }
    }
  }

  /// The bytes of a file that a sheet may name; nil for what is no file, is too large or cannot be
  /// read. Never waits for a pipe or a device.
  static func contents(_ path: String) -> [UInt8]? { try? RegularFile.bytes(of: path) }

  private static func words(for number: Int32) -> String {
    switch number {
    case EACCES, EPERM: "it may not be read by you"
    case ELOOP: "its symbolic links lead in a circle"
    case EIO: "the disk does not give it"
    default: "the system's error is \(number)"
    }
  }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    let target = URL(filePath: path).resolvingSymlinksInPath().path()
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  /// Writes a file whole or not at all; what a symbolic link leads to, where it is one.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    let target = URL(filePath: path).resolvingSymlinksInPath()
    do { try Data(bytes).write(to: target, options: .atomic) } catch {
      throw CommandFailure(
        .outside, "Error: '\(path)' cannot be written: \(error.localizedDescription)")
    }
  }
}
