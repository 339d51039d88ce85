import AWSCatalog
import AWSCloud
import AWSWire
import Canon
import Foundation
import NIOCore
import NIOPosix

/// moto's server as a process of its own, for as long as a test runs.
final class MotoServer: Sendable {
  private let process: Process
  private let program: String
  private let port: Int
  private let transport = AsyncHTTPTransport()

  private init(_ process: Process, _ program: String, port: Int) {
    self.process = process
    self.program = program
    self.port = port
  }

  /// Starts a server; nil where moto is not to be had in the version that is pinned.
  static func start() async throws -> MotoServer? {
    let check =
      "import moto, boto3; assert moto.__version__ == '5.2.1' and boto3.__version__ == '1.43.11'"
    guard let program = try PythonPeer.program(check) else { return nil }
    let port = try await freePort()
    let script = peer("moto-server.py")
    let process = PythonPeer.process(program, [script, "\(port)"])
    try process.run()
    let server = MotoServer(process, program, port: port)
    for _ in 0..<600 {
      if try await server.isThere() { return server }
      try await Task.sleep(for: .milliseconds(100))
    }
    server.stop()
    throw HTTPFailure.notSent("moto did not come up within a minute")
  }

  /// Ends it.
  func stop() {
    // A child of a worker thread has its signals blocked, all but this.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Forgets all that was made.
  func reset() async throws {
    _ = try await transport.exchange(message("POST", "/moto-api/reset"))
  }

  /// A client of ours.
  func client(_ retries: RetryPolicy = RetryPolicy()) -> CloudClient {
    let clock = ClientClock.machine
    let keeper = CredentialKeeper(now: clock.now) {
      ResolvedCredentials(
        credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
        source: "test")
    }
    let settings = CloudSettings(
      region: "us-east-1",
      endpoint: Origin(isSecure: false, host: "127.0.0.1", port: port), retries: retries)
    return CloudClient(
      catalog: Catalog(), settings: settings, credentials: keeper, transport: transport,
      clock: clock)
  }

  /// Makes the fixed calls by boto3; what it says of each, a line each.
  func boto3Calls(_ count: Int) async throws -> [JSON] { try lines("moto-peer.py", ["\(count)"]) }

  /// Makes calls that are drawn from a seed; what boto3 says of each, a line each.
  func randomCalls(seed: String, _ count: Int) async throws -> [JSON] {
    try lines("random-calls.py", [seed, "\(count)"])
  }

  /// Seeds its chance with the number of a random call, as whoever made that call first did.
  func seed(_ number: Int) async throws {
    var message = message("POST", "/moto-api/seed")
    message.request.query = [WireField("a", "\(number)")]
    _ = try await transport.exchange(message)
  }

  private func lines(_ script: String, _ arguments: [String]) throws -> [JSON] {
    let path = Self.peer(script)
    let output = FileManager.default.temporaryDirectory.appending(path: "boto3-\(UUID())")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = PythonPeer.process(program, [path, "\(port)"] + arguments)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return [] }
    return try String(decoding: Data(contentsOf: output), as: UTF8.self)
      .split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  private static func peer(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Peers/\(name)")
      .path()
  }

  private func isThere() async throws -> Bool {
    do throws(HTTPFailure) {
      return try await transport.exchange(message("GET", "/moto-api/")).status == 200
    } catch { return false }
  }

  private func message(_ method: String, _ path: String) -> HTTPMessage {
    HTTPMessage(
      origin: Origin(isSecure: false, host: "127.0.0.1", port: port),
      request: WireRequest(
        method: method, path: path, headers: [WireField("Host", "127.0.0.1:\(port)")]),
      totalMilliseconds: 5_000)
  }

  private static func freePort() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    try await channel.close().get()
    return port
  }
}
