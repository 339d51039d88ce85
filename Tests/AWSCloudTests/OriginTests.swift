import AWSCloud
import AWSWire
import Synchronization
import Testing

@Suite struct OriginTests {
  @Test func `addresses are read, and written as they were meant`() {
    let cases = [
      ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
      ("https://example.com/", "https://example.com"),
      ("HTTPS://Example.COM:443/a/b//", "https://example.com/a/b"),
      ("http://[::1]:80", "http://[::1]"), ("http://h:8443/x", "http://h:8443/x"),
    ]
    for (text, written) in cases { #expect(Origin(url: text)?.description == written) }
    for text in [
      "", "localhost:5000", "ftp://x", "http://", "http://h:0", "http://h:99999", "http://h:x",
      "http://u@h", "http://h/?a", "http://h\r\nX: y", "http://h/a b", "https://é.example",
    ] {
      #expect(Origin(url: text) == nil, "\(text)")
    }
  }

  @Test func `settings come from the run, the environment and the profile, in this order`()
    throws
  {
    var script = ActedWorld.Script()
    script.files["/home/u/.aws/config"] = """
      [default]
      region = sa-east-1
      endpoint_url = http://all:1
      services = local
      retry_mode = adaptive
      max_attempts = 7
      [services local]
      dynamodb =
        endpoint_url = http://ddb:2
      secrets_manager =
        endpoint_url = http://sm:3
      """
    let world = ActedWorld(script)
    func resolve(url: String? = nil, region: String? = nil) throws -> CloudSettings {
      try CloudSettings.resolve(
        world.surroundings, SharedConfiguration(world.surroundings), region: region,
        endpointURL: url, services: ["DynamoDB", "Secrets Manager", "SQS"])
    }
    var settings = try resolve()
    #expect(settings.region == "sa-east-1" && settings.retries.mode == .adaptive)
    #expect(settings.retries.attempts == 7)
    #expect(settings.override(serviceID: "DynamoDB")?.host == "ddb")
    #expect(settings.override(serviceID: "Secrets Manager")?.host == "sm")
    #expect(settings.override(serviceID: "SQS")?.host == "all")
    world.script.withLock {
      $0.environment = [
        "AWS_ENDPOINT_URL": "http://env:4", "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://envsm:5",
        "AWS_REGION": "us-west-2", "AWS_MAX_ATTEMPTS": "2",
      ]
    }
    settings = try resolve(region: "us-east-2")
    #expect(settings.region == "us-east-2" && settings.retries.attempts == 2)
    #expect(settings.override(serviceID: "DynamoDB")?.host == "env")
    #expect(settings.override(serviceID: "Secrets Manager")?.host == "envsm")
    #expect(try resolve(url: "http://run:6").override(serviceID: "DynamoDB")?.host == "run")
    world.script.withLock { $0.environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true" }
    #expect(try resolve().override(serviceID: "SQS") == nil)
    #expect(throws: CredentialFailure.self) { try resolve(region: "evil.example/") }
    #expect(throws: CredentialFailure.self) { try resolve(url: "localhost") }
    world.script.withLock { $0.environment["AWS_RETRY_MODE"] = "bold" }
    #expect(throws: CredentialFailure.self) { try resolve() }
  }
}
