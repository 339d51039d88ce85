package import Canon

/// What botocore knows of AWS's partitions.
package enum PartitionsModel {
  /// The catalog's text of it: one line of JSON, regions by name alone.
  package static func text(_ json: JSON) -> String {
    let partitions = (json["partitions"]?.elements ?? []).map { partition in
      JSON.object(
        (partition.members ?? []).map { member in
          guard member.name == "regions" else { return member }
          let names = (member.value.members ?? []).map(\.name).sorted()
          return JSON.Member(member.name, .array(names.map { .string($0) }))
        })
    }
    return JSON.object([JSON.Member("partitions", .array(partitions))]).text() + "\n"
  }
}
