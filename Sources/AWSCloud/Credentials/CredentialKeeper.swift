package import AWSWire

/// Keeps credentials and gets new ones before they end. Callers that come while new ones are on
/// their way wait for the same.
///
/// Source: the windows are botocore's: within 15 minutes of the end new ones are asked for and the
/// old ones do if that fails; within 10 minutes (here: from 1 minute on, since a container's
/// credentials may have been given for less) only new ones do.
package actor CredentialKeeper {
  private let resolve: @Sendable () async throws(CredentialFailure) -> ResolvedCredentials
  private let now: @Sendable () -> SigningMoment
  private var kept: ResolvedCredentials?
  private var pending: Task<Result<ResolvedCredentials, CredentialFailure>, Never>?
  private var nextTry: SigningMoment?

  /// Makes a keeper.
  ///
  /// - Parameter resolve: Gets credentials anew.
  package init(
    now: @escaping @Sendable () -> SigningMoment,
    resolve: @escaping @Sendable () async throws(CredentialFailure) -> ResolvedCredentials
  ) {
    self.now = now
    self.resolve = resolve
  }

  /// Credentials that count now.
  package func current() async throws(CredentialFailure) -> ResolvedCredentials {
    let moment = now()
    if let kept, !kept.ends(within: 900, of: moment) { return kept }
    if let kept, !kept.ends(within: 60, of: moment), let nextTry, moment < nextTry { return kept }
    let task =
      pending
      ?? Task { [resolve] in
        do throws(CredentialFailure) { return .success(try await resolve()) } catch {
          return .failure(error)
        }
      }
    pending = task
    let result = await task.value
    pending = nil
    // A source that gives short credentials, or fails, is not asked at each call.
    nextTry = moment.adding(seconds: 60)
    switch result {
    case .success(let fresh):
      kept = fresh
      return fresh
    case .failure(let failure):
      guard let kept, !kept.ends(within: 60, of: moment) else { throw failure }
      return kept
    }
  }

  /// Forgets what is kept, since a service said that it is over.
  package func forget(_ credentials: AWSCredentials) {
    if kept?.credentials == credentials { kept = nil }
  }
}
