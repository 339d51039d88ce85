/// One service's operations and structures, over its text: operations and the places of structures
/// are found once, a structure is decoded when it is asked for.
package struct CatalogService: Sendable {
  /// The name as botocore has it.
  package let name: String
  /// The version of its API, for instance `2016-11-15`.
  package let apiVersion: String
  /// How calls travel: `ec2`, `query`, `json`, `rest-json` or `rest-xml`.
  package let wireProtocol: String
  /// Operations in order of name.
  package let operations: [CatalogOperation]

  private let lines: [Substring]
  private let operationIndex: [String: Int]
  private let structureLines: [Substring: Int]

  /// Reads a text in the format of `CatalogText`; a line that is of none of its forms is left out.
  package init(name: String, text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
    var operations: [CatalogOperation] = []
    var structures: [Substring: Int] = [:]
    var header: [Substring] = []
    for (index, line) in lines.enumerated() where line.utf8.first != UInt8(ascii: " ") {
      let words = line.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
      switch words[0] {
      case "service": header = words
      case "operation":
        if let operation = CatalogText.operation(words) { operations.append(operation) }
      case "structure": if words.count == 2 { structures[words[1]] = index }
      default: continue
      }
    }
    self.name = name
    self.apiVersion = header.count == 4 ? String(header[2]) : ""
    self.wireProtocol = header.count == 4 ? String(header[3]) : ""
    self.operations = operations
    self.lines = lines
    self.structureLines = structures
    self.operationIndex = Dictionary(
      operations.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { $1 })
  }

  /// An operation by AWS's name; nil where there is none.
  package func operation(_ name: String) -> CatalogOperation? {
    operationIndex[name].map { operations[$0] }
  }

  /// A structure by AWS's name; nil where there is none.
  package func structure(_ name: String) -> CatalogStructure? {
    guard let start = structureLines[Substring(name)] else { return nil }
    let body = lines[(start + 1)...].prefix { $0.utf8.first == UInt8(ascii: " ") }
    return CatalogStructure(name: name, members: body.compactMap(CatalogText.member))
  }

  /// What an operation takes, as a structure; one without members where it takes nothing; nil
  /// for an unknown operation.
  package func input(of operation: String) -> CatalogStructure? {
    self.operation(operation).map { found in
      found.input.flatMap(structure) ?? CatalogStructure(name: "\(operation)Input", members: [])
    }
  }

  /// What an operation gives, as a structure; one without members where it gives nothing; nil
  /// for an unknown operation.
  package func output(of operation: String) -> CatalogStructure? {
    self.operation(operation).map { found in
      found.output.flatMap(structure) ?? CatalogStructure(name: "\(operation)Output", members: [])
    }
  }

  /// The names of all structures, in order.
  package var structures: [String] { structureLines.keys.map(String.init).sorted() }
}
