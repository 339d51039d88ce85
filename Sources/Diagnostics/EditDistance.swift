/// The candidate that is nearest to a name, where one is near enough to be meant; of equally near
/// ones the first.
package func nearest(to name: String, among candidates: [String]) -> String? {
  let limit = suggestionLimit(for: name)
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    guard let distance = editDistance(name, candidate, limit: limit) else { continue }
    if distance < best?.distance ?? Int.max { best = (distance, candidate) }
  }
  return best?.name
}

/// How far a candidate may be from a name to be meant: none for a single letter, at most 3.
package func suggestionLimit(for name: String) -> Int {
  name.utf8.count < 2 ? 0 : max(1, min(3, name.utf8.count / 3))
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one text to
/// another, letters compared without case; nil past the limit. Source: Damerau 1964.
package func editDistance(_ a: String, _ b: String, limit: Int) -> Int? {
  let x = Array(a.lowercased().utf8)
  let y = Array(b.lowercased().utf8)
  guard abs(x.count - y.count) <= limit, x.count < 200 else { return nil }
  var before: [Int] = []
  var above = Array(0...y.count)
  for i in x.indices {
    var row = [i + 1]
    for j in y.indices {
      var best = min(above[j] + (x[i] == y[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, x[i] == y[j - 1], x[i - 1] == y[j] { best = min(best, before[j - 1] + 1) }
      row.append(best)
    }
    (before, above) = (above, row)
  }
  return above[y.count] <= limit ? above[y.count] : nil
}
