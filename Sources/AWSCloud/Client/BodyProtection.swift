import AWSCatalog
import AWSWire
import CloudModel

/// Checksums of bodies: those that are sent, and those that came.
/// Source: Amazon S3 User Guide, "Checking object integrity for data uploads".
enum BodyProtection {
  /// Adds the checksum that an operation takes: of the algorithm that the caller names, or CRC-32;
  /// an MD5 where an operation needs one and knows no other.
  static func add(
    to request: inout WireRequest, _ operation: CatalogOperation, parameters: Value
  ) throws(CloudFailure) {
    let isThere = request.headers.contains { field in
      let name = field.name.lowercased()
      return name == "content-md5"
        || (name.hasPrefix("x-amz-checksum-") && name != "x-amz-checksum-algorithm")
    }
    if isThere { return }
    guard let member = operation.checksumMember else {
      if operation.isChecksumRequired {
        request.headers.append(
          WireField("Content-MD5", BodyChecksum.md5.base64(of: request.body)))
      }
      return
    }
    let name = parameters[member].text ?? "CRC32"
    guard let algorithm = BodyChecksum(rawValue: name.lowercased()) else {
      throw .configuration(
        "a checksum by \(name) is not made here; there are CRC32, CRC32C, SHA1 and SHA256. Give "
          + "it as a parameter, or name another.")
    }
    request.headers.removeAll { $0.name.lowercased() == "x-amz-sdk-checksum-algorithm" }
    request.headers.append(WireField("x-amz-sdk-checksum-algorithm", name))
    request.headers.append(
      WireField("x-amz-checksum-\(name.lowercased())", algorithm.base64(of: request.body)))
  }

  /// Why a body is not what its checksum says; nil where it is, or has none that is known. The
  /// checksum of an object that came in parts (`…-2`) is not one of its bytes.
  static func fault(of response: WireResponse, _ operation: CatalogOperation) -> String? {
    guard operation.checksumModeMember != nil, response.status == 200 else { return nil }
    for name in operation.responseChecksums {
      guard let algorithm = BodyChecksum(rawValue: name.lowercased()),
        let said = response.headers.value(ofHeader: "x-amz-checksum-\(name.lowercased())"),
        !said.contains("-")
      else { continue }
      let found = algorithm.base64(of: response.body)
      return found == said ? nil : "its \(name) is \(found), and not \(said) as it says"
    }
    return nil
  }
}
