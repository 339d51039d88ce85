package import CloudModel

/// A trace of the kernel's model as closed data: what a value of `Fugue.Scenario.Replay` comes to.
package struct ScenarioReplay: Hashable, Sendable {
  /// The composition's file, relative to the scenario's.
  package var composition: String
  /// What is applied before anything can go wrong.
  package var standing: [ResourceAddress]
  /// What is made then.
  package var making: [ResourceAddress]
  /// How many calls that change something are under way at once.
  package var callsAtOnce: Int
  /// What happens, in order.
  package var steps: [Step]
  /// What must hold, in the words of the model.
  package var claims: [String]

  /// Something that happens.
  package struct Step: Hashable, Sendable {
    /// What: `carriesOut`, `replyComes`, ….
    package var what: String
    /// The call it is about, by life and number; or a word that it needs.
    package var name: String
    /// After how many effects that last the kernel dies; 0 if it does not.
    package var diesAfter: Int
    /// The call that somebody makes by hand.
    package var edit: Call?
  }
}
