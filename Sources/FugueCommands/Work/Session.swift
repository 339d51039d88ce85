import Canon
import CloudModel
import Conductor
import Determinism
import Journal
import Runtime
import Simulator
import Store

/// One run of the embedded world by a command: the kernel is started, given something to do, and
/// runs until it rests.
struct Session: ~Copyable {
  private var world: EmbeddedWorld

  /// Opens the world of a folder, told by a time line.
  init(_ desk: Desk, vault: Vault) throws(CommandFailure) {
    let timeLine = TimeLine(terminal: .standard)
    var settings = KernelSettings()
    settings.enforcePeriod = nil
    do throws(WorldFailure) {
      world = try EmbeddedWorld(
        folder: desk.folder, fresh: Desk.freshCloud(region: desk.account.cloud.account.region),
        vault: vault, settings: settings
      ) { report in
        if let line = timeLine.line(report) { Terminal.standard.say(line) }
      }
    } catch { throw Self.failure(error) }
  }

  /// Starts the kernel, sends it a command if there is one, and runs until nothing is left to do.
  ///
  /// - Parameter history: the file to which what happens is written, line by line; nil for none.
  /// - Returns: where the process stands then.
  mutating func run(
    _ command: Command?, alias: String, history: String? = nil
  ) throws(CommandFailure) -> Standing {
    do throws(WorldFailure) {
      if history != nil { try world.keepHistory() }
      try world.start()
      if let command { try world.send(command) }
      _ = try world.run()
    } catch { throw Self.failure(error) }
    if let history { try world.lines?.write(to: history) }
    let ledger = world.conductor.ledger
    guard let index = ledger.indices[alias] else {
      throw CommandFailure(.bug, "Error: the process '\(alias)' is gone from the journal.")
    }
    return ledger.processes[index].standing
  }

  private static func failure(_ failure: WorldFailure) -> CommandFailure {
    CommandFailure(.outside, "Error: \(failure)")
  }
}
