package import AWSWire
package import CloudModel
import Foundation
import Synchronization

extension Surroundings {
  /// The machine's own environment, files, clock and programs.
  ///
  /// - Parameter call: Makes a call of STS.
  package static func machine(
    transport: any HTTPTransport,
    call:
      @escaping @Sendable (Call, AWSCredentials?, String) async throws(CredentialFailure) -> Value
  ) -> Surroundings {
    Surroundings(
      environment: { ProcessInfo.processInfo.environment[$0] },
      readFile: { FileManager.default.contents(atPath: $0).map { Array($0) } },
      writeFile: { replace($0, $1) },
      homeFolder: ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory(),
      now: { SigningMoment(secondsSince1970: Int64(Date().timeIntervalSince1970)) },
      transport: transport, run: { words async throws(CredentialFailure) in try await run(words) },
      call: call)
  }

  private static func replace(_ path: String, _ bytes: [UInt8]) -> Bool {
    let temporary = "\(path).\(UUID().uuidString)"
    let made = FileManager.default.createFile(
      atPath: temporary, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    guard made else { return false }
    let target = URL(fileURLWithPath: path)
    let replaced = try? FileManager.default.replaceItemAt(
      target, withItemAt: URL(fileURLWithPath: temporary))
    if replaced != nil { return true }
    try? FileManager.default.removeItem(atPath: temporary)
    return false
  }

  /// Runs a program for a minute at most, on a thread of its own.
  private static func run(_ words: [String]) async throws(CredentialFailure) -> [UInt8] {
    let result: Result<[UInt8], CredentialFailure> = await withCheckedContinuation { done in
      Thread.detachNewThread { done.resume(returning: runNow(words)) }
    }
    return try result.get()
  }

  private static func runNow(_ words: [String]) -> Result<[UInt8], CredentialFailure> {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      return .failure(.source("the program '\(words[0])' cannot be run: \(error)."))
    }
    let watch = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watch)
    // Both are read to their ends, at once, so that neither pipe can be full for ever.
    let said = Said()
    let reader = Thread { said.keep(errors.fileHandleForReading.readDataToEndOfFile()) }
    reader.start()
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    watch.cancel()
    guard process.terminationStatus == 0 else {
      return .failure(
        .source(
          "the program '\(words[0])' failed with \(process.terminationStatus): "
            + "\(said.wait(seconds: 1).prefix(500))"))
    }
    return .success(bytes)
  }
}

/// What a program said on standard error, handed from one thread to another.
private final class Said: Sendable {
  private let text = Mutex("")
  private let isThere = DispatchSemaphore(value: 0)

  func keep(_ data: Data) {
    text.withLock { $0 = String(decoding: data, as: UTF8.self)[...].trimmed.description }
    isThere.signal()
  }

  func wait(seconds: Double) -> String {
    _ = isThere.wait(timeout: .now() + seconds)
    return text.withLock { $0 }
  }
}
