import AWSCatalog
import Testing

@Suite struct CatalogTests {
  let catalog = Catalog()

  @Test func `the catalog has the services that are asked for most`() {
    #expect(catalog.services.count >= 60)
    #expect(catalog.services == catalog.services.sorted())
    for name in [
      "autoscaling", "cloudformation", "cloudwatch", "dynamodb", "ec2", "ecs", "eks", "elbv2",
      "iam", "kms", "lambda", "logs", "rds", "route53", "s3", "secretsmanager", "sns", "sqs", "ssm",
      "stepfunctions", "sts",
    ] { #expect(catalog.services.contains(name), "\(name)") }
    #expect(catalog.service("unicorn") == nil)
  }

  @Test func `a module's name leads to its service`() {
    #expect(catalog.serviceName(resembling: "EC2") == "ec2")
    #expect(catalog.serviceName(resembling: "SecretsManager") == "secretsmanager")
    #expect(catalog.serviceName(resembling: "BedrockAgent") == "bedrock-agent")
    #expect(catalog.serviceName(resembling: "AcmPca") == "acm-pca")
    #expect(catalog.serviceName(resembling: "Unicorn") == nil)
    let letters = catalog.services.map { $0.filter { $0 != "-" } }
    #expect(Set(letters).count == letters.count)
  }

  @Test func `an operation gives its input and its output`() throws {
    let ec2 = try #require(catalog.service("ec2"))
    #expect(ec2.wireProtocol == "ec2")
    #expect(ec2.apiVersion == "2016-11-15")
    #expect(ec2.operation("CreateVpc")?.input == "CreateVpcRequest")
    let input = try #require(ec2.input(of: "CreateVpc"))
    #expect(input.member("CidrBlock")?.shape == .string)
    #expect(input.member("DryRun")?.shape == .boolean)
    #expect(input.member("TagSpecifications")?.shape == .list(of: .structure("TagSpecification")))
    let output = try #require(ec2.output(of: "CreateVpc"))
    #expect(output.member("Vpc")?.shape == .structure("Vpc"))
    #expect(ec2.structure("Vpc")?.member("VpcId")?.shape == .string)
    #expect(ec2.operation("CreateUnicorn") == nil)
    #expect(ec2.input(of: "CreateUnicorn") == nil)
  }

  @Test func `required members, client tokens and sensitive members are marked`() throws {
    let ec2 = try #require(catalog.service("ec2"))
    let group = try #require(ec2.input(of: "CreateSecurityGroup"))
    #expect(group.member("Description")?.isRequired == true)
    #expect(group.member("VpcId")?.isRequired == false)
    #expect(ec2.input(of: "RunInstances")?.member("ClientToken")?.isIdempotencyToken == true)
    let secrets = try #require(catalog.service("secretsmanager"))
    #expect(secrets.input(of: "CreateSecret")?.member("SecretString")?.isSensitive == true)
    let queues = try #require(catalog.service("sqs"))
    #expect(queues.input(of: "CreateQueue")?.member("Attributes")?.shape == .map(of: .string))
  }

  @Test func `errors have their codes, statuses and whose fault they are`() throws {
    let queues = try #require(catalog.service("sqs"))
    let create = try #require(queues.operation("CreateQueue"))
    let errors = queues.errors(of: create)
    let deleted = try #require(errors.first { $0.shape == "QueueDeletedRecently" })
    #expect(deleted.code == "QueueDeletedRecently")
    #expect(deleted.isSender == nil)
    let identity = try #require(catalog.service("iam"))
    let delete = try #require(identity.operation("DeleteRole"))
    let conflict = try #require(identity.errors(of: delete).first { $0.code == "DeleteConflict" })
    #expect(conflict.shape == "DeleteConflictException")
    #expect(conflict.status == 409)
    #expect(conflict.isSender == true)
    let failure = identity.errors(of: delete).first { $0.code == "ServiceFailure" }
    #expect(failure?.isSender == false)
    let functions = try #require(catalog.service("lambda"))
    #expect(functions.error(shape: "TooManyRequestsException")?.status == 429)
  }

  @Test func `constraints, wire names and namespaces are there`() throws {
    let identity = try #require(catalog.service("iam"))
    let name = try #require(identity.definition("roleNameType"))
    #expect(name.minimum == "1")
    #expect(name.maximum == "64")
    #expect(name.pattern == #"[\w+=,.@-]+"#)
    #expect(identity.definition("statusType")?.choices.contains("Active") == true)
    let s3 = try #require(catalog.service("s3"))
    let put = try #require(s3.operation("PutObject"))
    #expect(put.method == "PUT")
    #expect(put.uri == "/{Bucket}/{Key+}")
    #expect(put.checksumMember == "ChecksumAlgorithm")
    let request = try #require(s3.definition("PutObjectRequest"))
    #expect(request.payload == "Body")
    let key = try #require(request.members.first { $0.name == "Key" })
    #expect(key.location == "uri")
    #expect(key.isRequired)
    let grantee = try #require(s3.definition("Grantee"))
    #expect(grantee.xmlNamespacePrefix == "xsi")
    #expect(grantee.members.first { $0.name == "Type" }?.isXMLAttribute == true)
    #expect(s3.operation("GetObject")?.responseChecksums.contains("SHA256") == true)
    #expect(catalog.service("elbv2")?.signingName == "elasticloadbalancing")
    #expect(catalog.service("cloudwatch")?.protocols == ["smithy-rpc-v2-cbor", "json", "query"])
    #expect(catalog.service("s3control")?.operation("CreateJob")?.hostPrefix == "{AccountId}.")
    #expect(catalog.service("cognito-identity")?.operation("GetId")?.isUnsigned == true)
  }

  @Test func `pages and waiters are there`() throws {
    let ec2 = try #require(catalog.service("ec2"))
    let pages = try #require(ec2.operation("DescribeInstances")?.pagination)
    #expect(pages.inputTokens == ["NextToken"])
    #expect(pages.outputTokens == ["NextToken"])
    #expect(pages.results == ["Reservations"])
    #expect(pages.limit == "MaxResults")
    let running = try #require(ec2.waiter("InstanceRunning"))
    #expect(running.operation == "DescribeInstances")
    #expect(running.delaySeconds == 15)
    #expect(running.tries == 40)
    let success = try #require(running.acceptors.first)
    #expect(success.state == "success")
    #expect(success.matcher == "pathAll")
    #expect(success.expected == "\"running\"")
    #expect(success.argument == "Reservations[].Instances[].State.Name")
    let s3 = try #require(catalog.service("s3"))
    let objects = try #require(s3.operation("ListObjects")?.pagination)
    #expect(objects.outputTokens == ["NextMarker || Contents[-1].Key"])
    #expect(objects.more == "IsTruncated")
    #expect(objects.results == ["Contents", "CommonPrefixes"])
  }

  @Test func `an operation that gives nothing has an output without members`() throws {
    let s3 = try #require(catalog.service("s3"))
    #expect(s3.operation("PutBucketPolicy")?.output == nil)
    #expect(s3.output(of: "PutBucketPolicy")?.members.isEmpty == true)
    #expect(s3.input(of: "PutBucketPolicy")?.members.map(\.name).contains("Policy") == true)
  }

  @Test(arguments: Catalog().services)
  func `every shape that anything names is there, in order`(name: String) throws {
    let service = try #require(catalog.service(name))
    let operations = service.operations
    #expect(!operations.isEmpty)
    #expect(operations.map(\.name) == service.operationNames)
    #expect(operations.map { Array($0.name.utf8) }.isAscending)
    #expect(service.shapes.map { Array($0.utf8) }.isAscending)
    let known = Set(service.shapes)
    var named = operations.flatMap { [$0.input, $0.output].compactMap { $0 } + $0.errorShapes }
    for shape in service.shapes {
      let definition = try #require(service.definition(shape), "\(shape)")
      switch definition.kind {
      case .structure(let members): named += members.compactMap(\.target.name)
      case .list(let element): named += [element].compactMap(\.target.name)
      case .map(let key, let value): named += [key, value].compactMap(\.target.name)
      case .scalar: #expect(!definition.traits.isEmpty)
      }
      if let payload = definition.payload {
        #expect(definition.members.contains { $0.name == payload }, "\(shape)")
      }
    }
    #expect(Set(named).subtracting(known).isEmpty)
    #expect(known.subtracting(named).isEmpty, "nothing leads to some shapes")
    for waiter in service.waiters {
      #expect(service.operation(waiter.operation) != nil, "\(waiter.name)")
      #expect(!waiter.acceptors.isEmpty)
    }
  }
}

extension CatalogTarget {
  fileprivate var name: String? { if case .named(let name) = self { name } else { nil } }
}

extension [[UInt8]] {
  fileprivate var isAscending: Bool {
    zip(self, dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
  }
}
