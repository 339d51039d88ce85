import Canon
package import CloudModel
import Determinism

/// What a store keeps of a simulated cloud beside the account's rows and what is under way: time,
/// random streams, admission, lag, counters. It is small, whatever the account's size.
package struct CloudFrame: Codable, Sendable {
  private var accountID: String
  private var region: String
  private var serial: UInt64
  private var quotas: Quotas
  private var now: Instant
  private var faults: FaultProfile
  private var fired: SortedMap<FaultKind, Int>
  private var submitted: Int
  private var history: Digest
  private var streams: SimulatedCloud.Streams
  private var buckets: TokenBuckets
  private var visibility: Visibility
  private var nextSequence: UInt64

  /// The frame of a cloud.
  fileprivate init(_ cloud: SimulatedCloud) {
    accountID = cloud.account.accountID
    region = cloud.account.region
    serial = cloud.account.serial
    quotas = cloud.account.quotas
    now = cloud.now
    faults = cloud.faults
    fired = cloud.fired
    submitted = cloud.submitted
    history = cloud.history
    streams = cloud.streams
    buckets = cloud.buckets
    visibility = cloud.visibility
    nextSequence = cloud.queue.nextSequence
  }

  /// The cloud of a frame, an account's rows, and what is under way.
  fileprivate func cloud(
    rows: [(key: RowKey, row: AccountRow)], pending: [Delta.Pending]
  ) -> SimulatedCloud {
    var account = AccountState(accountID: accountID, region: region)
    for (key, row) in rows { account[row: key] = row }
    account.serial = serial
    account.quotas = quotas
    var cloud = SimulatedCloud(
      account: AccountState(accountID: accountID, region: region), seed: Seed(0), faults: faults)
    cloud.account = account
    cloud.now = now
    cloud.fired = fired
    cloud.submitted = submitted
    cloud.history = history
    cloud.streams = streams
    cloud.buckets = buckets
    cloud.visibility = visibility
    cloud.queue = EventQueue(
      entries: pending.map { (time: $0.time, sequence: $0.sequence, event: $0.happening) },
      nextSequence: nextSequence)
    return cloud
  }
}

extension SimulatedCloud {
  /// What a store keeps beside rows and what is under way.
  package var frame: CloudFrame { CloudFrame(self) }

  /// Takes a stored cloud up again; it goes on exactly as it would have.
  package init(
    frame: CloudFrame, rows: [(key: RowKey, row: AccountRow)], pending: [Delta.Pending]
  ) {
    self = frame.cloud(rows: rows, pending: pending)
    delta = Delta()
  }
}
