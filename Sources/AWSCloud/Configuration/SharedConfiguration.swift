/// Both of AWS's shared files, as profiles see them.
package struct SharedConfiguration: Sendable {
  private let config: ConfigurationFile
  private let credentials: ConfigurationFile

  /// Joins the two files; missing ones are empty.
  package init(config: [UInt8]?, credentials: [UInt8]?) {
    self.config = ConfigurationFile(config ?? [])
    self.credentials = ConfigurationFile(credentials ?? [])
  }

  /// Reads the files that the environment names, or those in `~/.aws`.
  package init(_ surroundings: Surroundings) {
    func read(_ variable: String, _ name: String) -> [UInt8]? {
      let path = surroundings.variable(variable) ?? "~/.aws/\(name)"
      return surroundings.readFile(surroundings.expanded(path))
    }
    self.init(
      config: read("AWS_CONFIG_FILE", "config"),
      credentials: read("AWS_SHARED_CREDENTIALS_FILE", "credentials"))
  }

  /// A profile's settings in both files, those of the credentials file counting; nil where neither
  /// file has it.
  package func profile(_ name: String) -> [String: String]? {
    let first = config.settings(of: "profile \(name)")
    let plain = name == "default" ? config.settings(of: "default") : nil
    let secret = credentials.settings(of: name)
    guard first != nil || plain != nil || secret != nil else { return nil }
    return (plain ?? [:]).merging(first ?? [:]) { $1 }.merging(secret ?? [:]) { $1 }
  }

  /// The names of all profiles, in order.
  package var profileNames: [String] {
    let named = config.sections.compactMap { section in
      section.name.hasPrefix("profile ")
        ? String(section.name.dropFirst("profile ".count))
        : section.name == "default" ? section.name : nil
    }
    return Set(named + credentials.sections.map(\.name)).sorted()
  }

  /// The settings of an `[sso-session …]`; nil where there is none.
  package func session(_ name: String) -> [String: String]? {
    config.settings(of: "sso-session \(name)")
  }

  /// The settings of a `[services …]`, by service, for instance `dynamodb.endpoint_url`.
  package func services(_ name: String) -> [String: String]? {
    config.settings(of: "services \(name)")
  }
}
