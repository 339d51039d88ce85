import AWSCatalog
import AWSCloud
import Canon
import CloudModel
import Foundation
import Testing

@Suite struct PathExpressionTests {
  private let root: Value = [
    "Name": "n", "Empty": [], "Items": [["Id": 1, "Tags": ["a", "b"]], ["Id": 2], ["Other": 3]],
    "Nested": [[1, 2], [3]], "Map": ["x": ["S": "on"], "y": ["S": "off"]], "Yes": true,
  ]

  @Test func `paths give what JMESPath gives`() {
    let cases: [(String, Value)] = [
      ("Name", "n"), ("Nothing", .null), ("Name.Deeper", .null), ("Items[0].Id", 1),
      ("Items[-1].Other", 3), ("Items[9].Id", .null), ("Items[].Id", [1, 2]),
      ("Items[*].Id", [1, 2]), ("Items[].Tags[]", ["a", "b"]), ("Nested[]", [1, 2, 3]),
      ("Nested[*]", [[1, 2], [3]]), ("Name[]", .null), ("Map.*.S", ["on", "off"]),
      ("length(Items)", 3), ("length(Name)", 1), ("length(Items[]) > `2`", true),
      ("length(Empty) == `0`", true), ("Items[?Id == `2`].Id", [2]), ("Items[?Tags].Id", [1]),
      ("Items[?!(Id == `1`)] | x", .null), ("Nothing || Name", "n"), ("Name || Nothing", "n"),
      ("Yes && Name", "n"), ("Empty && Name", []), ("!Yes", false), ("!Empty", true),
      ("Name == 'n'", true), ("Name != 'n'", false), ("Items[0].Id >= `1`", true),
      ("Name > `1`", .null), ("\"Name\"", "n"),
    ]
    for (text, expected) in cases {
      guard let path = PathExpression(text) else {
        #expect(text.contains("|") && !text.contains("||"), "\(text) is not read")
        continue
      }
      #expect(path.value(in: root) == expected, "\(text)")
    }
  }

  @Test func `every paginator and waiter of the catalog is understood`() {
    let catalog = Catalog()
    var (pages, waiters) = (0, 0)
    for name in catalog.services {
      guard let service = catalog.service(name) else { continue }
      for operation in service.operations {
        guard let pagination = operation.pagination else { continue }
        let call = Call(service: name, operation: operation.name, parameters: .record([:]))
        #expect(Pager(call, pagination) != nil, "\(name) \(operation.name)")
        pages += 1
      }
      for waiter in service.waiters {
        #expect(Waiter(waiter) != nil, "\(name) \(waiter.name)")
        waiters += 1
      }
    }
    #expect(pages > 1_000 && waiters > 150, "\(pages) paginators, \(waiters) waiters")
  }

  @Test func `no text crashes the reader of paths`() {
    for text in [
      "", ".", "a.", "a[", "a[]", "a[x]", "[?", "a[?b", "!", "!!!", "((((", "`", "'", "a == ", "*.",
      "length(", "length(a", "size(a)", "a[99999999999999999999]",
      String(repeating: "(", count: 9_999),
      String(repeating: "!", count: 50) + "a", String(repeating: "[?a", count: 2_000),
      String(repeating: "a[].", count: 500) + "b",
    ] {
      _ = PathExpression(text)?.value(in: root)
    }
  }
}
