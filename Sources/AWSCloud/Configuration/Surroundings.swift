package import AWSWire
package import CloudModel

/// What the logic of credentials and settings sees of the world: environment, files, a clock,
/// plain HTTP, programs, and calls to STS. All of it is given, so that it can be acted.
package struct Surroundings: Sendable {
  /// An environment variable; nil where it is not set.
  package var environment: @Sendable (_ name: String) -> String?
  /// A file's bytes; nil where it cannot be read.
  package var readFile: @Sendable (_ path: String) -> [UInt8]?
  /// Replaces a file at once, readable by its owner alone; whether it was done.
  package var writeFile: @Sendable (_ path: String, _ bytes: [UInt8]) -> Bool
  /// The user's folder.
  package var homeFolder: String
  /// The time.
  package var now: @Sendable () -> SigningMoment
  /// Plain HTTP, once.
  package var transport: any HTTPTransport
  /// Runs a program by its words and gives what it prints.
  package var run: @Sendable (_ words: [String]) async throws(CredentialFailure) -> [UInt8]
  /// Makes a call of STS with given credentials, or unsigned, and gives its output.
  package var call:
    @Sendable (_ call: Call, _ credentials: AWSCredentials?, _ region: String)
      async throws(CredentialFailure) -> Value

  /// Makes surroundings.
  package init(
    environment: @escaping @Sendable (String) -> String?,
    readFile: @escaping @Sendable (String) -> [UInt8]?,
    writeFile: @escaping @Sendable (String, [UInt8]) -> Bool,
    homeFolder: String, now: @escaping @Sendable () -> SigningMoment,
    transport: any HTTPTransport,
    run: @escaping @Sendable ([String]) async throws(CredentialFailure) -> [UInt8],
    call:
      @escaping @Sendable (Call, AWSCredentials?, String) async throws(CredentialFailure) -> Value
  ) {
    self.environment = environment
    self.readFile = readFile
    self.writeFile = writeFile
    self.homeFolder = homeFolder
    self.now = now
    self.transport = transport
    self.run = run
    self.call = call
  }

  /// An environment variable that is set and not empty.
  package func variable(_ name: String) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A path with `~` at its front replaced.
  package func expanded(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? homeFolder + path.dropFirst() : path
  }
}
