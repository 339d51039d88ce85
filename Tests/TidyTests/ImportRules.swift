/// Rules on what a file may import and on what code below the worlds may not touch.
enum ImportRules {
  private static let importLine = Pattern(
    #"^\s*(?:@\w+\s+)*(?:(?:package|internal|private|fileprivate|public)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|typealias|var)\s+)?(\w+)"#
  )

  /// Imports that the manifest does not name for the file's module.
  static func undeclaredImports(_ file: SourceFile, _ manifest: Manifest) -> [Violation] {
    guard let module = manifest.module(file.module) else { return [] }
    let allowed = Set(module.uses + module.products)
    return importLine.matches(in: file.code).compactMap { match in
      let name = match.groups[1]
      guard !allowed.contains(name), !isSystem(name, module), !threadFiles.contains(file.path)
      else { return nil }
      return Violation(
        path: file.path, line: match.line,
        what: "\(module.name) imports \(name), which the manifest does not let it use")
    }
  }

  /// System modules: free from the worlds upwards; below, only what swift-crypto's API names, and
  /// only where digests are made.
  private static func isSystem(_ name: String, _ module: Manifest.Module) -> Bool {
    switch name {
    case "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization":
      module.floor >= 6 || (name == "FoundationEssentials" && module.name == "Canon")
    default: false
    }
  }

  private static let impure = Pattern(
    #"\b(Date\(\)|Date\.now|UUID\(\)|ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|ProcessInfo|FileManager|DispatchQueue|getenv|(?<!enum )(?<!struct )Task\s*[.{(]|Task<|await\b|async\b|print\(|debugPrint\(|dump\(|readLine\()|\.random\((?!in: [^)]*using:)|\.(?:shuffled|randomElement)\(\)"#
  )

  /// Files below the worlds that may use threads: how is in docs/decisions/0003.
  static let threadFiles: Set = ["Sources/ModelChecker/Crew.swift"]

  /// Clocks, chance, tasks, output and the outside world in a module below the worlds.
  static func impurities(_ file: SourceFile, _ manifest: Manifest) -> [Violation] {
    guard let floor = manifest.floor(file.module), floor <= 5, !threadFiles.contains(file.path)
    else { return [] }
    return impure.matches(in: file.code).map {
      Violation(
        path: file.path, line: $0.line,
        what: "`\($0.groups[0])` has no place below the worlds")
    }
  }

  /// Files that may do without the compiler's memory safety, each for one measured or unavoidable
  /// reason. All of `SMT` may, since Z3 speaks C.
  static let unsafeFiles: Set = [
    "Sources/FugueCommands/Work/FileWatcher.swift",
    "Sources/FugueCommands/Work/RegularFile.swift", "Sources/FugueCommands/Work/CrashGuard.swift",
    "Sources/AWSCatalog/EmbeddedCatalog.swift", "Sources/Canon/CanonicalEncoder.swift",
    "Sources/ModelChecker/Fingerprint.swift",
  ]

  private static let unsafe = Pattern(#"\bunsafe\b|@unchecked|nonisolated\(unsafe\)|@unsafe"#)

  /// Uses of `unsafe` and `@unchecked` outside the named files.
  static func unsafeUses(_ file: SourceFile) -> [Violation] {
    guard file.module != "SMT", !unsafeFiles.contains(file.path) else { return [] }
    return unsafe.matches(in: file.code).map {
      Violation(
        path: file.path, line: $0.line, what: "`\($0.groups[0])` outside the named files")
    }
  }

  /// What the witness and the accused have in common, beyond what `CloudModel` itself stands on.
  static func shared(_ a: String, _ b: String, above base: String, in manifest: Manifest)
    -> Set<String>
  {
    manifest.closure(of: a).intersection(manifest.closure(of: b))
      .subtracting(manifest.closure(of: base))
  }
}
