import AWSCatalog
import Testing

/// A few endpoints by name; `Tests/Wire/endpoints.py` holds thousands against botocore.
@Suite struct EndpointTests {
  private let catalog = Catalog()

  private func url(
    _ service: String, _ region: String?, _ change: (inout EndpointQuestion) -> Void = { _ in }
  ) throws -> String {
    var question = EndpointQuestion(region: region)
    change(&question)
    return try #require(catalog.service(service)).endpoint(question).url
  }

  @Test func `regions, partitions, FIPS and dual stack decide where a call goes`() throws {
    #expect(try url("ec2", "eu-west-1") == "https://ec2.eu-west-1.amazonaws.com")
    #expect(try url("sqs", "cn-north-1") == "https://sqs.cn-north-1.amazonaws.com.cn")
    #expect(
      try url("sqs", "us-east-1") { $0.usesFIPS = true }
        == "https://sqs-fips.us-east-1.amazonaws.com")
    #expect(
      try url("lambda", "us-east-1") { $0.usesDualStack = true }
        == "https://lambda.us-east-1.api.aws")
    #expect(
      try url("iam", "eu-west-1") { $0.override = "http://127.0.0.1:5000/" }
        == "http://127.0.0.1:5000")
  }

  @Test func `IAM has one endpoint, signed for its own region`() throws {
    let iam = try #require(catalog.service("iam"))
    let endpoint = try iam.endpoint(EndpointQuestion(region: "eu-west-1"))
    #expect(endpoint.url == "https://iam.amazonaws.com")
    #expect(endpoint.authSchemes.first?.signingRegion == "us-east-1")
  }

  @Test func `a bucket stands in the host where it can, else in the path`() throws {
    let s3 = try #require(catalog.service("s3"))
    let get = try #require(s3.operation("GetObject"))
    func url(_ bucket: String, pathStyle: Bool = false) throws -> String {
      var question = EndpointQuestion(region: "eu-west-1")
      question.forcesPathStyle = pathStyle
      return try s3.endpoint(question, operation: get, parameters: ["Bucket": .text(bucket)]).url
    }
    #expect(try url("shop") == "https://shop.s3.eu-west-1.amazonaws.com")
    #expect(try url("my.shop") == "https://s3.eu-west-1.amazonaws.com/my.shop")
    #expect(try url("shop", pathStyle: true) == "https://s3.eu-west-1.amazonaws.com/shop")
  }

  @Test func `the rules of every service can be read`() throws {
    for name in catalog.services {
      let service = try #require(catalog.service(name))
      let endpoint = try? service.endpoint(EndpointQuestion(region: "us-east-1"))
      if let endpoint { #expect(endpoint.url.hasPrefix("https://"), "\(name)") }
    }
    #expect(Catalog.partitions.regions.contains("eu-west-1"))
  }
}
