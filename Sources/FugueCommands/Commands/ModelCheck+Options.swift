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
    try checkCompanions()
    try checkNumbers()
    let isSearch = modes.isEmpty || ["--memory", "--checkpoint"].contains(modes[0])
    let isBounded = isSearch || depthFirst && !all
    if !isBounded, let other = depthFirst ? "--all" : boundsOfSearch.first {
      throw ValidationError("\(other) bounds a search of all states; \(modes[0]) is none.")
    }
    if trace != nil, let name {
      throw ValidationError("--trace checks a history against the kernel's models, not '\(name)'.")
    }
    if name == nil, trace == nil,
      let option = (modes + boundsOfSearch + optionsOfSheets).first
    {
      throw ValidationError("\(option) needs the name of a model, or a sheet.")
    }
    if name?.hasSuffix(".lw") == true {
      if let mode = modes.first {
        throw ValidationError("\(mode) is for registered models, not for a sheet.")
      }
    } else if let option = optionsOfSheets.first {
      throw ValidationError("\(option) is for a sheet, a .lw file.")
    }
  }

  /// Options that only say more about another one.
  private func checkCompanions() throws {
    let companions = [
      ("--resume", resume, "--checkpoint", checkpoint != nil),
      ("--spill", spillFolder != nil, "--memory", memory != nil),
      ("--room", room != nil, "--depth-first", depthFirst),
      ("--length", length != nil, "--random-walks", randomWalks != nil),
      ("--seed", seed != nil, "--random-walks", randomWalks != nil),
      ("--known", known != nil, "--random-walks", randomWalks != nil),
    ]
    for (option, isGiven, other, isThere) in companions where isGiven && !isThere {
      throw ValidationError("\(option) says more about \(other), which is not there.")
    }
  }

  private func checkNumbers() throws {
    if let time, time <= 0 { throw ValidationError("--time is a number of seconds above 0.") }
    let numbers = [
      ("--states", limit), ("--room", room), ("--random-walks", randomWalks), ("--length", length),
      ("--known", known),
    ]
    for (option, number) in numbers {
      if let number, number < 1 { throw ValidationError("\(option) is a number above 0.") }
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
