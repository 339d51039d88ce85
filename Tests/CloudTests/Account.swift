import Canon
import CloudModel
import CloudSemantics
import Determinism
import Testing

/// An account under test: calls go in, replies come out.
struct Account {
  var state: AccountState
  var now = Instant.zero

  init(region: String = "us-east-1") {
    state = .fresh(accountID: "123456789012", region: region)
  }

  /// Calls and gives the reply, whatever it is.
  mutating func reply(_ service: String, _ operation: String, _ parameters: Value) -> Reply {
    let call = Call(service: service, operation: operation, parameters: parameters)
    return CloudSemantics.perform(call, on: &state, Choice(now: now)).reply
  }

  /// Calls and expects success; the output.
  @discardableResult
  mutating func ok(
    _ service: String, _ operation: String, _ parameters: Value = [:],
    at location: SourceLocation = #_sourceLocation
  ) -> Value {
    switch reply(service, operation, parameters) {
    case .success(let output): return output
    case .failure(let error):
      Issue.record("\(operation): \(error.code) \(error.message)", sourceLocation: location)
      return .null
    }
  }

  /// Calls and expects this error; the account must stay as it was.
  mutating func refuses(
    _ code: String, _ service: String, _ operation: String, _ parameters: Value,
    at location: SourceLocation = #_sourceLocation
  ) {
    let before = state
    switch reply(service, operation, parameters) {
    case .success: Issue.record("\(operation) was accepted", sourceLocation: location)
    case .failure(let error):
      #expect(error.code == code, "\(error.message)", sourceLocation: location)
    }
    #expect(before == state, "a refused call changes nothing", sourceLocation: location)
  }

  /// Lets every transition happen that the account has before it, except forgetting.
  mutating func settle() {
    for transition in CloudSemantics.transitions(of: state) {
      if case .instance = transition {
        _ = CloudSemantics.advance(&state, transition, now: now)
      }
    }
  }
}

extension Value {
  /// The text at a path, empty where there is none.
  func text(_ path: String...) -> String { at(path).text ?? "" }
}
