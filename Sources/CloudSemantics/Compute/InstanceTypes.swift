import Canon
import CloudModel

extension Turn {
  /// How many virtual CPUs an instance type has, by AWS's sizes.
  ///
  /// Source: EC2 instance types (instance type specifications). The older families `t1`, `t2`, `m1`
  /// and `m3` differ from the rule in their small sizes.
  func virtualCPUs(of type: String) throws(CallError) -> Int {
    let parts = type.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isFamily(parts[0]), let cpus = cpus(size: parts[1], family: parts[0])
    else {
      throw CallError(
        "InvalidParameterValue", "Invalid value '\(type)' for InstanceType.")
    }
    return cpus
  }

  private func isFamily(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first) else { return false }
    return text.utf8.contains { (48...57).contains($0) }
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  private func cpus(size: Substring, family: Substring) -> Int? {
    let isOld = ["t1", "t2", "m1", "m3"].contains(family)
    switch size {
    case "nano", "micro", "small": return isOld ? 1 : 2
    case "medium":
      return isOld && family != "t2" || family.hasSuffix("g") && family != "t4g" ? 1 : 2
    case "large": return 2
    case "xlarge": return 4
    case "metal": return 96
    default:
      guard size.hasSuffix("xlarge"), let factor = Int(size.dropLast(6)), (2...112).contains(factor)
      else { return nil }
      return factor * 4
    }
  }
}
