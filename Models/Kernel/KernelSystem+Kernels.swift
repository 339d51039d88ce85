import Canon
import Conductor

extension KernelSystem {
  /// The canonical bytes of all kernels that were met, which differ from each other.
  package var kernelBytes: [[UInt8]] {
    (0..<conductors.count).map { conductors[Int32($0)].canonicalBytes }
  }
}
