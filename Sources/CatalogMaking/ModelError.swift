/// Why a model cannot become a catalog text.
package struct ModelError: Error, Hashable, Sendable {
  /// A sentence.
  package let message: String
}
