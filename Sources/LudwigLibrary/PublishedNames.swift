/// The names of the published library, so that one which is right and not built so far is told
/// from one that never was.
package struct PublishedNames: Sendable {
  private let members: [String: Set<String>]
  private let fields: [String: Set<String>]

  /// Reads the table.
  package init() {
    members = Self.read(Self.table)
    fields = Self.read(PublishedFields.table)
  }

  private static func read(_ table: String) -> [String: Set<String>] {
    var members: [String: Set<String>] = [:]
    var module = ""
    for line in table.split(separator: "\n") {
      if line.first == " " {
        members[module, default: []].formUnion(line.split(separator: " ").map(String.init))
      } else {
        module = String(line)
        members[module, default: []] = []
      }
    }
    return members
  }

  /// Whether the published library has a module, or a member of a module.
  ///
  /// The core modules (`Fugue.Core.AWS.EC2`) have the types of those above them. A resource's
  /// module (`Fugue.AWS.EC2.Vpc`) is a member of its service's, and has `new` and `external`.
  ///
  /// - Parameters:
  ///   - module: The module's full name; or a type's full name with `{}` behind it, to ask for
  ///     its fields.
  ///   - member: A value, type, constructor or module in it; nil to ask for the module itself.
  package func contains(module: String, member: String?) -> Bool {
    let module = module.replacing("Fugue.Core.AWS", with: "Fugue.AWS")
    if module.hasSuffix("{}") {
      let type = module.dropLast(2).replacing("Fugue.AWS.", with: "")
      return member.map { fields[String(type)]?.contains($0) == true } ?? false
    }
    guard let member else { return members[module] != nil || parent(of: module) != nil }
    if members[module]?.contains(member) == true { return true }
    return ["new", "external"].contains(member) && parent(of: module) != nil
  }

  /// The module that has this one as a member.
  private func parent(of module: String) -> String? {
    guard let dot = module.lastIndex(of: ".") else { return nil }
    let parent = String(module[..<dot])
    let name = String(module[module.index(after: dot)...])
    return members[parent]?.contains(name) == true ? parent : nil
  }

  /// A module's name at the margin; its members, indented, below it. Source: the published
  /// documentation's list of modules, the names that stand in published programs, and AWS's own
  /// names of that time; not every one of the last kind was ever part of that library.
  private static let table = """
    Ludwig.List
      all and any cartesianProduct concat concatMap cons contains drop dropNones dropWhile
      elementAt empty filter find foldl foldr group head index init intersperse isEmpty last
      length map mapOptional maximum minimum nub or partition product range replicate reverse
      singleton sort sortBy span splitAt sum tail take takeWhile uncons union unique unzip zip
      zip3 zipWith
    Ludwig.String
      chars concat contains drop dropWhile endsWith format fromInt fromFloat getEnv getEnvOrError
      indexOf isEmpty join length lines lower padLeft padRight readFileUtf8 repeat replace reverse
      split startsWith strip substring take takeWhile toInt toFloat trim trimLeft trimRight
      unlines unwords upper words
    Ludwig.Optional
      fromOptional isNone isSome map bind unpack unpackOrError toList filter orElse
    Ludwig.Dictionary
      delete empty filter fold fromList insert isEmpty keys lookup map member size singleton
      toList union unions values
    Ludwig.Int
      abs max min toString fromString toFloat pow even odd
    Ludwig.Float
      abs ceiling floor fromInt max min round toString fromString truncate
    Ludwig.Bool
      and or not toString fromString
    Ludwig.Bytes
      concat fromString length readFile toBase64 fromBase64 toString
    Ludwig.Template
      render renderFile MissBehavior
    Ludwig.Validation
      Validation success failure error and all assert addPrefix fromOptional isSuccess
    Ludwig.NodeStream
      NodeStream Node unsafeGetNodesByTag getNodesByTag filter map nodes toList
    Ludwig.Debug
      trace traceValue
    Ludwig.Random
      randomString randomInt
    Ludwig.Json
      encode decode
    Ludwig.Regex
      match matches replace
    Ludwig.Core
      error
    Fugue.Random
      randomString randomInt
    Fugue.NetAddr
      Cidr IpAddress include fromString toString overlap
    Fugue.NetAddr.Cidr
      fromString toString include overlap
    Fugue.NetAddr.IpAddress
      fromString toString
    Fugue.Core.Vars
      string int bool get lookup
    Fugue.Core.Common
      Tag
    Fugue.System.Policy
      User NamedAccount AllAccounts NamedProcess AllProcesses Root Everyone AllUsers AllPrincipals
      accountTableRules accountRules processRules rbacRules validationTableRules notificationRules
      allAccountActions allAccountTableActions allProcessActions allRbacActions
      allValidationTableActions allNotificationActions
      AccountTableCreate AccountTableList AccountTableUpdate AccountTableDelete AccountCreate
      AccountList AccountListProcesses AccountListProcess AccountRunProcess AccountKillProcess
      AccountUpdateProcess AccountHistoryProcess AccountStatusProcess AccountSuspendProcess
      AccountResumeProcess AccountReleaseProcess AccountPinProcess AccountUnpinProcess
      AccountDiffProcess AccountUpdate AccountDelete AccountValidate
      ProcessRun ProcessKill ProcessUpdate ProcessHistory ProcessStatus ProcessSuspend
      ProcessResume ProcessRelease RbacAttachPolicy RbacDetachPolicy RbacGetPolicy
      RbacListPolicies RbacRotateCredential RbacCreateUser RbacDeleteUser RbacListUsers
      RbacUserCreate RbacUserDelete RbacUserList
      ValidationTableCreate ValidationTableList ValidationTableDelete ValidationTableUpdate
      ValidationTableGet NotificationCreate NotificationList NotificationDelete
      AccountTableAction AccountAction ProcessAction RbacAction ValidationTableAction Principal
      Account Process Rule Policy
    Fugue.System.Notification
      new sns email
    Fugue.AWS
      Region AvailabilityZone Tag tag A B C D E F
      Us-east-1 Us-east-2 Us-west-1 Us-west-2 Us-gov-west-1 Ca-central-1 Sa-east-1 Eu-west-1
      Eu-west-2 Eu-west-3 Eu-central-1 Eu-north-1 Ap-south-1 Ap-northeast-1 Ap-northeast-2
      Ap-northeast-3 Ap-southeast-1 Ap-southeast-2 Cn-north-1 Cn-northwest-1
    Fugue.AWS.Region
      toString fromString
    Fugue.AWS.AvailabilityZone
      toString fromString
    Fugue.AWS.Common
      Region AvailabilityZone Tag tag
    Fugue.AWS.Pattern
      Network
    Fugue.AWS.Pattern.Network
      new public private Network
    Fugue.AWS.EC2
      Vpc Subnet InternetGateway NatGateway VpnGateway VpnConnection CustomerGateway RouteTable
      EgressOnlyInternetGateway Route VpcPeeringConnection PeerVpc PeeringOptions DhcpOptions
      NetworkAcl NetworkAclEntry NetworkInterface SecurityGroup IpPermission Instance ElasticIP
      Volume VolumeAttachment EbsVolume KeyPair Image FlowLog VpcEndpoint PlacementGroup
      LaunchTemplate SpotFleet Snapshot Address PrefixList
      GatewayTarget InstanceTarget NatGatewayTarget VpcPeeringConnectionTarget
      NetworkInterfaceTarget VpnGatewayTarget VpcEndpointTarget
      InstanceType InstanceMonitoring Tenancy Default
      Dedicated Host BlockDeviceMapping EbsBlockDevice
      VolumeType Gp2 Io1 St1 Sc1 Standard Magnetic IcmpTypeCode PortRange IpProtocol TCP UDP ICMP
      AllTraffic AllProtocols RuleAction Allow Deny RouteTarget UserIdGroupPair
      RootDeviceType ShutdownBehavior Stop Terminate Accept Reject All TrafficType
      CloudWatchLogs IpRange
      T1_micro T2_nano T2_micro T2_small T2_medium T2_large T2_xlarge T2_2xlarge
      T2_Nano T2_Micro T2_Small T2_Medium T2_Large
      T3_nano T3_micro T3_small T3_medium T3_large T3_xlarge T3_2xlarge
      M1_small M1_medium M1_large M1_xlarge M2_xlarge M2_2xlarge M2_4xlarge
      M3_medium M3_large M3_xlarge M3_2xlarge M3_Medium M3_Large M3_XLarge M3_2XLarge
      M4_large M4_xlarge M4_2xlarge M4_4xlarge M4_10xlarge M4_16xlarge M4_Large M4_XLarge
      M5_large M5_xlarge M5_2xlarge M5_4xlarge M5_12xlarge M5_24xlarge
      C1_medium C1_xlarge C3_large C3_xlarge C3_2xlarge C3_4xlarge C3_8xlarge C3_Large
      C4_large C4_xlarge C4_2xlarge C4_4xlarge C4_8xlarge C4_Large
      C5_large C5_xlarge C5_2xlarge C5_4xlarge C5_9xlarge C5_18xlarge
      R3_large R3_xlarge R3_2xlarge R3_4xlarge R3_8xlarge R4_large R4_xlarge R4_2xlarge R4_4xlarge
      R4_8xlarge R4_16xlarge I2_xlarge I2_2xlarge I2_4xlarge I2_8xlarge I3_large I3_xlarge
      I3_2xlarge I3_4xlarge D2_xlarge D2_2xlarge D2_4xlarge D2_8xlarge G2_2xlarge G2_8xlarge
      P2_xlarge P2_8xlarge P2_16xlarge X1_16xlarge X1_32xlarge
    Fugue.AWS.EC2.IpPermission
      new tcp udp icmp ssh http https all rdp Target
    Fugue.AWS.EC2.IpPermission.Target
      all ipRange ipRanges securityGroup securityGroups
    Fugue.AWS.EC2.PeerVpc
      managed external unmanaged
    Fugue.AWS.EC2.PeeringOptions
      allowDnsResolution new
    Fugue.AWS.AutoScaling
      AutoScalingGroup LaunchConfiguration ScalingPolicy ScheduledAction LifecycleHook Ec2 Elb
      EC2 ELB Tag tag TerminationPolicy BlockDeviceMapping InstanceMonitoring HealthCheckType
      EnabledMetric Metric NotificationConfiguration AdjustmentType ChangeInCapacity ExactCapacity
      PercentChangeInCapacity StepAdjustment OldestInstance NewestInstance ClosestToNextInstanceHour
      OldestLaunchConfiguration Default
      GroupMinSize GroupMaxSize GroupDesiredCapacity GroupInServiceInstances
      GroupPendingInstances GroupStandbyInstances GroupTerminatingInstances GroupTotalInstances
    Fugue.AWS.ECS
      Cluster Service TaskDefinition ContainerDefinition PortMapping LoadBalancer Volume MountPoint
      DeploymentConfiguration LogConfiguration LogDriver Awslogs JsonFile Syslog Gelf Fluentd
      Journald Splunk KeyValuePair NetworkMode Bridge Host AwsVpc HostVolumeProperties Ulimit
      VolumesFrom HostEntry TransportProtocol TCP UDP Tcp Udp PlacementStrategy PlacementConstraint
    Fugue.AWS.ECS.PortMapping
      tcp udp new
    Fugue.AWS.ECS.LoadBalancer
      classicLoadBalancer applicationLoadBalancer targetGroup
    Fugue.AWS.ECR
      Repository
    Fugue.AWS.ELB
      LoadBalancer Listener HealthCheck Protocol HTTP HTTPS TCP SSL InternetFacing Internal Scheme
      ConnectionDraining AccessLog ConnectionSettings CrossZoneLoadBalancing Policy
      LoadBalancerAttributes StickinessPolicy
    Fugue.AWS.ELB.HealthCheck
      tcp ssl http https new
    Fugue.AWS.ELBv2
      LoadBalancer Listener TargetGroup Rule HealthCheck Protocol HTTP HTTPS TCP InternetFacing
      Internal Scheme Action Condition Matcher TargetDescription Certificate Application Network
    Fugue.AWS.IAM
      Role Policy ManagedPolicy InstanceProfile User Group AccessKey LoginProfile ServerCertificate
      PolicyDocument Statement Allow Deny
    Fugue.AWS.IAM.Policy
      AssumeRole new
    Fugue.AWS.IAM.Policy.AssumeRole
      ec2 lambda ecs ecsTasks autoscaling rds cloudtrail codedeploy config events apigateway
      service vpcFlowLogs
    Fugue.AWS.RDS
      DBInstance DBSubnetGroup DBParameterGroup DBCluster DBClusterParameterGroup OptionGroup
      EventSubscription Engine MySQL Mysql Postgres PostgreSQL MariaDB Aurora Oracle SQLServer
      DBInstanceClass Parameter LicenseModel StorageType Gp2 Io1 Standard
      Db_t2_micro Db_t2_small Db_t2_medium Db_m3_medium Db_m3_large Db_m4_large Db_r3_large
    Fugue.AWS.S3
      Bucket BucketPolicy Object Versioning Enabled Suspended CannedAcl Private PublicRead
      AuthenticatedRead LogDeliveryWrite LifecycleRule LifecycleConfiguration LoggingEnabled
      WebsiteConfiguration CORSRule NotificationConfiguration Encryption ServerSideEncryption AES256
      AwsKms ReplicationConfiguration Tag BucketLogging
    Fugue.AWS.SNS
      Topic Subscription TopicPolicy Protocol Email EmailJson Sms Http Https Sqs Application Lambda
    Fugue.AWS.SQS
      Queue QueuePolicy RedrivePolicy
    Fugue.AWS.DynamoDB
      Table AttributeDefinition KeySchemaElement
      KeySchema ProvisionedThroughput GlobalSecondaryIndex
      LocalSecondaryIndex Projection StreamSpecification StreamViewType Hash Range HASH RANGE S N B
      String Number Binary KeysOnly Include All
    Fugue.AWS.DynamoDB.KeySchema
      hash range
    Fugue.AWS.Lambda
      Function Permission EventSourceMapping Alias Version Code VpcConfig Runtime Environment
      Nodejs Nodejs4_3 Nodejs6_10 Nodejs8_10 Java8 Python2_7 Python3_6 Python3_7 Dotnetcore1_0
      Dotnetcore2_0 Go1_x
      DeadLetterConfig TracingConfig StartingPosition Latest TrimHorizon
    Fugue.AWS.Lambda.Code
      fromZipFile fromS3 fromString
    Fugue.AWS.Route53
      HostedZone ResourceRecordSet HealthCheck RecordType AliasTarget A AAAA CNAME MX NS PTR SOA SPF
      SRV TXT
    Fugue.AWS.Route53.ResourceRecordSet
      A AAAA CNAME MX NS PTR SOA SPF SRV TXT Alias
    Fugue.AWS.CloudWatch
      Alarm Dashboard Metric Dimension Statistic Average Sum Minimum Maximum SampleCount
      ComparisonOperator GreaterThanThreshold GreaterThanOrEqualToThreshold LessThanThreshold
      LessThanOrEqualToThreshold Unit Seconds Bytes Percent Count None
    Fugue.AWS.CloudWatchLogs
      LogGroup LogStream MetricFilter SubscriptionFilter
    Fugue.AWS.CloudWatchEvents
      Rule Target
    Fugue.AWS.CloudTrail
      Trail
    Fugue.AWS.CloudFront
      Distribution Origin CacheBehavior OriginAccessIdentity ViewerCertificate Logging
      DefaultCacheBehavior ForwardedValues CustomErrorResponse PriceClass GeoRestriction
    Fugue.AWS.CodeDeploy
      Application DeploymentGroup
    Fugue.AWS.Config
      ConfigurationRecorder DeliveryChannel Rule
    Fugue.AWS.EFS
      FileSystem MountTarget
    Fugue.AWS.ElastiCache
      CacheCluster ReplicationGroup SubnetGroup CacheSubnetGroup ParameterGroup CacheParameterGroup
      Engine Redis Memcached
    Fugue.AWS.Elasticsearch
      Domain
    Fugue.AWS.KMS
      Key Alias Grant KeyPolicy
    Fugue.AWS.Kinesis
      Stream
    Fugue.AWS.Redshift
      Cluster SubnetGroup ParameterGroup
    Fugue.AWS.APIGateway
      RestApi Resource Method Deployment Stage
    Fugue.AWS.WAF
      WebACL Rule IPSet
    Fugue.AWS.SES
      Identity
    Fugue.AWS.SecretsManager
      Secret
    """
}
