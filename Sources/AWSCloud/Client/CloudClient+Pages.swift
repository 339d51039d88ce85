import AWSCatalog
import AWSWire
package import CloudModel

extension CloudClient {
  /// Makes a call and those for all further pages, and puts the outputs together; an operation
  /// without pages is called once.
  ///
  /// - Parameter pageLimit: How many pages to take at most; what is beyond is left out.
  package func callAllPages(
    _ call: Call, pageLimit: Int = 100_000
  ) async throws(CloudFailure) -> CloudAnswer {
    let pagination = try wire(call.service).service.operation(call.operation)?.pagination
    guard var pager = Pager(call, pagination) else { return try await self.call(call) }
    var next = call
    for number in 1... {
      let answer = try await self.call(next)
      switch pager.next(after: answer.output) {
      case .page(let call) where number < pageLimit: next = call
      case .page, .end:
        return CloudAnswer(
          output: pager.whole, requestID: answer.requestID, attempts: answer.attempts)
      case .circle:
        throw .outcomeUnknown(
          "it gives the same token for the next page again",
          CallTrace(
            service: call.service, operation: call.operation, endpoint: "page \(number)",
            attempts: answer.attempts, end: .done))
      }
    }
    preconditionFailure("pages end by one of the ways above")
  }

  /// Asks until a waiter of the catalog is content.
  ///
  /// - Parameters:
  ///   - name: The waiter's name, for instance `InstanceRunning`.
  ///   - parameters: What its operation is asked with.
  package func wait(
    for name: String, service: String, parameters: Value
  ) async throws(CloudFailure) {
    guard let known = try wire(service).service.waiter(name), var waiter = Waiter(known) else {
      throw .invalid(WireError(.unknownOperation, "\(service) has no waiter '\(name)'"))
    }
    let call = Call(service: service, operation: known.operation, parameters: parameters)
    while true {
      var answer: Result<Value, WireFailure>
      do throws(CloudFailure) { answer = .success(try await self.call(call).output) } catch {
        guard case .refused(let failure, _) = error else { throw error }
        answer = .failure(failure)
      }
      switch waiter.verdict(on: answer, status: 200) {
      case .reached: return
      case .again(let seconds): await rest(Double(seconds))
      case .failed(let reason): throw .configuration("\(name) was not reached: \(reason).")
      }
    }
  }
}
