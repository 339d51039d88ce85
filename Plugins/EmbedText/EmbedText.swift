import Foundation
import PackagePlugin

/// Makes the text files below `Library/` (for `LudwigLibrary`) and `docs/diagnostics` (for
/// `FugueCommands`) into Swift string literals, so that the program carries them without a bundle
/// path.
@main
struct EmbedText: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folders = [
      "LudwigLibrary": ("Library", "lw"), "FugueCommands": ("docs/diagnostics", "md"),
    ]
    guard let (folder, ending) = folders[target.name] else { return [] }
    let root = context.package.directoryURL.appending(path: folder).resolvingSymlinksInPath()
    let names = FileManager.default.enumerator(atPath: root.path())?.allObjects ?? []
    let inputs = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".\(ending)") }.sorted()
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
    return [
      .buildCommand(
        displayName: "Embed \(inputs.count) files of \(folder)",
        executable: try context.tool(named: "embed-text").url,
        arguments: [root.path(), output.path()] + inputs,
        inputFiles: inputs.map { root.appending(path: $0) },
        outputFiles: [output])
    ]
  }
}
