import ArgumentParser
import Canon
import CertificateChecker
import Certificates
import CloudModel
import Foundation
import Plans

/// `fugue certificate`: what a proof leaves behind.
struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Re-check what a proof left behind.",
    subcommands: [Check.self])

  /// `fugue certificate check FILE`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a certificate against the plan and the invariants in its file, without Z3.",
      discussion: "Ends with 0 when it is accepted and with 1 when it is refused.")

    @ArgumentParser.Argument(
      help: "A file that fugue verify --certificate wrote.", completion: .file())
    var file: String

    func run() throws {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw CommandFailure(.usage, "Error: the file '\(file)' cannot be read.")
      }
      let content: CertificateFile
      do { content = try JSONDecoder().decode(CertificateFile.self, from: data) } catch {
        throw CommandFailure(.no, "Refused: '\(file)' is no certificate of this version.")
      }
      switch CertificateChecker.check(content) {
      case .accepted:
        Terminal.standard.say(
          "Accepted: plan \(content.plan.digest.short) with \(content.plan.steps.count) steps"
            + " keeps these invariants at every moment:")
        for invariant in content.invariants { Terminal.standard.say("  \(invariant.title)") }
      case .refused(let reason): throw CommandFailure(.no, "Refused: \(reason).")
      }
    }
  }
}
