import Canon
import CloudModel
import CloudSemantics
import Determinism
import Testing

/// Errors of S3, IAM, Secrets Manager and SQS.
@Suite struct ServiceErrorTests {
  private let trust: Value =
    #"{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
  private let policy: Value =
    #"{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#

  @Test func `a bucket with objects stays; one's own name is no error at home`() {
    var account = Account()
    account.ok("s3", "CreateBucket", ["Bucket": "things"])
    account.ok("s3", "CreateBucket", ["Bucket": "things"])
    account.state.buckets["things"]?.objectCount = 1
    account.refuses("BucketNotEmpty", "s3", "DeleteBucket", ["Bucket": "things"])
    account.state.buckets["things"]?.objectCount = 0
    account.ok("s3", "DeleteBucket", ["Bucket": "things"])
    account.refuses("NoSuchBucket", "s3", "DeleteBucket", ["Bucket": "things"])
    account.refuses("404", "s3", "HeadBucket", ["Bucket": "things"])
    account.refuses("InvalidBucketName", "s3", "CreateBucket", ["Bucket": "No"])
    account.state.memories["bucket/taken"] = .elsewhere
    account.refuses("BucketAlreadyExists", "s3", "CreateBucket", ["Bucket": "taken"])
  }

  @Test func `elsewhere one's own name is an error, and so is the wrong place`() {
    var account = Account(region: "eu-west-1")
    let bucket: Value = [
      "Bucket": "things", "CreateBucketConfiguration": ["LocationConstraint": "eu-west-1"],
    ]
    account.refuses(
      "IllegalLocationConstraintException", "s3", "CreateBucket", ["Bucket": "things"])
    account.ok("s3", "CreateBucket", bucket)
    account.refuses("BucketAlreadyOwnedByYou", "s3", "CreateBucket", bucket)
  }

  @Test func `a public policy is refused until the block is lifted`() {
    var account = Account()
    account.ok("s3", "CreateBucket", ["Bucket": "things"])
    account.refuses("NoSuchBucketPolicy", "s3", "GetBucketPolicy", ["Bucket": "things"])
    let open: Value = [
      "Bucket": "things",
      "Policy":
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::things/*"}]}"#,
    ]
    account.refuses("AccessDenied", "s3", "PutBucketPolicy", open)
    account.ok("s3", "DeletePublicAccessBlock", ["Bucket": "things"])
    account.ok("s3", "PutBucketPolicy", open)
    for (bad, why) in [
      (#"{"#, "no JSON"),
      (
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::others/*"}]}"#,
        "another bucket"
      ),
      (
        #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/gone"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::things/*"}]}"#,
        "a role that is not there"
      ),
      (
        #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::things"}]}"#,
        "an object's action on a bucket"
      ),
    ] {
      let before = account.state
      account.refuses(
        "MalformedPolicy", "s3", "PutBucketPolicy", ["Bucket": "things", "Policy": .string(bad)])
      #expect(account.state == before, "\(why)")
    }
  }

  @Test func `roles with policies or profiles stay; malformed policies are refused`() {
    var account = Account()
    let role: Value = ["RoleName": "r", "AssumeRolePolicyDocument": trust]
    account.refuses(
      "MalformedPolicyDocument", "iam", "CreateRole",
      ["RoleName": "r", "AssumeRolePolicyDocument": policy])
    account.ok("iam", "CreateRole", role)
    account.refuses("EntityAlreadyExists", "iam", "CreateRole", role)
    account.refuses(
      "MalformedPolicyDocument", "iam", "PutRolePolicy",
      ["RoleName": "r", "PolicyName": "p", "PolicyDocument": trust])
    account.ok(
      "iam", "PutRolePolicy", ["RoleName": "r", "PolicyName": "p", "PolicyDocument": policy])
    account.refuses("DeleteConflict", "iam", "DeleteRole", ["RoleName": "r"])
    account.ok("iam", "DeleteRolePolicy", ["RoleName": "r", "PolicyName": "p"])
    account.refuses(
      "NoSuchEntity", "iam", "GetRolePolicy", ["RoleName": "r", "PolicyName": "p"])
    let pair: Value = ["InstanceProfileName": "p", "RoleName": "r"]
    account.ok("iam", "CreateInstanceProfile", ["InstanceProfileName": "p"])
    account.ok("iam", "AddRoleToInstanceProfile", pair)
    account.refuses("LimitExceeded", "iam", "AddRoleToInstanceProfile", pair)
    account.refuses("DeleteConflict", "iam", "DeleteRole", ["RoleName": "r"])
    account.refuses("DeleteConflict", "iam", "DeleteInstanceProfile", ["InstanceProfileName": "p"])
    account.ok("iam", "RemoveRoleFromInstanceProfile", pair)
    account.ok("iam", "DeleteRole", ["RoleName": "r"])
    account.refuses("NoSuchEntity", "iam", "GetRole", ["RoleName": "r"])
  }

  @Test func `a queue's name rests for a minute; other attributes are another queue`() {
    var account = Account()
    let queue: Value = ["QueueName": "jobs", "Attributes": ["VisibilityTimeout": "60"]]
    let url = account.ok("sqs", "CreateQueue", queue)["QueueUrl"]
    #expect(account.ok("sqs", "CreateQueue", queue)["QueueUrl"] == url)
    account.refuses(
      "QueueNameExists", "sqs", "CreateQueue",
      ["QueueName": "jobs", "Attributes": ["VisibilityTimeout": "30"]])
    account.refuses(
      "InvalidAttributeName", "sqs", "SetQueueAttributes",
      ["QueueUrl": url, "Attributes": ["Colour": "red"]])
    account.refuses(
      "InvalidAttributeValue", "sqs", "SetQueueAttributes",
      ["QueueUrl": url, "Attributes": ["DelaySeconds": "901"]])
    account.ok("sqs", "DeleteQueue", ["QueueUrl": url])
    account.refuses("QueueDoesNotExist", "sqs", "GetQueueUrl", ["QueueName": "jobs"])
    account.now = Instant.zero + .seconds(59)
    account.refuses("QueueDeletedRecently", "sqs", "CreateQueue", queue)
    account.now = Instant.zero + .seconds(60)
    account.ok("sqs", "CreateQueue", queue)
  }

  @Test func `a secret is created once, and its name rests while deletion is scheduled`() {
    var account = Account()
    let token: Value = "0123456789abcdef0123456789abcdef"
    let secret: Value = ["Name": "db", "SecretString": "a", "ClientRequestToken": token]
    let first = account.ok("secretsmanager", "CreateSecret", secret)
    #expect(account.ok("secretsmanager", "CreateSecret", secret) == first)
    account.refuses(
      "ResourceExistsException", "secretsmanager", "CreateSecret",
      ["Name": "db", "SecretString": "b"])
    account.refuses(
      "ResourceExistsException", "secretsmanager", "PutSecretValue",
      ["SecretId": "db", "SecretString": "b", "ClientRequestToken": token])
    account.ok("secretsmanager", "PutSecretValue", ["SecretId": "db", "SecretString": "b"])
    account.ok("secretsmanager", "DeleteSecret", ["SecretId": "db"])
    account.refuses(
      "InvalidRequestException", "secretsmanager", "PutSecretValue",
      ["SecretId": "db", "SecretString": "b"])
    account.refuses("InvalidRequestException", "secretsmanager", "CreateSecret", secret)
    account.ok(
      "secretsmanager", "DeleteSecret", ["SecretId": "db", "ForceDeleteWithoutRecovery": true])
    account.refuses(
      "ResourceNotFoundException", "secretsmanager", "DescribeSecret", ["SecretId": "db"])
  }
}
