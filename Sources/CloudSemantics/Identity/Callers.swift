import Canon
import CloudModel

/// Who is calling. The simulated account has one caller, its root user.
///
/// Source: AWS STS API Reference, GetCallerIdentity.
let callerOperations: [Operation] = [
  .read("sts", "GetCallerIdentity") { turn throws(CallError) in
    let id = turn.account.accountID
    return [
      "Account": .string(id), "UserId": .string(id), "Arn": .string("arn:aws:iam::\(id):root"),
    ]
  }
]
