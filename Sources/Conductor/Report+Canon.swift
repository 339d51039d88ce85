package import Canon
import CloudModel
import Determinism
import Journal
import Plans

extension Report: CanonicalEncodable {
  package func encode(into encoder: inout CanonicalEncoder) {
    encoder.write(at)
    encoder.write(process)
    encoder.write(JSON.text(of: kind))
  }
}
