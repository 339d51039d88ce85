/// A sheet of the built-in library.
package struct LibrarySheet: Hashable, Sendable {
  /// The module's name, for instance `Fugue.AWS.EC2`.
  package let module: String
  /// The path below the library's folder, for instance `Fugue/AWS/EC2.lw`.
  package let path: String
  /// The text.
  package let content: String

  /// All sheets that the program carries, in order of path.
  package static let embedded: [LibrarySheet] = EmbeddedText.all.compactMap { path, content in
    guard path.hasSuffix(".lw") else { return nil }
    let module = path.dropLast(3).split(separator: "/").joined(separator: ".")
    return LibrarySheet(module: module, path: path, content: content)
  }
}
