import Foundation
import HostileInput

/// `ludwig-fuzz`: drawn sheets, one after the other, until the time is up. A worker process tries
/// them; when it ends badly or stands still, the sheet is kept and the next worker goes on.
@main
struct LudwigFuzz {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count >= 3, arguments[1] == "sizes", let bytes = Int(arguments[2]) {
      exit(Sizes(bytes: bytes).run(Array(arguments.dropFirst(3))) == 0 ? 0 : 1)
    }
    guard arguments.count >= 4, let first = UInt64(arguments[2]) else {
      print("ludwig-fuzz sweep FIRST-SEED SECONDS FOLDER [CORPUS…]")
      print("ludwig-fuzz hostile SIZE FOLDER")
      print("ludwig-fuzz sizes BYTES [WORD…]")
      return
    }
    let sheets = Array(arguments.dropFirst(5))
    switch arguments[1] {
    case "sweep":
      Sweep(folder: arguments[4], corpus: sheets).run(from: first, seconds: Int(arguments[3]) ?? 60)
    case "size": Sizes(bytes: Int(first)).one(Int(arguments[3]) ?? 0)
    case "work":
      let worker = Worker(folder: arguments[4], corpus: sheets)
      worker.run(from: first, count: UInt64(arguments[3]) ?? 1)
    default:
      for program in HostilePrograms.all(size: Int(first)) {
        let bytes = Array(program.text.utf8)
        Worker(folder: arguments[3], corpus: []).try(bytes, name: program.name)
      }
    }
  }
}
