import Testing

@Suite struct AWSCommandTests {
  private let environment = [
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s3cr3t-half",
    "AWS_SESSION_TOKEN": "t0k3n-of-mine", "AWS_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
    "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nonexistent",
  ]

  @Test func `wrong names are told with the right ones, and nothing is sent`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let cases: [([String], String)] = [
      (["ec3", "DescribeVpcs"], "Did you mean 'ec2'?"),
      (["SecretsManager", "ListSecrets"], "Did you mean 'secretsmanager'?"),
      (["ec2", "describe-vpcs"], "Did you mean 'DescribeVpcs'?"),
      (["ec2", "DescribeVcps"], "Did you mean 'DescribeVpcs'?"),
      (["ec2", "DescribeVpcs", "--json", #"{"VpcId":["v"]}"#], "Did you mean 'VpcIds'?"),
      (
        ["ec2", "DescribeVpcs", "--json", #"{"Filters":[{"name":"x"}]}"#],
        "takes no 'Filters[0].name'. Did you mean 'Name'?"
      ),
      (["ec2", "DescribeVpcs", "--json", "{"], "--json is no JSON"),
      (["ec2", "DescribeVpcs", "--json", "[]"], "must be a JSON object"),
      (["ec2", "DescribeVpcs", "--json", "@/nowhere"], "cannot be read"),
      (["ec2", "DescribeVpcs", "--endpoint-url", "localhost"], "http://host:port"),
      (["ec2", "DescribeVpcs", "--profile", "dev"], "there is no profile 'dev'"),
      (["ec2", "DescribeVpcs", "--json", #"{"VpcIds":"v"}"#], "VpcIds"),
      (["ec2"], "An operation is missing"),
    ]
    for (arguments, words) in cases {
      let run = try program.run(["aws"] + arguments, environment: environment)
      #expect(run.status == 2, "\(arguments): \(run.errors)")
      #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test func `what cannot be reached is of the outside world, and no secret is shown`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(
      ["aws", "sts", "GetCallerIdentity", "--endpoint-url", "http://127.0.0.1:1", "--debug"],
      environment: environment)
    #expect(run.status == 3)
    #expect(run.errors.contains("sts GetCallerIdentity was not sent"))
    #expect(run.errors.contains("Credential=AKIDEXAMPLE/"))
    for secret in ["s3cr3t-half", "t0k3n-of-mine"] {
      #expect(!run.errors.contains(secret) && !run.output.contains(secret))
    }
    #expect(run.errors.contains("Signature=(hidden)"))
  }

  @Test func `missing credentials and regions are told with what to do`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    var bare = environment
    bare["AWS_ACCESS_KEY_ID"] = ""
    let first = try program.run(["aws", "ec2", "DescribeVpcs"], environment: bare)
    #expect(first.status == 2 && first.errors.contains("Set AWS_ACCESS_KEY_ID"))
    var lost = environment
    lost["AWS_REGION"] = ""
    let second = try program.run(["aws", "ec2", "DescribeVpcs"], environment: lost)
    #expect(second.status == 2 && second.errors.contains("--region"))
  }

  @Test func `a batch tells each line's mistake in its line`() throws {
    let program = try ProgramUnderTest()
    defer { program.clean() }
    let run = try program.run(
      ["aws", "--batch", "-", "--endpoint-url", "http://127.0.0.1:1"], environment: environment,
      input: """
        {"service":"ec2","operation":"DescribeVcps"}
        no json
        {"service":"sqs","operation":"ListQueues"}
        """)
    let lines = run.output.split(separator: "\n")
    #expect(run.status == 3 && lines.count == 3)
    #expect(lines.first?.contains("Did you mean 'DescribeVpcs'?") == true)
    #expect(lines.last?.contains("was not sent") == true)
  }
}
