package import CertificateChecker
package import Certificates
package import PlanEffects

extension EffectModel {
  /// What gets through all filters of a flow, exactly: packets as they are sent, and the steps
  /// that must be in force and not in force for it; nil where the engine gives up. The packet
  /// walker is compared with it.
  package func arrivals(of flow: Flow) -> [GuardedBox]? {
    let index = FactIndex(self)
    let engine = BoxEngine(index: index, moments: moments)
    guard let behind = engine.run(flow, isExact: true) else { return nil }
    let stages = index.stages(of: flow).count
    guard behind.count == stages, let last = behind.last else { return [] }
    return last.map {
      GuardedBox(
        inForce: $0.moments.inForce, notInForce: $0.moments.notInForce, box: $0.sent)
    }
  }
}
