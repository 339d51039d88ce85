import ArgumentParser

/// Which options go together; what does not is refused, not left out.
extension ModelCheck {
  func validate() throws {
    let modes = [
      ("--replay", replay != nil), ("--random-walks", randomWalks != nil),
      ("--depth-first", depthFirst), ("--trace", trace != nil), ("--memory", memory != nil),
      ("--checkpoint", checkpoint != nil),
    ].filter(\.1).map(\.0)
    if modes.count > 1 {
      throw ValidationError("\(modes[0]) and \(modes[1]) do not go together.")
    }
    if spillFolder != nil, memory == nil {
      throw ValidationError("--spill says where the files of --memory go.")
    }
    if let time, time <= 0 { throw ValidationError("--time is a number of seconds above 0.") }
    let isSearch = modes.isEmpty || ["--memory", "--checkpoint"].contains(modes[0])
    if !isSearch, let other = boundsOfSearch.first {
      throw ValidationError("\(other) bounds a search of all states; \(modes[0]) is none.")
    }
    if name?.hasSuffix(".lw") == true, trace == nil {
      if let mode = modes.first {
        throw ValidationError("\(mode) is for registered models, not for a sheet.")
      }
    } else if let option = optionsOfSheets.first {
      throw ValidationError("\(option) is for a sheet, a .lw file.")
    }
  }

  private var boundsOfSearch: [String] {
    [("--states", limit != nil), ("--time", time != nil), ("--all", all)].filter(\.1).map(\.0)
  }

  private var optionsOfSheets: [String] {
    [
      ("--crashes, --lost-replies, --drift and their like", !faults.isEmpty),
      ("--only", !only.isEmpty), ("--whole", whole), ("--kill", kill),
      ("--save-scenario", saveScenario != nil), ("--json", json && trace == nil),
    ].filter(\.1).map(\.0)
  }
}
