package import Canon
package import CloudModel

/// Lifecycles built by hand, as planners in Ludwig would give them, so that engine and kernel can
/// be tested without the language.
package enum Lives {
  /// An output of a resource.
  package static func out(_ address: String, _ name: String) -> Value {
    .residual(.output(ResourceAddress(address), name: name))
  }

  /// A part of the item that a read gives.
  package static func item(_ path: String...) -> Value { .residual(.path(.item, path)) }
  /// A part of the element of an aspect.
  package static func element(_ path: String...) -> Value { .residual(.path(.element, path)) }

  /// A list in the item, each element made into something.
  package static func each(_ path: [String], _ body: (Value) -> Value) -> Value {
    .residual(
      .each(source: .path(.item, path), variable: 0, body: body(.residual(.path(.bound(0), [])))))
  }

  /// A part of the element that `each` is at.
  package static func bound(_ path: String...) -> Value { .residual(.path(.bound(0), path)) }

  /// A call of EC2.
  package static func ec2(_ operation: String, _ parameters: Value) -> CallTemplate {
    CallTemplate(call: Call(service: "ec2", operation: operation, parameters: parameters))
  }

  /// The tags that say whose a thing is.
  package static func tags(_ kind: String, _ address: String) -> Value {
    [
      [
        "ResourceType": .string(kind),
        "Tags": [
          ["Key": "fugue:address", "Value": .string(address)],
          ["Key": "fugue:process", "Value": .residual(.path(.process, []))],
        ],
      ]
    ]
  }

  /// How things are found by their tags.
  package static func observed(
    _ operation: String, items: [String], _ address: String, output: String, path: [String],
    goneWhen: [StateTest] = [], details: [Detail] = []
  ) -> Observation {
    Observation(
      call: Call(
        service: "ec2", operation: operation,
        parameters: [
          "Filters": [
            ["Name": "tag:fugue:address", "Values": []],
            ["Name": "tag:fugue:process", "Values": [.residual(.path(.process, []))]],
          ]
        ]),
      batch: ["Filters", "0", "Values"], items: items, identity: .string(address),
      identityOf: .residual(
        .find(
          source: .path(.item, ["Tags"]), key: ["Key"], equals: "fugue:address", path: ["Value"])),
      goneWhen: goneWhen, details: details, outputs: [output: path])
  }

  /// What most errors mean.
  package static let errors: SortedMap<String, ErrorVerb> = [
    "DependencyViolation": .retryAfterDependents, "RequestLimitExceeded": .retry,
  ]

  /// A declared resource.
  package static func resource(
    _ address: String, _ type: String, _ lifecycle: Lifecycle, uses: [String]
  ) -> DeclaredResource {
    DeclaredResource(
      address: ResourceAddress(address), type: type, declared: .null, lifecycle: lifecycle,
      dependencies: Set(uses).sorted().map { ResourceAddress($0) }, isProtected: false,
      origin: Origin(file: "main.lw", line: 1, column: 1, length: 1, text: address), parts: [])
  }

}
