internal import Crypto
internal import FoundationEssentials

/// The SHA-1 of bytes in lower-case hexadecimal digits. It secures nothing here: SSO's cache names
/// its files by it.
package func sha1Hex(of bytes: [UInt8]) -> String {
  var out: [UInt8] = []
  out.appendHex(Insecure.SHA1.hash(data: bytes))
  return String(decoding: out, as: UTF8.self)
}
