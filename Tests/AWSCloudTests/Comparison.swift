import AWSCloud
import AWSWire
import Canon
import CloudModel

/// What was found when values were held against each other.
struct Comparison {
  /// How many scalars are the same.
  var equal = 0
  /// How many differ in what is drawn anew alone.
  var alike = 0
  /// All else, a line each.
  var differences: [String] = []

  /// Holds an output of ours against boto3's.
  mutating func compare(_ ours: Value, _ theirs: JSON, at path: String, _ place: String) {
    switch (ours, theirs) {
    case (.record(let fields), .object(let members)):
      // Maps by names that are drawn anew.
      let missing = members.filter { fields[$0.name] == nil }
      let more = fields.keys.filter { name in !members.contains { $0.name == name } }
      if missing.count == 1, more.count == 1, Self.isAlike(missing[0].name, more[0]) {
        alike += 1
        compare(ours[more[0]], missing[0].value, at: "\(path).\(more[0])", place)
        return
      }
      let names = Set(members.map(\.name))
      for name in Set(fields.keys).symmetricDifference(names).sorted() {
        differences.append(
          "\(place)\(path).\(name) is \(names.contains(name) ? "missing" : "more")")
      }
      for member in members where fields[member.name] != nil {
        compare(ours[member.name], member.value, at: "\(path).\(member.name)", place)
      }
    case (.list(let items), .array(let others)) where items.count == others.count:
      for (index, (item, other)) in zip(items, others).enumerated() {
        compare(item, other, at: "\(path)[\(index)]", place)
      }
    case (.string(let text), .string(let other)):
      note(text == other, Self.isAlike(text, other)) {
        "\(place)\(path): '\(text)', and not '\(other)'"
      }
    case (.int(let number), .number(let text)):
      let other = Int64(text) ?? 0
      // Moments in seconds or milliseconds.
      note(number == other, number > 1_600_000_000 && abs(number - other) < 600_000) {
        "\(place)\(path): \(number), and not \(text)"
      }
    case (.string(let text), .number(let other)):
      note(Double(text) == Double(other), false) { "\(place)\(path): \(text), and not \(other)" }
    case (.bool(let a), .bool(let b)): note(a == b, false) { "\(place)\(path): \(a)" }
    case (.null, .null): equal += 1
    case (.string(let text), .object) where place.contains(": iam "):
      // boto3 makes a tree of IAM's policies.
      if let tree = try? JSON(parsing: text) {
        compare(Value(plain: tree), theirs, at: path, place)
      } else {
        differences.append("\(place)\(path): '\(text)' is no policy")
      }
    case (_, _): differences.append("\(place)\(path): \(ours), and not \(theirs.text())")
    }
  }

  private mutating func note(_ isEqual: Bool, _ isAlike: Bool, _ text: () -> String) {
    if isEqual {
      equal += 1
    } else if isAlike {
      alike += 1
    } else {
      differences.append(text())
    }
  }

  /// Whether two texts differ in what is drawn anew alone: words of five and more characters, of
  /// about the same length (moto leaves characters out of some that it draws), and moments.
  private static func isAlike(_ a: String, _ b: String) -> Bool {
    if SigningMoment(iso: a) != nil, SigningMoment(iso: b) != nil { return true }
    let words = [a, b].map { text in
      text.split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
    if a.count == b.count, a.count >= 20, !a.contains(" ") { return true }
    return words[0].count == words[1].count
      && zip(words[0], words[1]).allSatisfy { x, y in
        x == y || (x.count >= 5 && y.count >= 5 && abs(x.count - y.count) <= max(2, x.count / 8))
          || (x.allSatisfy(\.isNumber) && y.allSatisfy(\.isNumber))
      }
  }
}
