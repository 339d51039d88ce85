/// File paths of sheets, as texts with `/`.
enum ModulePath {
  /// The folder of a file; empty for the current one.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  /// A path below a folder.
  static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The path of a module's sheet below a folder of the search path.
  static func sheet(of module: String) -> String {
    module.split(separator: ".").joined(separator: "/") + ".lw"
  }

  /// The module that a file is when it is compiled: its name with a capital first letter, as
  /// others would import it; `Composition` where that is no module's name, or where a file of that
  /// name stands beside it: `cluster.lw` may import `Cluster`.
  static func module(of path: String, reading readFile: (String) -> [UInt8]?) -> String {
    var name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    if name.hasSuffix(".lw") { name = name.dropLast(3) }
    let capital = name.prefix(1).uppercased() + name.dropFirst()
    let isName =
      capital.utf8.first.map { (65...90).contains($0) } == true
      && capital.utf8.allSatisfy {
        (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
    guard isName else { return "Composition" }
    if capital != name, let other = readFile(join(folder(of: path), sheet(of: capital))),
      other != readFile(path)
    {
      return "Composition"
    }
    return capital
  }
}
