/// What `Package.swift` says of modules: their order, floors and what each uses.
struct Manifest {
  /// One module.
  struct Module {
    let name: String
    /// 0–7.
    let floor: Int
    /// Modules of ours that it uses.
    let uses: [String]
    /// Products of other packages that it uses.
    let products: [String]
  }

  /// The manifest's sections in order of their floors.
  static let sections = [
    "foundations", "cloud", "ludwig", "plans", "kernel", "assurance", "worlds", "faces",
  ]

  /// Modules in the manifest's order, lowest first.
  let modules: [Module]

  /// Reads a manifest.
  init(_ text: String) {
    let products = Dictionary(
      Pattern(#"let (\w+): Target\.Dependency = \.product\(\s*name: "(\w+)""#)
        .matches(in: text).map { ($0.groups[1], $0.groups[2]) }, uniquingKeysWith: { $1 })
    let target = Pattern(
      #"(?:module|program|\.systemLibrary|\.target)\(\s*(?:name: )?"([\w-]+)"(?:,\s*\[([^\]]*)\])?"#
    )
    var modules: [Module] = []
    for (floor, section) in Self.sections.enumerated() {
      let body = Pattern(#"let \#(section): \[Target\] = \[([\s\S]*?)\n\]"#).matches(in: text)
      for match in target.matches(in: body.first?.groups[1] ?? "") {
        let uses = Pattern(#""([\w-]+)""#).matches(in: match.groups[2]).map { $0.groups[1] }
        let words = Pattern(#"(?<!")\b(\w+)\b(?!")"#).matches(in: match.groups[2])
        modules.append(
          Module(
            name: match.groups[1], floor: floor, uses: uses,
            products: words.compactMap { products[$0.groups[1]] }))
      }
    }
    self.modules = modules
  }

  /// A module by its name.
  func module(_ name: String) -> Module? { modules.first { $0.name == name } }

  /// A module's floor; nil for names that are none of ours.
  func floor(_ name: String) -> Int? { module(name)?.floor }

  /// A module and all that it uses, directly or not.
  func closure(of name: String) -> Set<String> {
    var reached: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      guard reached.insert(next).inserted else { continue }
      open += module(next)?.uses ?? []
    }
    return reached
  }

  /// Modules that use something which does not stand before them.
  var upwardArrows: [Violation] {
    var out: [Violation] = []
    for (index, module) in modules.enumerated() {
      let earlier = Set(modules[..<index].map(\.name))
      for name in module.uses where !earlier.contains(name) {
        out.append(
          Violation(
            path: "Package.swift", line: 1,
            what: "\(module.name) uses \(name), which does not stand below it"))
      }
    }
    return out
  }
}
