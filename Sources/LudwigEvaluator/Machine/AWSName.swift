/// AWS's member names and Ludwig's: the same but for the first letter.
enum AWSName {
  /// AWS's name of a field: `vpcId` is `VpcId`.
  static func member(_ field: String) -> String {
    guard let first = field.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
    else { return field }
    return String(decoding: [first - 32], as: UTF8.self) + field.dropFirst()
  }
}
