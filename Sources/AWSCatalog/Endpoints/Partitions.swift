internal import Canon

/// AWS's partitions: groups of regions that share nothing but the API.
package struct Partitions: Sendable {
  private struct Partition: Sendable {
    let outputs: [String: EndpointValue]
    let regions: [String]
    let pattern: String
  }

  private let partitions: [Partition]

  /// Reads the text `facts/partitions` of the catalog.
  init(_ text: String) {
    let json = (try? JSON(parsing: text)) ?? .null
    partitions = (json["partitions"]?.elements ?? []).map { partition in
      var outputs: [String: EndpointValue] = [:]
      if case .record(let fields)? = partition["outputs"].flatMap(EndpointValue.init(json:)) {
        outputs = fields
      }
      outputs["name"] = partition["id"]?.text.map { .text($0) }
      return Partition(
        outputs: outputs, regions: (partition["regions"]?.elements ?? []).compactMap(\.text),
        pattern: partition["regionRegex"]?.text ?? "")
    }
  }

  /// The regions of all partitions, in order.
  package var regions: [String] { partitions.flatMap(\.regions).sorted() }

  /// What is true of the partition of a region; unknown regions count to the first whose pattern
  /// they fit, else to the first of all.
  func partition(of region: String) -> EndpointValue? {
    let found =
      partitions.first { $0.regions.contains(region) || Self.fits(region, $0.pattern) }
      ?? partitions.first
    return found.map { .record($0.outputs) }
  }

  /// Whether a region fits a pattern of the only form that there is: parts with hyphens between
  /// them, each a word, `(a|b)`, `\w+` or `\d+`.
  private static func fits(_ region: String, _ pattern: String) -> Bool {
    let parts = pattern.drop { $0 == "^" }.split(separator: "$")[0].split(separator: "-")
      .map { $0.hasSuffix("\\") ? $0.dropLast() : $0 }
    let words = region.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == words.count else { return false }
    return zip(parts, words).allSatisfy { part, word in
      if part == "\\w+" {
        return !word.isEmpty
          && word.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
          }
      }
      if part == "\\d+" { return !word.isEmpty && word.utf8.allSatisfy { (48...57).contains($0) } }
      if part.hasPrefix("(") {
        return part.dropFirst().dropLast().split(separator: "|").contains(word)
      }
      return part == word
    }
  }
}
