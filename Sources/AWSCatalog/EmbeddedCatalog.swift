internal import CatalogData

/// The texts that the program carries: bytes of its own image, read only when they are asked for.
enum EmbeddedCatalog {
  /// The names of the texts, in order.
  static var names: [String] {
    (0..<catalog_text_count()).map { unsafe String(cString: catalog_text_at($0).name) }
  }

  /// The bytes of the text at a place in that order, copied, since what is safe owns what it reads.
  static func bytes(at place: Int) -> [UInt8] {
    let text = unsafe catalog_text_at(place)
    return unsafe Array(UnsafeBufferPointer(start: text.bytes, count: text.count))
  }

  /// The text of a name; nil where there is none.
  static func text(named name: String) -> String? {
    names.firstIndex(of: name).map { String(decoding: bytes(at: $0), as: UTF8.self) }
  }
}
