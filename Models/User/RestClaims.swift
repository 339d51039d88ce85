package import CloudModel

/// The claims of the kernel's model on what is there, judged on an account by itself.
package enum RestClaims {
  /// Which of them are broken where the kernel rests.
  ///
  /// - Parameters:
  ///   - wanted: what people want to be there; without resources where all was killed.
  package static func broken(
    on account: AccountState, wanted: Blueprint
  ) throws(UserSystem.Problem) -> [String] {
    let shape = AccountShape(account)
    let right = try UserSystem.result(of: wanted, "it is applied")
    var out: [String] = []
    if shape.exceeds(right) { out.append("nothing is kept twice") }
    if shape.rows != right.rows {
      out.append("whenever the kernel rests, it is as people want it")
      out.append("stable in the end, and as people want it")
    }
    return out
  }

  /// Whether something is there twice.
  package static func isTwice(_ account: AccountState) -> Bool {
    !AccountShape(account).twice.isEmpty
  }
}
