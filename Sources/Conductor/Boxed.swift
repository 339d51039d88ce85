/// Something large that is seldom there, kept beside its owner: copying the owner costs one
/// reference for it, and owners that share it are equal at once.
@propertyWrapper
struct Boxed<Content: Hashable & Sendable>: Hashable, Sendable {
  /// Empty for nothing: an array is a box that is copied when it is written to.
  private var box: [Content]

  /// Boxes a value.
  init(wrappedValue: Content?) { box = wrappedValue.map { [$0] } ?? [] }

  /// Whether there is something in it.
  var projectedValue: Bool { !box.isEmpty }

  /// What is in the box; changed in place.
  var wrappedValue: Content? {
    get { box.isEmpty ? nil : box[0] }
    _modify {
      var content = box.popLast()
      defer { if let content { box.append(content) } }
      yield &content
    }
  }
}
