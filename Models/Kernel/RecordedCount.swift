/// How many states a model of the kernel had when it was last looked through by people.
///
/// No claim says that a kernel does what it did yesterday, and many a line can be changed so that
/// all claims still hold: it only tries more often, or looks where it need not. Then the states are
/// others. A count that differs says that the kernel, a planner or the cloud's rules behave
/// otherwise, not that they are wrong: whoever meant it writes the new counts down.
package struct RecordedCount: Hashable, Sendable {
  /// Different states.
  package let distinct: Int
  /// States produced, the initial ones included.
  package let generated: Int
  /// States of the longest of the shortest ways.
  package let depth: Int

  /// The counts of a model; nil where none are written down.
  package init?(of model: String) {
    for line in Self.table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words[0] == model else { continue }
      let numbers = words.dropFirst().compactMap { Int($0) }
      guard numbers.count == 3 else { return nil }
      (distinct, generated, depth) = (numbers[0], numbers[1], numbers[2])
      return
    }
    return nil
  }

  /// Names, then distinct and generated states and depth.
  private static let table = """
    kernel                      38729   45556 47
    kernel-adopted                493     559 23
    kernel-again                  932    1089 79
    kernel-alone                   44      47 19
    kernel-approved               807     848 45
    kernel-circle               16502   18793 44
    kernel-crashes              52150   68714 39
    kernel-denied               50585   67213 42
    kernel-denied-lost           7179    8260 46
    kernel-denied-named          1021    1201 27
    kernel-dropped                212     233 25
    kernel-elsewhere               20      20  7
    kernel-emptied                 20      20  7
    kernel-emptied-approved       406     482 33
    kernel-failing               9839   11035 47
    kernel-four                814094 1137191 42
    kernel-four-crash          367001  472591 46
    kernel-four-edit           139059  198398 52
    kernel-guarded                 48      52 10
    kernel-guarded-moved           15      16  7
    kernel-hurried              89241  117951 56
    kernel-inline               30014   53150 44
    kernel-inline-undone          133     142 46
    kernel-kill                 13657   16157 48
    kernel-killed-stale           535     644 26
    kernel-late                  3649    5243 39
    kernel-lease                 1924    2930 36
    kernel-lease-crash           1476    2202 37
    kernel-machine              11336   15118 38
    kernel-machine-ended          216     284 46
    kernel-machine-ended-twice    591     927 39
    kernel-machine-late           294     305 76
    kernel-machine-replaced      2034    2839 45
    kernel-named                 6025    9485 36
    kernel-narrow               14257   18051 42
    kernel-neighbours            1149    1444 38
    kernel-neighbours-both      19815   24882 44
    kernel-neighbours-denied    47906   59454 59
    kernel-neighbours-lost        631     868 35
    kernel-old-proof             8636    9441 57
    kernel-opening               4093    4719 44
    kernel-patient              18138   22308 56
    kernel-periodic               153     166 34
    kernel-protected               15      16  7
    kernel-reads               265911  295566 90
    kernel-reopened                40      40 19
    kernel-replace                648     683 37
    kernel-replace-both         13357   15751 43
    kernel-replace-killed        1727    2180 47
    kernel-replace-lost           520     594 36
    kernel-risen                 7331    9120 53
    kernel-rules                13725   22140 35
    kernel-shrunk               33736   55609 28
    kernel-stale               195994  227648 52
    kernel-stubborn                40      40 23
    kernel-three               280263  370798 45
    kernel-torn                  3411    3923 31
    kernel-undone                 111     128 35
    kernel-undone-approved        171     189 46
    kernel-undone-crash          2292    2754 50
    kernel-whole                 4528    5414 40
    kernel-whole-killed        104380  142961 45
    kernel-window                 563     607 28
    """
}
