"""Makes calls with boto3 on a moto server and prints, a line each, the call and what came of it.

    moto-peer.py PORT COUNT

The calls are flows, whose later calls take values from earlier outputs, and then reads that need no
parameters, of as many services as possible, up to COUNT in all. A value `{"$ref": [CALL, PATH…]}`
stands for what is at a path of an earlier call's output; calls are counted from 0.
"""

import base64
import datetime
import json
import sys
import warnings

import boto3
import botocore.exceptions
import botocore.parsers
from botocore.config import Config

warnings.filterwarnings("ignore")
PORT, COUNT = int(sys.argv[1]), int(sys.argv[2])
REGION = "us-east-1"
CONFIG = Config(
    region_name=REGION,
    retries={"total_max_attempts": 1},
    parameter_validation=True,
)
clients = {}
outputs = []


def client(service):
    if service not in clients:
        clients[service] = boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{PORT}",
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
            config=CONFIG,
        )
    return clients[service]


def plain(value):
    """A value as JSON: moments in UTC, bytes in base64."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "ResponseMetadata"}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    return value


def resolved(value):
    if isinstance(value, dict):
        if "$ref" in value:
            number, *path = value["$ref"]
            here = outputs[number]
            for step in path:
                here = here[step]
            return here
        return {k: resolved(v) for k, v in value.items()}
    if isinstance(value, list):
        return [resolved(v) for v in value]
    return value


def blobs(service, operation, parameters):
    """Blobs stand as base64 in the list, as values have them."""
    shape = client(service).meta.service_model.operation_model(operation).input_shape

    def walk(value, shape):
        if shape is None:
            return value
        if shape.type_name == "blob" and isinstance(value, str):
            return base64.b64decode(value)
        if shape.type_name == "structure" and isinstance(value, dict):
            return {k: walk(v, shape.members.get(k)) for k, v in value.items()}
        if shape.type_name == "list" and isinstance(value, list):
            return [walk(v, shape.member) for v in value]
        if shape.type_name == "map" and isinstance(value, dict):
            return {k: walk(v, shape.value) for k, v in value.items()}
        return value

    return walk(parameters, shape)


def call(service, operation, parameters):
    api = client(service)
    name = next(k for k, v in api.meta.method_to_api_mapping.items() if v == operation)
    try:
        given = blobs(service, operation, resolved(parameters))
        output = plain(getattr(api, name)(**given))
        return {"output": output}
    except botocore.exceptions.ClientError as error:
        answer = error.response
        return {
            "error": answer["Error"].get("Code", ""),
            "status": answer["ResponseMetadata"]["HTTPStatusCode"],
        }
    except botocore.parsers.ResponseParserError:
        return {"error": "", "status": 500}


def report(service, operation, parameters, result):
    outputs.append(result.get("output", {}))
    line = {"service": service, "operation": operation, "parameters": parameters}
    print(json.dumps({**line, **result}))


def ref(number, *path):
    return {"$ref": [number, *path]}


POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
    }
)
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
TEXT = base64.b64encode("grüß dich\n".encode()).decode()


def flows():
    """Calls in order; a reference counts from the start of the whole list."""
    calls = []

    def add(service, operation, **parameters):
        calls.append((service, operation, parameters))
        return len(calls) - 1

    vpc = add("ec2", "CreateVpc", CidrBlock="10.0.0.0/16")
    vpc_id = ref(vpc, "Vpc", "VpcId")
    subnet = add("ec2", "CreateSubnet", VpcId=vpc_id, CidrBlock="10.0.1.0/24", AvailabilityZone="us-east-1a")
    group = add("ec2", "CreateSecurityGroup", GroupName="g", Description="a & b <c>", VpcId=vpc_id)
    group_id = ref(group, "GroupId")
    rules = [
        {
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}],
            "UserIdGroupPairs": [{"GroupId": group_id}],
        }
    ]
    add("ec2", "AuthorizeSecurityGroupIngress", GroupId=group_id, IpPermissions=rules)
    add("ec2", "AuthorizeSecurityGroupIngress", GroupId=group_id, IpPermissions=rules)
    add("ec2", "DescribeSecurityGroups", GroupIds=[group_id])
    add("ec2", "CreateTags", Resources=[vpc_id], Tags=[{"Key": "Näme", "Value": "x=y&z +%"}])
    add("ec2", "DescribeTags", Filters=[{"Name": "resource-id", "Values": [vpc_id]}])
    add("ec2", "DescribeSubnets", SubnetIds=[ref(subnet, "Subnet", "SubnetId")])
    gateway = add("ec2", "CreateInternetGateway")
    gateway_id = ref(gateway, "InternetGateway", "InternetGatewayId")
    add("ec2", "AttachInternetGateway", InternetGatewayId=gateway_id, VpcId=vpc_id)
    table = add("ec2", "CreateRouteTable", VpcId=vpc_id)
    table_id = ref(table, "RouteTable", "RouteTableId")
    add("ec2", "CreateRoute", RouteTableId=table_id, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway_id)
    add("ec2", "DescribeRouteTables", RouteTableIds=[table_id])
    add("ec2", "CreateVolume", AvailabilityZone="us-east-1a", Size=8, Encrypted=True)
    add("ec2", "AllocateAddress", Domain="vpc")
    add("ec2", "DeleteVpc", VpcId="vpc-0")
    add("ec2", "DescribeVpcAttribute", VpcId=vpc_id, Attribute="enableDnsSupport")

    add("s3", "CreateBucket", Bucket="bucket-one")
    add("s3", "PutObject", Bucket="bucket-one", Key="a folder/b+c=é&?.txt", Body=TEXT,
        ContentType="text/plain", Metadata={"one": "1"})
    add("s3", "GetObject", Bucket="bucket-one", Key="a folder/b+c=é&?.txt")
    add("s3", "HeadObject", Bucket="bucket-one", Key="a folder/b+c=é&?.txt")
    add("s3", "PutObject", Bucket="bucket-one", Key="plain", Body="")
    add("s3", "GetObject", Bucket="bucket-one", Key="plain")
    add("s3", "GetObject", Bucket="bucket-one", Key="none")
    add("s3", "HeadObject", Bucket="bucket-one", Key="none")
    add("s3", "ListObjectsV2", Bucket="bucket-one", Prefix="a f", MaxKeys=2)
    add("s3", "ListObjects", Bucket="bucket-one")
    add("s3", "PutBucketTagging", Bucket="bucket-one", Tagging={"TagSet": [{"Key": "k<", "Value": "v&"}]})
    add("s3", "GetBucketTagging", Bucket="bucket-one")
    add("s3", "PutBucketVersioning", Bucket="bucket-one", VersioningConfiguration={"Status": "Enabled"})
    add("s3", "GetBucketVersioning", Bucket="bucket-one")
    add("s3", "GetBucketLocation", Bucket="bucket-one")
    add("s3", "PutBucketPolicy", Bucket="bucket-one", Policy=POLICY)
    add("s3", "GetBucketPolicy", Bucket="bucket-one")
    add("s3", "GetBucketAcl", Bucket="bucket-one")
    add("s3", "CopyObject", Bucket="bucket-one", Key="copy", CopySource="bucket-one/a folder/b+c=é&?.txt")
    add("s3", "DeleteObjects", Bucket="bucket-one", Delete={"Objects": [{"Key": "copy"}]})
    upload = add("s3", "CreateMultipartUpload", Bucket="bucket-one", Key="big")
    add("s3", "UploadPart", Bucket="bucket-one", Key="big", PartNumber=1, UploadId=ref(upload, "UploadId"), Body=TEXT)
    add("s3", "ListParts", Bucket="bucket-one", Key="big", UploadId=ref(upload, "UploadId"))
    add("s3", "AbortMultipartUpload", Bucket="bucket-one", Key="big", UploadId=ref(upload, "UploadId"))
    add("s3", "DeleteBucket", Bucket="bucket-one")
    add("s3", "HeadBucket", Bucket="bucket-one")
    add("s3", "HeadBucket", Bucket="bucket-none")

    add("iam", "CreateRole", RoleName="role", AssumeRolePolicyDocument=TRUST, Path="/a/")
    add("iam", "GetRole", RoleName="role")
    add("iam", "PutRolePolicy", RoleName="role", PolicyName="p", PolicyDocument=POLICY)
    add("iam", "GetRolePolicy", RoleName="role", PolicyName="p")
    add("iam", "ListRolePolicies", RoleName="role")
    add("iam", "CreateUser", UserName="user", Tags=[{"Key": "a", "Value": "b"}])
    add("iam", "CreateAccessKey", UserName="user")
    add("iam", "GetUser", UserName="nobody")
    add("iam", "CreateRole", RoleName="role", AssumeRolePolicyDocument=TRUST)
    add("sts", "GetCallerIdentity")
    add("sts", "AssumeRole", RoleArn="arn:aws:iam::123456789012:role/a/role", RoleSessionName="session")

    queue = add("sqs", "CreateQueue", QueueName="queue", Attributes={"DelaySeconds": "0"})
    url = ref(queue, "QueueUrl")
    add("sqs", "SendMessage", QueueUrl=url, MessageBody="héllo <&>",
        MessageAttributes={"n": {"DataType": "Number", "StringValue": "1"}})
    add("sqs", "ReceiveMessage", QueueUrl=url, MessageAttributeNames=["All"], AttributeNames=["SenderId"])
    add("sqs", "GetQueueAttributes", QueueUrl=url, AttributeNames=["VisibilityTimeout", "DelaySeconds"])
    add("sqs", "GetQueueUrl", QueueName="none")

    topic = add("sns", "CreateTopic", Name="topic")
    arn = ref(topic, "TopicArn")
    add("sns", "Subscribe", TopicArn=arn, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:123456789012:queue", ReturnSubscriptionArn=True)
    add("sns", "Publish", TopicArn=arn, Message="m & n", Subject="s")
    add("sns", "GetTopicAttributes", TopicArn=arn)
    add("sns", "GetTopicAttributes", TopicArn="arn:aws:sns:us-east-1:123456789012:none")

    keys = [{"AttributeName": "id", "KeyType": "HASH"}]
    kinds = [{"AttributeName": "id", "AttributeType": "S"}]
    add("dynamodb", "CreateTable", TableName="table", KeySchema=keys, AttributeDefinitions=kinds, BillingMode="PAY_PER_REQUEST")
    item = {"id": {"S": "ü"}, "n": {"N": "1.50"}, "b": {"B": TEXT}, "l": {"L": [{"BOOL": True}, {"NULL": True}]}, "s": {"SS": ["a", "b"]}, "m": {"M": {"x": {"S": ""}}}}
    add("dynamodb", "PutItem", TableName="table", Item=item)
    add("dynamodb", "GetItem", TableName="table", Key={"id": {"S": "ü"}})
    add("dynamodb", "Scan", TableName="table")
    add("dynamodb", "PutItem", TableName="table", Item=item, ConditionExpression="attribute_not_exists(id)")
    add("dynamodb", "DescribeTable", TableName="none")

    add("lambda", "CreateFunction", FunctionName="f", Runtime="python3.12", Role="arn:aws:iam::123456789012:role/a/role", Handler="a.b",
        Code={"ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1"}, PackageType="Image", Environment={"Variables": {"A": "b"}})
    add("lambda", "GetFunction", FunctionName="none")
    secret = add("secretsmanager", "CreateSecret", Name="secret", SecretString="s3\"cr\\et")
    add("secretsmanager", "GetSecretValue", SecretId="secret")
    add("secretsmanager", "DescribeSecret", SecretId=ref(secret, "ARN"))
    add("secretsmanager", "GetSecretValue", SecretId="none")
    key = add("kms", "CreateKey", Description="d")
    add("kms", "DescribeKey", KeyId=ref(key, "KeyMetadata", "KeyId"))
    add("kms", "CreateAlias", AliasName="alias/a", TargetKeyId=ref(key, "KeyMetadata", "KeyId"))
    add("kms", "ListAliases")
    add("ssm", "PutParameter", Name="/a/b", Value="v", Type="String")
    add("ssm", "GetParameter", Name="/a/b")
    add("ssm", "GetParametersByPath", Path="/a", Recursive=True)
    add("ssm", "GetParameter", Name="/none")
    add("logs", "CreateLogGroup", logGroupName="group")
    add("logs", "CreateLogStream", logGroupName="group", logStreamName="stream")
    add("logs", "PutLogEvents", logGroupName="group", logStreamName="stream", logEvents=[{"timestamp": 1700000000000, "message": "m"}])
    add("logs", "DescribeLogGroups", logGroupNamePrefix="gr")
    add("logs", "CreateLogGroup", logGroupName="group")
    add("cloudwatch", "PutMetricData", Namespace="N", MetricData=[{"MetricName": "m", "Value": 1.5, "Unit": "Count"}])
    add("cloudwatch", "ListMetrics")
    add("cloudwatch", "PutMetricAlarm", AlarmName="a", ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, MetricName="m", Namespace="N", Period=60, Statistic="Sum", Threshold=0.5)
    add("cloudwatch", "DescribeAlarms")
    zone = add("route53", "CreateHostedZone", Name="example.com", CallerReference="r")
    add("route53", "GetHostedZone", Id=ref(zone, "HostedZone", "Id"))
    add("route53", "ListResourceRecordSets", HostedZoneId=ref(zone, "HostedZone", "Id"))
    add("route53", "ChangeResourceRecordSets", HostedZoneId=ref(zone, "HostedZone", "Id"), ChangeBatch={"Changes": [
        {"Action": "CREATE", "ResourceRecordSet": {"Name": "a.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "1.2.3.4"}]}}]})
    add("ecr", "CreateRepository", repositoryName="repo")
    add("ecr", "DescribeRepositories")
    add("ecs", "CreateCluster", clusterName="c")
    add("ecs", "DescribeClusters", clusters=["c"])
    stream = add("kinesis", "CreateStream", StreamName="s", ShardCount=1)
    add("kinesis", "PutRecord", StreamName="s", Data=TEXT, PartitionKey="k")
    add("kinesis", "DescribeStreamSummary", StreamName="s")
    add("events", "PutRule", Name="r", ScheduleExpression="rate(5 minutes)")
    add("events", "ListRules")
    add("apigateway", "CreateRestApi", name="api")
    add("apigateway", "GetRestApis")
    add("apigatewayv2", "CreateApi", Name="api", ProtocolType="HTTP")
    add("apigatewayv2", "GetApis")
    add("efs", "CreateFileSystem", CreationToken="t")
    add("efs", "DescribeFileSystems")
    add("cloudformation", "ValidateTemplate", TemplateBody='{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}')
    add("elbv2", "CreateTargetGroup", Name="t", Protocol="HTTP", Port=80, VpcId=vpc_id)
    add("elbv2", "DescribeTargetGroups")
    add("rds", "CreateDBSubnetGroup", DBSubnetGroupName="d", DBSubnetGroupDescription="d", SubnetIds=[ref(subnet, "Subnet", "SubnetId")])
    add("rds", "DescribeDBInstances", DBInstanceIdentifier="none")
    add("autoscaling", "CreateLaunchConfiguration", LaunchConfigurationName="l", ImageId="ami-12c6146b", InstanceType="t2.micro")
    add("autoscaling", "DescribeLaunchConfigurations")
    add("cognito-idp", "CreateUserPool", PoolName="p")
    add("stepfunctions", "ListStateMachines")
    add("glue", "CreateDatabase", DatabaseInput={"Name": "d"})
    add("glue", "GetDatabase", Name="d")
    add("athena", "ListWorkGroups")
    add("backup", "CreateBackupVault", BackupVaultName="v")
    add("batch", "DescribeComputeEnvironments")
    add("organizations", "CreateOrganization", FeatureSet="ALL")
    add("ses", "VerifyEmailIdentity", EmailAddress="a@example.com")
    add("ses", "ListIdentities")
    add("sesv2", "ListContactLists")
    add("acm", "RequestCertificate", DomainName="example.com")
    add("acm", "ListCertificates")
    add("eks", "ListClusters")
    add("scheduler", "ListSchedules")
    add("servicediscovery", "CreateHttpNamespace", Name="n")
    add("wafv2", "ListWebACLs", Scope="REGIONAL")
    return calls


READ_SERVICES = """ec2 iam sqs sns dynamodb lambda secretsmanager kms ssm logs cloudwatch route53 ecr
 ecs kinesis events apigateway efs cloudformation elbv2 elb rds autoscaling cognito-identity
 stepfunctions glue athena backup batch organizations ses acm eks scheduler servicediscovery
 codebuild codepipeline config datasync directconnect emr firehose guardduty
 iot opensearch quicksight redshift sagemaker servicecatalog support transfer xray
 elasticache cloudtrail mq neptune""".split()

# Reads whose answers are large, slow, or drawn anew at each call.
PASSED_OVER = {
    "DescribeInstanceTypes", "DescribeInstanceTypeOfferings", "DescribeImages", "ListPolicies",
    "GetPasswordData", "GetAccountAuthorizationDetails", "DescribeSpotPriceHistory",
    "DescribeReservedInstancesOfferings", "ListAWSDefaultServiceQuotas", "DescribeVpcs",
    "DescribeSnapshots", "GetSessionToken", "DescribeFleets", "DescribeOrderableDBInstanceOptions",
    "GetRandomPassword", "GetAuthorizationToken", "DescribeServices", "DescribeCases",
    "GenerateRandom", "GetCredentialReport",
}


def reads(budget):
    """Reads without required parameters: some of each service, in turns, up to a budget."""
    per_service = {}
    for service in READ_SERVICES:
        try:
            model = client(service).meta.service_model
        except botocore.exceptions.UnknownServiceError:
            continue
        names = []
        for name in sorted(model.operation_names):
            shape = model.operation_model(name).input_shape
            if (
                name.startswith(("List", "Describe", "Get"))
                and name not in PASSED_OVER
                and not (shape and shape.required_members)
            ):
                names.append(name)
        per_service[service] = names
    made = 0
    for turn in range(12):
        for service, names in per_service.items():
            if made >= budget:
                return
            if turn >= len(names):
                continue
            result = call(service, names[turn], {})
            if result.get("status", 200) in (404, 405, 500, 501):
                continue
            report(service, names[turn], {}, result)
            made += 1


for service, operation, parameters in flows():
    report(service, operation, parameters, call(service, operation, parameters))
reads(COUNT - len(outputs))
