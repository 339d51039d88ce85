import AWSCloud
import AWSWire
import CloudModel
import Synchronization
import Testing

@Suite struct CredentialChainTests {
  private func world(_ change: (inout ActedWorld.Script) -> Void) -> ActedWorld {
    var script = ActedWorld.Script()
    change(&script)
    return ActedWorld(script)
  }

  private let keys = "aws_access_key_id=AK\naws_secret_access_key=SK\n"

  @Test func `the environment comes first, but not where a profile was named`() async throws {
    let world = world {
      $0.environment = [
        "AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "x", "AWS_SESSION_TOKEN": "tok",
      ]
      $0.files["/home/u/.aws/credentials"] = "[default]\n\(keys)[dev]\n\(keys)"
    }
    let found = try await world.resolve()
    #expect(found.credentials.accessKeyID == "ENV" && found.credentials.sessionToken == "tok")
    #expect(await world.outcome(profile: "dev") == "AK")
    world.script.withLock { $0.environment["AWS_SECRET_ACCESS_KEY"] = nil }
    #expect(await world.outcome().contains("AWS_SECRET_ACCESS_KEY is not"))
  }

  @Test func `profiles are found in both files, wherever those are`() async throws {
    let world = world {
      $0.environment = [
        "AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/s", "AWS_PROFILE": "two words",
      ]
      $0.files["/home/u/c"] = """
        # a comment
        [profile "two words"]
        region = eu-west-3   # of mine
          s3 =
            addressing_style = path
        aws_access_key_id=OLD
        [default]
        region=us-east-1
        """
      $0.files["/s"] = "[two words]\naws_access_key_id = NEW\naws_secret_access_key= a b \n"
    }
    let found = try await world.resolve()
    #expect(found.credentials.accessKeyID == "NEW")
    #expect(found.credentials.secretAccessKey == "a b")
    let settings = try CloudSettings.resolve(
      world.surroundings, SharedConfiguration(world.surroundings), services: [])
    #expect(settings.region == "eu-west-3")
    #expect(await world.outcome(profile: "dve").contains("There are: default, two words."))
  }

  @Test func `roles are assumed by a profile's keys, by other roles and by the environment`()
    async throws
  {
    let world = world {
      $0.environment = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "x"]
      $0.files["/home/u/.aws/config"] = """
        [profile base]
        \(keys)
        [profile one]
        role_arn=arn:one
        source_profile=base
        external_id=ext
        duration_seconds=900
        role_session_name=me
        region=ap-south-1
        [profile two]
        role_arn=arn:two
        source_profile=one
        [profile three]
        role_arn=arn:three
        credential_source=Environment
        [profile self]
        role_arn=arn:self
        source_profile=self
        \(keys)
        """
      for role in ["one", "two", "three", "self"] {
        $0.calls["arn:\(role)"] = ActedWorld.role("ROLE-\(role)")
      }
    }
    let found = try await world.resolve(profile: "two")
    #expect(found.credentials.accessKeyID == "ROLE-two")
    #expect(found.expiry?.stamp == "20270115T090000Z")
    let called = world.script.withLock { $0.called }
    #expect(called.map(\.key) == ["AK", "ROLE-one"])
    #expect(called.map(\.region) == ["ap-south-1", "eu-west-1"])
    #expect(called[0].call.parameters["ExternalId"] == "ext")
    #expect(called[0].call.parameters["DurationSeconds"] == 900)
    #expect(called[0].call.parameters["RoleSessionName"] == "me")
    #expect(await world.outcome(profile: "three") == "ROLE-three")
    #expect(world.script.withLock { $0.called.last?.key } == "ENV")
    #expect(await world.outcome(profile: "self") == "ROLE-self")
  }

  @Test func `what is wrong with a role's profile is said`() async throws {
    let world = world {
      $0.files["/home/u/.aws/config"] = """
        [profile mfa]
        role_arn=arn:x
        mfa_serial=arn:aws:iam::1:mfa/me
        source_profile=base
        [profile both]
        role_arn=arn:x
        source_profile=base
        credential_source=Environment
        [profile none]
        role_arn=arn:x
        [profile lost]
        role_arn=arn:x
        source_profile=nowhere
        [profile a]
        role_arn=arn:a
        source_profile=b
        [profile b]
        role_arn=arn:b
        source_profile=a
        [profile odd]
        role_arn=arn:x
        credential_source=Magic
        [profile long]
        role_arn=arn:x
        source_profile=base
        duration_seconds=1d
        [profile denied]
        role_arn=arn:denied
        source_profile=base
        [profile base]
        \(keys)
        [profile half]
        aws_access_key_id=AK
        """
    }
    let words = [
      "mfa": "code of the device arn:aws:iam::1:mfa/me", "both": "only one can count",
      "none": "neither source_profile nor credential_source",
      "lost": "'nowhere', which is not there",
      "a": "each other's source_profile", "odd": "there are Environment, EcsContainer",
      "long": "not a number from 900", "denied": "AccessDenied",
      "half": "no aws_secret_access_key",
    ]
    for (profile, words) in words {
      let said = await world.outcome(profile: profile)
      #expect(said.contains(words), "\(profile): \(said)")
    }
  }

  @Test func `a web identity is exchanged for its role, without a signature`() async throws {
    let world = world {
      $0.environment = [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:web",
        "AWS_ROLE_SESSION_NAME": "pod",
      ]
      $0.files["/token"] = "jwt\n"
      $0.calls["arn:web"] = ActedWorld.role("WEB")
    }
    #expect(await world.outcome() == "WEB")
    let call = world.script.withLock { $0.called[0] }
    #expect(call.key == nil && call.call.operation == "AssumeRoleWithWebIdentity")
    #expect(call.call.parameters["WebIdentityToken"] == "jwt")
    world.script.withLock { $0.environment["AWS_ROLE_ARN"] = nil }
    #expect(await world.outcome().contains("no role"))
    world.script.withLock { $0.files["/token"] = nil }
    world.script.withLock { $0.environment["AWS_ROLE_ARN"] = "arn:web" }
    #expect(await world.outcome().contains("cannot be read"))
  }

  @Test func `programs give credentials, and their words are those of a shell`() async throws {
    let world = world {
      $0.files["/home/u/.aws/config"] = """
        [profile good]
        credential_process = "/opt/my tool" --account 'a b' c\\ d ""
        [profile old]
        credential_process = old
        [profile over]
        credential_process = over
        [profile text]
        credential_process = text
        [profile open]
        credential_process = "open
        """
      $0.programs["/opt/my tool|--account|a b|c d|"] =
        #"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","SessionToken":"t","Expiration":"2030-01-01T00:00:00+00:00"}"#
      $0.programs["old"] = #"{"Version":2,"AccessKeyId":"P","SecretAccessKey":"s"}"#
      $0.programs["over"] =
        #"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}"#
      $0.programs["text"] = "please log in"
    }
    let found = try await world.resolve(profile: "good")
    #expect(found.credentials.accessKeyID == "P" && found.expiry?.stamp == "20300101T000000Z")
    #expect(await world.outcome(profile: "old").contains("printed Version 2"))
    #expect(await world.outcome(profile: "over").contains("ended at"))
    #expect(await world.outcome(profile: "text").contains("printed no JSON"))
    #expect(await world.outcome(profile: "open").contains("quote that is not closed"))
  }

  @Test func `containers' agents are asked with their token, and only where they may be`()
    async throws
  {
    let reply =
      #"{"AccessKeyId":"C","SecretAccessKey":"s","Token":"t","Expiration":"2027-02-01T00:00:00Z"}"#
    let world = world {
      $0.environment = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/x?id=1"]
      $0.answers["GET http://169.254.170.2/v2/credentials/x?id=1"] = (200, reply)
      $0.answers["GET http://169.254.170.23/v1/credentials"] = (200, reply)
      $0.files["/var/token"] = "secret-token"
    }
    let found = try await world.resolve()
    #expect(found.credentials.accessKeyID == "C" && found.credentials.sessionToken == "t")
    world.script.withLock {
      $0.environment = [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/var/token",
      ]
    }
    #expect(await world.outcome() == "C")
    let last = world.script.withLock { $0.requests.last }
    #expect(last?.request.headers.value(ofHeader: "Authorization") == "secret-token")
    world.script.withLock { $0.files["/var/token"] = "a\r\nX: y" }
    #expect(await world.outcome().contains("line break"))
    world.script.withLock {
      $0.environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://evil.example/c"]
    }
    #expect(await world.outcome().contains("neither https nor"))
    world.script.withLock {
      $0.environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost:1/c"]
    }
    #expect(await world.outcome().contains("nobody is there"))
  }

  @Test func `an instance's role is read with a token, and never without unless allowed`()
    async throws
  {
    let base = "http://169.254.169.254/latest"
    let folder = "\(base)/meta-data/iam/security-credentials/"
    let world = world {
      $0.answers["PUT \(base)/api/token"] = (200, "TOKEN")
      $0.answers["GET \(folder)"] = (200, "my-role\n")
      $0.answers["GET \(folder)my-role"] = (
        200,
        #"{"Code":"Success","AccessKeyId":"I","SecretAccessKey":"s","Token":"t","Expiration":"2027-02-01T00:00:00Z"}"#
      )
    }
    #expect(await world.outcome() == "I")
    let sent = world.script.withLock { $0.requests }
    #expect(sent.map(\.request.method) == ["PUT", "GET", "GET"])
    #expect(
      sent[0].request.headers.value(ofHeader: "x-aws-ec2-metadata-token-ttl-seconds") == "21600")
    for message in sent[1...] {
      #expect(message.request.headers.value(ofHeader: "x-aws-ec2-metadata-token") == "TOKEN")
    }
    world.script.withLock { $0.answers["PUT \(base)/api/token"] = (404, "") }
    #expect(await world.outcome().contains("there are no AWS credentials"))
    world.script.withLock { $0.environment["AWS_EC2_METADATA_V1_DISABLED"] = "false" }
    #expect(await world.outcome() == "I")
    world.script.withLock { $0.answers["GET \(folder)"] = (200, "../../etc\u{0}") }
    #expect(await world.outcome().contains("cannot be one"))
    world.script.withLock { $0.environment["AWS_EC2_METADATA_DISABLED"] = "true" }
    let before = world.script.withLock { $0.requests.count }
    #expect(await world.outcome().contains("there are no AWS credentials"))
    #expect(world.script.withLock { $0.requests.count } == before)
  }

  @Test func `SSO's cached token is exchanged for a role, in both forms`() async throws {
    // The names of the files are the SHA-1 of `corp` and of the address, as the CLI has them.
    let session = "/home/u/.aws/sso/cache/\(sha1Hex(of: Array("corp".utf8))).json"
    let legacy =
      "/home/u/.aws/sso/cache/\(sha1Hex(of: Array("https://x.awsapps.com/start".utf8))).json"
    let portal =
      "https://portal.sso.eu-north-1.amazonaws.com/federation/credentials?role_name=R&account_id=1"
    let world = world {
      $0.files["/home/u/.aws/config"] = """
        [sso-session corp]
        sso_region = eu-north-1
        sso_start_url = https://x.awsapps.com/start
        [profile new]
        sso_session = corp
        sso_account_id = 1
        sso_role_name = R
        [profile old]
        sso_start_url = https://x.awsapps.com/start
        sso_region = eu-north-1
        sso_account_id = 1
        sso_role_name = R
        [profile split]
        sso_session = corp
        sso_region = us-east-1
        sso_account_id = 1
        sso_role_name = R
        [profile less]
        sso_session = corp
        sso_account_id = 1
        """
      $0.files[session] =
        #"{"accessToken":"A1","expiresAt":"2027-02-01T00:00:00Z","clientId":"i","clientSecret":"c","refreshToken":"r1","registrationExpiresAt":"2028-01-01T00:00:00Z"}"#
      $0.files[legacy] = #"{"accessToken":"A2","expiresAt":"2027-02-01T00:00:00UTC"}"#
      $0.answers["GET \(portal)"] = (
        200,
        #"{"roleCredentials":{"accessKeyId":"S","secretAccessKey":"s","sessionToken":"t","expiration":1800003600000}}"#
      )
      $0.answers["POST https://oidc.eu-north-1.amazonaws.com/token"] = (
        200, #"{"accessToken":"A3","expiresIn":3600,"refreshToken":"r2"}"#
      )
    }
    for (profile, token) in [("new", "A1"), ("old", "A2")] {
      let found = try await world.resolve(profile: profile)
      #expect(found.credentials.accessKeyID == "S")
      #expect(found.expiry?.secondsSince1970 == 1_800_003_600)
      let last = world.script.withLock { $0.requests.last }
      #expect(last?.request.headers.value(ofHeader: "x-amz-sso_bearer_token") == token)
    }
    #expect(await world.outcome(profile: "split").contains("in the sso-session 'corp'"))
    #expect(await world.outcome(profile: "less").contains("lacks sso_role_name"))
    // Later the tokens are over: one is renewed and written back, the other is not.
    world.script.withLock {
      $0.now = SigningMoment(secondsSince1970: 1_802_000_000)
    }
    #expect(await world.outcome(profile: "new") == "S")
    let file = world.script.withLock { $0.files[session] } ?? ""
    #expect(file.contains("\"A3\"") && file.contains("\"r2\"") && file.contains("2027-02-07T"))
    #expect(await world.outcome(profile: "old").contains("aws sso login --profile old"))
    world.script.withLock { $0.files[session] = nil }
    #expect(await world.outcome(profile: "new").contains("aws sso login --sso-session corp"))
  }

  @Test func `the cache's file has the name that the CLI gives it`() {
    #expect(sha1Hex(of: Array("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
  }

  @Test func `no bytes in the shared files do any harm`() async {
    for text in [
      "", "[", "[]", "=", "[profile]\n=\n", "\u{0}\u{FF}", "[default\naws_access_key_id",
      "  x = 1\n[default]\n  y = 2\n z", "[profile default]\nrole_arn=\nsource_profile=default",
    ] {
      let world = world {
        $0.files["/home/u/.aws/config"] = text
        $0.environment["AWS_EC2_METADATA_DISABLED"] = "true"
      }
      #expect(!(await world.outcome()).isEmpty)
    }
  }
}
