import CloudModel
import Conductor
import Determinism
import Histories
import Journal
import Models
import Testing

/// Recorded histories with one line that could not have been: each is refused at that line.
@Suite struct TamperedHistoryTests {
  /// A way to tamper with a history.
  enum Tampering: String, CaseIterable, Sendable {
    case otherReply
    case replyAgain
    case otherPlan
    case otherProof
    case timerAgain
    case otherAnswer
    case foreignCall
    case servedThrice
    case otherEdit
    case tooDurable
    case startedTwice
    case timeGoesBack
  }

  /// The places of lines of a kind.
  private func places(in history: History, _ isMeant: (History.Happening) -> Bool) -> [Int] {
    history.lines.indices.filter { isMeant(history.lines[$0].what) }
  }

  /// Tampers with a line that chance picks, and gives its place; nil where there is none.
  private func tamper(
    _ history: inout History, _ tampering: Tampering, _ random: inout RandomSource
  ) -> Int? {
    let places =
      switch tampering {
      case .otherReply, .replyAgain:
        places(in: history) { if case .event(.replied(_, .replied)) = $0 { true } else { false } }
      case .otherPlan:
        places(in: history) { if case .event(.planned) = $0 { true } else { false } }
      case .otherProof:
        places(in: history) { if case .event(.proved) = $0 { true } else { false } }
      case .timerAgain:
        places(in: history) { if case .event(.woke) = $0 { true } else { false } }
      case .otherAnswer:
        places(in: history) { what in
          guard case .served(_, let call, .success) = what else { return false }
          return call.operation.hasPrefix("Create")
        }
      case .foreignCall, .startedTwice:
        places(in: history) { if case .event(.replied) = $0 { true } else { false } }
      case .servedThrice:
        places(in: history) { if case .served = $0 { true } else { false } }
      case .otherEdit:
        places(in: history) { if case .edited = $0 { true } else { false } }
      case .tooDurable:
        places(in: history) { if case .died = $0 { true } else { false } }
      case .timeGoesBack:
        history.lines.indices.dropFirst().filter { history.lines[$0 - 1].at > .zero }
      }
    if places.isEmpty { return nil }
    return alter(&history, at: places[random.below(places.count)], tampering)
  }

  private func alter(_ history: inout History, at place: Int, _ tampering: Tampering) -> Int {
    let line = history.lines[place]
    func insert(_ what: History.Happening, _ times: Int = 1) -> Int {
      for _ in 0..<times { history.lines.insert(History.Line(at: line.at, what), at: place + 1) }
      return place + times
    }
    switch (tampering, line.what) {
    case (.otherReply, .event(.replied(let attempt, _))):
      history.lines[place].what = .event(
        .replied(attempt, .replied(.failure(CallError("Nonsense", "")))))
    case (.replyAgain, _), (.timerAgain, _): return insert(line.what)
    case (.otherPlan, .event(.planned(let id, _))):
      history.lines[place].what = .event(.planned(id, .refused(["no"])))
    case (.otherProof, .event(.proved(let id, _))):
      let answer = ProofAnswer(verdicts: [], certificate: nil)
      history.lines[place].what = .event(.proved(id, answer))
    case (.otherAnswer, .served(let attempt, let call, _)):
      history.lines[place].what = .served(attempt, call, .success(["Made": "up"]))
    case (.foreignCall, _):
      let call = Call(service: "ec2", operation: "CreateVpc", parameters: [:])
      let attempt = AttemptID(incarnation: 0, serial: 9_999)
      return insert(.served(attempt, call, .failure(CallError("X", ""))))
    case (.servedThrice, _): return insert(line.what, 2)
    case (.otherEdit, .edited(let call, _)):
      history.lines[place].what = .edited(call, .failure(CallError("X", "")))
    case (.tooDurable, .died(let durable)):
      history.lines[place].what = .died(durable: durable + 1_000)
    case (.startedTwice, _): return insert(.event(.restarted))
    case (.timeGoesBack, _):
      let before = history.lines[place - 1].at
      history.lines[place].at = Instant(milliseconds: before.milliseconds - 1)
    case _: Issue.record("no such line: \(line.what)")
    }
    return place
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `whatever is altered, the first line that cannot be is named`(_ seed: UInt64) throws {
    let history = try HistoryTests.history(seed, crashes: [30, 80])
    var random = RandomSource(Seed(seed))
    for tampering in Tampering.allCases {
      var tampered = history
      let place = try #require(
        tamper(&tampered, tampering, &random), "seed \(seed): nothing for \(tampering.rawValue)")
      switch HistoryCheck.check(tampered) {
      case .admitted: Issue.record("seed \(seed): \(tampering.rawValue) is admitted")
      case .refused(let line, let why):
        // The first line of the text is the start. Of several timers that are due at once one more
        // is missed only when all of them have rung.
        let right =
          switch tampering {
          case .servedThrice: place + 1...place + 2
          case .timerAgain: place + 2...place + 3
          case .otherReply, .replyAgain, .otherPlan, .otherProof, .otherAnswer, .foreignCall,
            .otherEdit, .tooDurable, .startedTwice, .timeGoesBack:
            place + 2...place + 2
          }
        #expect(right.contains(line), "seed \(seed), \(tampering.rawValue): \(why)")
      }
    }
  }
}
