/// Something large that is seldom there, kept beside its owner: copying the owner costs one
/// reference for it, and owners that share it are equal at once.
@propertyWrapper
struct Boxed<Content: Hashable & Sendable>: Hashable, Sendable {
  /// No element for nothing, else one: an array is a box that is copied when it is written to. The
  /// element is an optional so that it can be changed where it lies; between changes it is there.
  private var box: [Content?]

  /// Boxes a value.
  init(wrappedValue: Content?) { box = wrappedValue == nil ? [] : [wrappedValue] }

  /// Whether there is something in it.
  var projectedValue: Bool { !box.isEmpty }

  /// What is in the box; changed in place. What is there is taken out only by setting the whole to
  /// nil, so that no change in place has to look whether it still is.
  var wrappedValue: Content? {
    get { box.isEmpty ? nil : box[0] }
    set { box = newValue == nil ? [] : [newValue] }
    _modify {
      let wasEmpty = box.isEmpty
      if wasEmpty { box.append(nil) }
      defer { if wasEmpty, box[0] == nil { box = [] } }
      yield &box[0]
    }
  }
}
