/// Values by number: each value is kept once, so that a state is a few numbers, and what was
/// computed for a value once need not be computed again.
struct Interner<Value: Hashable> {
  private var values: [Value] = []
  private var numbers: [Value: Int32] = [:]

  /// The number of a value; a new one gets the next.
  mutating func number(of value: Value) -> Int32 {
    if let number = numbers[value] { return number }
    let number = Int32(values.count)
    values.append(value)
    numbers[value] = number
    return number
  }

  /// The value of a number that was given out.
  subscript(number: Int32) -> Value { values[Int(number)] }

  /// How many values there are.
  var count: Int { values.count }
}
