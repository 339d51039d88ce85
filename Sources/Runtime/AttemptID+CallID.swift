package import Journal
package import Simulator

extension AttemptID {
  /// The name under which the simulated cloud knows the call.
  package var callID: CallID { CallID("\(incarnation).\(serial)") }

  /// The attempt of a call's name; nil for a name that no kernel gave.
  package init?(_ id: CallID) {
    let parts = id.text.split(separator: ".")
    guard parts.count == 2, let incarnation = Int(parts[0]), let serial = Int(parts[1]) else {
      return nil
    }
    self.init(incarnation: incarnation, serial: serial)
  }
}
