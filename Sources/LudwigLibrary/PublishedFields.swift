/// The fields of the published library's resources, so that one which is right and not built so
/// far is told from a misspelt one.
///
/// Source: the parameters that AWS's own calls of 2018 take, after which the published library
/// named its fields.
enum PublishedFields {
  /// A type at the margin, with its service; its fields, indented, below it.
  static let table = """
    EC2.Vpc
      cidrBlock region instanceTenancy enableDnsSupport enableDnsHostnames dhcpOptions tags
      resourceId enableClassicLink enableClassicLinkDnsSupport amazonProvidedIpv6CidrBlock isDefault
    EC2.Subnet
      vpc cidrBlock availabilityZone defaultForAz mapPublicIpOnLaunch tags resourceId
      ipv6CidrBlock assignIpv6AddressOnCreation
    EC2.InternetGateway
      vpc tags resourceId
    EC2.NatGateway
      subnet elasticIP eip allocation tags resourceId
    EC2.RouteTable
      vpc routes associations propagatingVgws propagatingVpnGateways tags resourceId main
    EC2.Route
      destinationCidrBlock destinationIpv6CidrBlock target
    EC2.SecurityGroup
      vpc groupName name description ipPermissions ipPermissionsEgress tags resourceId region
    EC2.IpPermission
      ipProtocol fromPort toPort ipRanges securityGroups prefixListIds ipv6Ranges userIdGroupPairs
    EC2.Instance
      instanceType subnet image keyName securityGroups monitoring privateIpAddress userData
      iamInstanceProfile sourceDestCheck tags resourceId placement tenancy ebsOptimized
      disableApiTermination instanceInitiatedShutdownBehavior blockDeviceMappings kernel ramdisk
      networkInterfaces associatePublicIpAddress affinity host region
    EC2.NetworkAcl
      vpc entries associations tags resourceId isDefault
    EC2.NetworkAclEntry
      ruleNumber protocol ruleAction cidrBlock egress icmpTypeCode portRange ipv6CidrBlock
    EC2.ElasticIP
      domain region instance networkInterface privateIpAddress tags resourceId
    EC2.Volume
      availabilityZone region size volumeType iops encrypted kmsKey snapshot tags attachments
      resourceId attachment deviceName
    EC2.DhcpOptions
      region domainName domainNameServers ntpServers netbiosNameServers netbiosNodeType tags
      resourceId
    EC2.VpcPeeringConnection
      vpc peerVpc accepterPeeringOptions requesterPeeringOptions peerOwnerId peerRegion tags
      resourceId
    EC2.NetworkInterface
      subnet description privateIpAddress privateIpAddresses securityGroups sourceDestCheck tags
      secondaryPrivateIpAddressCount attachment resourceId
    S3.Bucket
      name region acl policy versioning versioningConfiguration tags websiteConfiguration
      loggingConfiguration logging lifecycleConfiguration corsConfiguration replicationConfiguration
      notificationConfiguration requestPaymentConfiguration accelerateConfiguration encryption
      serverSideEncryptionConfiguration resourceId grants lifecycle cors website accessControlPolicy
    IAM.Role
      roleName name assumeRolePolicyDocument managedPolicies rolePolicies path description
      maxSessionDuration permissionsBoundary resourceId tags
    IAM.Policy
      policyName policyDocument path description
    IAM.InstanceProfile
      instanceProfileName roles path resourceId
    SQS.Queue
      name queueName region delaySeconds maximumMessageSize messageRetentionPeriod policy
      receiveMessageWaitTimeSeconds visibilityTimeout redrivePolicy fifoQueue
      contentBasedDeduplication kmsMasterKey kmsMasterKeyId kmsDataKeyReusePeriodSeconds resourceId
    SNS.Topic
      name region displayName policy deliveryPolicy subscriptions resourceId
    AutoScaling.AutoScalingGroup
      name launchConfiguration subnets loadBalancers minSize maxSize desiredCapacity defaultCooldown
      healthCheckType healthCheckGracePeriod enabledMetrics tags terminationPolicies
      availabilityZones placementGroup targetGroups newInstancesProtectedFromScaleIn
      scalingPolicies notificationConfigurations lifecycleHooks instance resourceId
      suspendedProcesses scheduledActions
    AutoScaling.LaunchConfiguration
      name image securityGroups instanceType keyName iamInstanceProfile userData instanceMonitoring
      associatePublicIpAddress blockDeviceMappings ebsOptimized kernel ramdisk placementTenancy
      spotPrice classicLinkVpc resourceId
    ELB.LoadBalancer
      loadBalancerName subnets healthCheck securityGroups scheme crossZone listeners instances tags
      accessLog connectionDraining connectionSettings availabilityZones policies idleTimeout
      additionalAttributes resourceId
    ELBv2.LoadBalancer
      name subnets securityGroups scheme tags attributes ipAddressType type idleTimeout accessLogs
      deletionProtection resourceId
    ELBv2.TargetGroup
      name port protocol vpc healthCheck matcher tags targets targetType stickiness
      deregistrationDelay resourceId
    ECS.Cluster
      name region resourceId
    ECS.Service
      name cluster taskDefinition numDesired role loadBalancer loadBalancers deploymentConfiguration
      placementConstraints placementStrategy launchType networkConfiguration
      healthCheckGracePeriodSeconds schedulingStrategy resourceId
    ECS.TaskDefinition
      family containerDefinitions volumes role region networkMode placementConstraints
      requiresCompatibilities cpu memory executionRole resourceId
    ECS.ContainerDefinition
      name image memory memoryReservation portMappings cpu essential environment logConfiguration
      command entryPoint mountPoints volumesFrom links hostname user workingDirectory
      disableNetworking privileged readonlyRootFilesystem dnsServers dnsSearchDomains extraHosts
      dockerSecurityOptions dockerLabels ulimits linuxParameters healthCheck
    Lambda.Function
      functionName runtime role handler code region description timeout memorySize publish vpcConfig
      environment deadLetterConfig kmsKey tracingConfig tags layers permissions resourceId
    DynamoDB.Table
      name attributes schema provisionedThroughput globalSecondaryIndexes
      localSecondaryIndexes streamSpecification streamViewType sseSpecification timeToLive tags
      region resourceId
    RDS.DBInstance
      dbInstanceIdentifier dbInstanceClass engine masterUsername masterUserPassword dbName
      allocatedStorage storageType vpcSecurityGroups securityGroups dbSubnetGroup multiAZ
      publiclyAccessible backupRetentionPeriod preferredBackupWindow preferredMaintenanceWindow
      dbParameterGroup optionGroup engineVersion autoMinorVersionUpgrade licenseModel iops port
      characterSetName tags storageEncrypted kmsKey domain copyTagsToSnapshot monitoringInterval
      monitoringRole promotionTier timezone availabilityZone enableIAMDatabaseAuthentication
      enablePerformanceInsights tdeCredentialArn finalSnapshot skipFinalSnapshot region resourceId
      allowMajorVersionUpgrade cloudwatchLogsExports sourceDBInstance
    RDS.DBSubnetGroup
      name description subnets tags resourceId
    Route53.HostedZone
      name comment vpc vpcs delegationSet tags privateZone region resourceId
    Route53.ResourceRecordSet
      hostedZone name type ttl resourceRecords aliasTarget weight setIdentifier region failover
      geoLocation healthCheck multiValueAnswer resourceId trafficPolicyInstance
    CloudFront.Distribution
      aliases comment enabled defaultRootObject origins defaultCacheBehavior cacheBehaviors
      customErrorResponses logging priceClass viewerCertificate restrictions webACL httpVersion
      isIPV6Enabled tags originGroups resourceId
    CloudWatch.Alarm
      alarmName region metricName namespace statistic extendedStatistic period evaluationPeriods
      threshold comparisonOperator actionsEnabled alarmActions okActions insufficientDataActions
      alarmDescription dimensions unit treatMissingData datapointsToAlarm resourceId
    KMS.Key
      description region keyPolicy policy enabled enableKeyRotation rotation origin keyUsage tags
      aliases resourceId
    ElastiCache.CacheCluster
      cacheClusterId engine engineVersion cacheNodeType numCacheNodes region cacheSubnetGroup
      securityGroups cacheParameterGroup port preferredMaintenanceWindow snapshotRetentionLimit
      snapshotWindow autoMinorVersionUpgrade azMode preferredAvailabilityZone
      preferredAvailabilityZones notificationTopic tags replicationGroup snapshotArns snapshotName
      authToken resourceId
    """
}
