/// The grammar of a service's catalog text, read and written here and in `CatalogLine` alone:
///
/// ```
/// service ec2 2016-11-15 protocols=ec2 id=EC2 prefix=ec2 …
/// endpoints {…}
/// errors
/// InvalidArnException ValidationException
/// operations
/// operation CreateVpc POST / in=CreateVpcRequest out=CreateVpcResult errors=0
///  page in=NextToken out=NextToken result=Vpcs limit=MaxResults
/// waiters
/// waiter VpcExists DescribeVpcs delay=1 tries=5
///  success status expected=200
/// shapes
/// list CidrBlockSet string item=item
/// structure CreateVpcRequest
///  CidrBlock string
///  TagSpecifications TagSpecificationList name=TagSpecification
/// ```
/// Below `errors` each line is a set of error shapes, counted from 0. Below `operations`,
/// `waiters` and `shapes` lines stand in order of the second word. A line that begins with a blank
/// belongs to the one above. A shape is `structure`, `list` (of), `map` (from, to) or a scalar with
/// constraints; a scalar without any stands by its type's name. After a member's name `!` says
/// required, `~` that it is the client token. Blanks, `%`, controls and, within lists, commas are
/// written as `%20`.
package enum CatalogText {
  /// A text as a word of a line.
  package static func escaped(_ text: String, also further: UInt8? = nil) -> String {
    let isPlain: (UInt8) -> Bool = { $0 > 32 && $0 != 127 && $0 != 37 && $0 != further }
    if text.utf8.allSatisfy(isPlain) { return text }
    var out: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        out.append(byte)
      } else {
        out.append(37)
        out += [byte >> 4, byte & 15].map { $0 < 10 ? $0 + 48 : $0 + 55 }
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The text of a word.
  package static func unescaped(_ word: some StringProtocol) -> String {
    guard word.utf8.contains(37) else { return String(word) }
    var out: [UInt8] = []
    var bytes = word.utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == 37, let high = digit(bytes.next()), let low = digit(bytes.next()) else {
        out.append(byte)
        continue
      }
      out.append(high << 4 | low)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    switch byte {
    case .some(48...57): byte.map { $0 - 48 }
    case .some(65...70): byte.map { $0 - 55 }
    case .some(97...102): byte.map { $0 - 87 }
    case .some, nil: nil
    }
  }
}
