import AWSWire

/// A request in HTTP's form with the signature that AWS publishes for it.
struct PublishedVector {
  let name: String
  let request: WireRequest
  let host: String
  let signature: String

  /// AWS's own suite: key `AKIDEXAMPLE`, 30 August 2015, 12:36 UTC, `us-east-1`, `service`; paths
  /// are made normal. Its folded header is left out, since HTTP has done away with those (RFC 9112,
  /// section 5.2). Source: AWS, "Signature Version 4 test suite".
  static let suite = parse(
    """
    === get-vanilla 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
    GET /
    === get-vanilla-query-order-key-case \
    b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
    GET /?Param2=value2&Param1=value1
    === get-vanilla-query-unreserved \
    9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197
    GET /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
    =-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz
    === get-vanilla-empty-query-key \
    a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
    GET /?Param1=value1
    === get-unreserved 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f
    GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz
    === get-utf8 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85
    GET /ሴ
    === get-space 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741
    GET /example space/
    === get-slash 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
    GET //
    === get-slashes 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
    GET //example//
    === get-slash-dot-slash 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
    GET /./
    === get-slash-pointless-dot ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5
    GET /./example
    === get-relative 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
    GET /example/..
    === get-relative-relative 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
    GET /example1/example2/../..
    === get-header-key-duplicate \
    c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea
    GET /
    My-Header1:value2
    My-Header1:value2
    My-Header1:value1
    === get-header-value-order 08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01
    GET /
    My-Header1:value4
    My-Header1:value1
    My-Header1:value3
    My-Header1:value2
    === get-header-value-trim acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
    GET /
    My-Header1: value1
    My-Header2: "a   b   c"
    === post-vanilla 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
    POST /
    === post-vanilla-query 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
    POST /?Param1=value1
    === post-header-key-sort c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c
    POST /
    My-Header1:value1
    === post-header-value-case cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
    POST /
    My-Header1:VALUE1
    === post-x-www-form-urlencoded \
    ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a
    POST /
    Content-Type:application/x-www-form-urlencoded

    Param1=value1
    === post-x-www-form-urlencoded-parameters \
    1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe
    POST /
    Content-Type:application/x-www-form-urlencoded; charset=utf8

    Param1=value1
    """, host: "example.amazonaws.com")

  /// S3's examples: 24 May 2013, 00:00 UTC, `us-east-1`. Source: Amazon S3 API reference,
  /// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
  static let s3 = parse(
    """
    === get-object f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
    GET /test.txt
    Range:bytes=0-9
    === put-object 98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd
    PUT /test%24file.text
    Date:Fri, 24 May 2013 00:00:00 GMT
    x-amz-storage-class:REDUCED_REDUNDANCY

    Welcome to Amazon S3.
    === get-bucket-lifecycle fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543
    GET /?lifecycle
    === list-objects 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7
    GET /?max-keys=2&prefix=J
    """, host: "examplebucket.s3.amazonaws.com")

  private static func parse(_ text: String, host: String) -> [PublishedVector] {
    var out: [PublishedVector] = []
    for block in text.split(separator: "=== ") {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
      let title = lines[0].split(separator: " ")
      let line = lines[1].split(separator: " ", maxSplits: 1)
      let target = line[1].split(separator: "?", maxSplits: 1)
      var request = WireRequest(method: String(line[0]), path: String(target[0]))
      if target.count == 2 {
        request.query = target[1].split(separator: "&").map { pair in
          let parts = pair.split(separator: "=", maxSplits: 1)
          return WireField(String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
        }
      }
      let head = lines[2...].prefix { !$0.isEmpty }
      for header in head {
        let parts = header.split(separator: ":", maxSplits: 1)
        request.headers.append(WireField(String(parts[0]), String(parts[1])))
      }
      let body = lines[(2 + head.count)...].drop { $0.isEmpty }.prefix { !$0.isEmpty }
      request.body = Array(body.joined(separator: "\n").utf8)
      out.append(
        PublishedVector(
          name: String(title[0]), request: request, host: host, signature: String(title[1])))
    }
    return out
  }
}
