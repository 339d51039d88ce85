import AWSCloud
import AWSWire
import Canon
import CloudModel
import Synchronization

/// A world that is acted: environment, files, servers, programs, STS and clock are given, and what
/// was asked for is kept.
final class ActedWorld: Sendable, HTTPTransport {
  struct Script: Sendable {
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var now = SigningMoment(secondsSince1970: 1_800_000_000)
    /// Answers by `METHOD url`; what has none refuses the connection.
    var answers: [String: (status: Int, body: String)] = [:]
    var programs: [String: String] = [:]
    var calls: [String: Value] = [:]
    var requests: [HTTPMessage] = []
    var called: [(call: Call, key: String?, region: String)] = []
  }

  let script: Mutex<Script>

  init(_ script: Script) { self.script = Mutex(script) }

  func exchange(_ message: HTTPMessage) async throws(HTTPFailure) -> WireResponse {
    let answer = script.withLock { script in
      script.requests.append(message)
      return script.answers["\(message.request.method) \(message.origin)\(message.request.target)"]
    }
    guard let answer else { throw .notSent("nobody is there") }
    return WireResponse(status: answer.status, body: Array(answer.body.utf8))
  }

  var surroundings: Surroundings {
    Surroundings(
      environment: { name in self.script.withLock { $0.environment[name] } },
      readFile: { path in self.script.withLock { $0.files[path].map { Array($0.utf8) } } },
      writeFile: { path, bytes in
        self.script.withLock { $0.files[path] = String(decoding: bytes, as: UTF8.self) }
        return true
      },
      homeFolder: "/home/u", now: { self.script.withLock { $0.now } }, transport: self,
      run: { words async throws(CredentialFailure) in
        guard
          let output = self.script.withLock({ $0.programs[words.joined(separator: "|")] })
        else { throw .source("no program \(words)") }
        return Array(output.utf8)
      },
      call: { call, credentials, region async throws(CredentialFailure) in
        let reply = self.script.withLock { script in
          script.called.append((call, credentials?.accessKeyID, region))
          return script.calls[call.parameters["RoleArn"].text ?? ""]
        }
        guard let reply else { throw .source("AccessDenied") }
        return reply
      })
  }

  func resolve(profile: String? = nil) async throws(CredentialFailure) -> ResolvedCredentials {
    try await CredentialChain(
      surroundings, configuration: SharedConfiguration(surroundings), profile: profile,
      region: "eu-west-1"
    ).resolve()
  }

  /// What the chain gives, or says.
  func outcome(profile: String? = nil) async -> String {
    do throws(CredentialFailure) {
      return try await resolve(profile: profile).credentials.accessKeyID
    } catch { return error.description }
  }

  static func role(_ key: String) -> Value {
    [
      "Credentials": [
        "AccessKeyId": .string(key), "SecretAccessKey": "s", "SessionToken": "t",
        "Expiration": "2027-01-15T09:00:00Z",
      ]
    ]
  }
}
