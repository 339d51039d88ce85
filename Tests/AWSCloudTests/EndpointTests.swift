import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import CloudModel
import Testing

@Suite struct EndpointTests {
  @Test func `regions, global services and overrides are resolved as users expect`() throws {
    let catalog = Catalog()
    func resolve(
      _ service: String, _ operation: String, _ parameters: Value = [:],
      region: String? = "eu-west-1",
      url: String? = nil
    ) throws -> ResolvedEndpoint {
      let found = try #require(catalog.service(service))
      let settings = CloudSettings(region: region, endpoint: url.flatMap { Origin(url: $0) })
      return try EndpointResolver(found, settings: settings).resolve(
        try #require(found.operation(operation)), parameters: parameters)
    }
    let iam = try resolve("iam", "ListUsers")
    #expect(iam.origin.description == "https://iam.amazonaws.com")
    #expect(iam.signingRegion == "us-east-1")
    #expect(try resolve("iam", "ListUsers", region: nil).signingRegion == "us-east-1")
    let sts = try resolve("sts", "GetCallerIdentity")
    #expect(sts.origin.description == "https://sts.eu-west-1.amazonaws.com")
    #expect(sts.signingRegion == "eu-west-1")
    let bucket = try resolve("s3", "ListObjectsV2", ["Bucket": "mine"])
    #expect(bucket.origin.description == "https://mine.s3.eu-west-1.amazonaws.com")
    let dotted = try resolve("s3", "ListObjectsV2", ["Bucket": "my.own"])
    #expect(dotted.origin.description == "https://s3.eu-west-1.amazonaws.com/my.own")
    let local = try resolve(
      "s3", "ListObjectsV2", ["Bucket": "mine"], url: "http://localhost:5000")
    #expect(local.origin.description == "http://localhost:5000/mine")
    #expect(throws: CloudFailure.self) { try resolve("ec2", "DescribeVpcs", region: nil) }
  }
}
