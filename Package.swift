// swift-tools-version: 6.2
import PackageDescription

// The manifest is the table of contents: targets by floor, lowest first. Arrows point only
// downward, or to an earlier module on the same floor; `Tests/TidyTests` holds this.

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

let collections: Target.Dependency = .product(
  name: "OrderedCollections", package: "swift-collections")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let asyncHTTPClient: Target.Dependency = .product(
  name: "AsyncHTTPClient", package: "async-http-client")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")

func module(
  _ name: String, _ uses: [Target.Dependency] = [], path: String? = nil,
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: uses, path: path, swiftSettings: settings, plugins: plugins)
}

func program(_ name: String, _ uses: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: uses, swiftSettings: settings)
}

func tests(_ name: String, _ uses: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: uses, exclude: exclude, swiftSettings: settings)
}

let foundations: [Target] = [
  // Source text, ranges, lines and columns.
  module("Text"),
  // A mistake as a value, and the one place that renders it.
  module("Diagnostics", ["Text"]),
  // Bytes that never vary: canonical encoding, digests, a small JSON reader and writer.
  module("Canon", [crypto]),
  // Seeds, random streams split by name, logical time, the event queue.
  module("Determinism", ["Canon"]),
  // Directed graphs: order, closure, components.
  module("Graphs"),
]

let cloud: [Target] = [
  // The cloud as values: calls, replies, resources, inventories, and an account's state.
  module("CloudModel", ["Canon", "Determinism", collections]),
  // The texts of Catalog/, as bytes of the program.
  .target(name: "CatalogData", path: "Sources/CatalogData"),
  // AWS's operations, shapes, endpoints and resource types, decoded when they are asked for.
  module("AWSCatalog", ["CatalogData", "Canon"]),
  // What botocore and cfn-lint know, made into the texts of the catalog; no part of the program.
  module("CatalogMaking", ["Canon", "AWSCatalog"]),
  // What a call does to an account, one file a resource family.
  module("CloudSemantics", ["CloudModel", "Canon", "Determinism"]),
]

let ludwig: [Target] = [
  // Characters to a lossless tree; never fails.
  module("LudwigSyntax", ["Text", "Diagnostics"]),
  // A sheet in the one layout that all sheets have.
  module("LudwigFormat", ["Text", "Diagnostics", "LudwigSyntax"]),
  // Random sheets from a seed, for tests and fuzzing.
  module("LudwigSamples", ["Determinism"]),
  // Names, types, coercions.
  module("LudwigTypes", ["Text", "Diagnostics", "Graphs", "LudwigSyntax", collections]),
  // Lazy evaluation with sharing, addresses, planner values made closed data.
  module(
    "LudwigEvaluator",
    ["Text", "Diagnostics", "Canon", "CloudModel", "LudwigSyntax", "LudwigTypes", collections]),
  // The built-in library's sheets, embedded.
  module("LudwigLibrary", plugins: ["EmbedText"]),
  // The façade: a source folder in, a blueprint and statements out. The only door for tools.
  module(
    "Ludwig",
    [
      "Text", "Diagnostics", "Canon", "CloudModel", "AWSCatalog", "LudwigSyntax", "LudwigTypes",
      "LudwigEvaluator", "LudwigLibrary",
    ]),
]

let plans: [Target] = [
  // A plan as closed data: steps, holes, edges, tables of errors; its digest.
  module("Plans", ["Canon", "Graphs", "CloudModel", "Determinism"]),
  // What each step of a plan does to an account, by running the semantics on names of its own.
  module(
    "PlanEffects",
    ["Canon", "Determinism", "Graphs", "CloudModel", "CloudSemantics", "Plans"]),
  // The engine that turns a difference into a plan; knows no resource type by name.
  module(
    "Planners",
    ["Canon", "Graphs", "CloudModel", "CloudSemantics", "Plans", "PlanEffects", "Determinism"]),
  // Certificates: invariants, separators, assumptions; their bytes and digests.
  module("Certificates", ["Canon", "CloudModel", "Plans"]),
  // Re-checks a certificate without Z3, with packet transfers of its own.
  module(
    "CertificateChecker",
    ["Canon", "Graphs", "CloudModel", "CloudSemantics", "Plans", "PlanEffects", "Certificates"]),
]

let kernel: [Target] = [
  // Records of intent and outcome, and their fold into a state.
  module("Journal", ["Canon", "Determinism", "CloudModel", "Plans", "Certificates"]),
  // The kernel: `handle(Event) -> [Effect]`.
  module(
    "Conductor",
    [
      "Canon", "Determinism", "CloudModel", "Plans", "Planners", "Certificates",
      "CertificateChecker", "Journal", "PlanEffects", "CloudSemantics",
    ]),
]

let assurance: [Target] = [
  // What happened to a kernel and in its cloud, line by line, as values and as text.
  module(
    "Histories",
    ["Canon", "Determinism", "CloudModel", "CloudSemantics", "Journal", "Conductor"]),
  .systemLibrary(name: "CZ3", pkgConfig: "z3", providers: [.apt(["libz3-dev"])]),
  // Z3 made safe: contexts, terms, solvers, models.
  module("SMT", ["CZ3"]),
  // Network and policy models, box engine, Z3; invariants at every moment of a plan.
  module(
    "Prover",
    [
      "Canon", "Graphs", "CloudModel", "CloudSemantics", "Plans", "PlanEffects", "Certificates",
      "CertificateChecker", "SMT",
    ]),
  // Follows one packet through an account's state. Shares nothing with the prover above CloudModel.
  module("PacketWalker", ["Canon", "CloudModel"]),
  // Search over any transition system: every state, every way, on all cores.
  module("ModelChecker", ["Canon", "Determinism"]),
  // Systems to check: two-phase commit, and the kernel in a small world.
  module(
    "Models",
    [
      "Canon", "Determinism", "CloudModel", "CloudSemantics", "Plans", "Planners", "Certificates",
      "CertificateChecker", "Journal", "Conductor", "Histories", "Prover", "ModelChecker",
      "Ludwig", "PlanEffects",
    ], path: "Models"),
]

let worlds: [Target] = [
  // Bytes to calls and replies, and back, for AWS's protocols; client and server side.
  module("AWSWire", ["Canon", "CloudModel", "AWSCatalog", crypto]),
  // The deterministic simulated account: calls, lag, faults, drift, on one event queue.
  module("Simulator", ["Canon", "Determinism", "CloudModel", "AWSCatalog", "CloudSemantics"]),
  // SQLite: the kernel's journal and the embedded account.
  module(
    "Store",
    [
      "Canon", "Determinism", "CloudModel", "Plans", "Certificates", "Journal", "Simulator", grdb,
    ]),
  // The way to AWS: credentials, endpoints, signing, retries, HTTP.
  module(
    "AWSCloud",
    [
      "Canon", "CloudModel", "AWSCatalog", "AWSWire", asyncHTTPClient, nioCore, nioPosix, nioHTTP,
    ]),
  // Runs a conductor against a world: simulated in-process, or embedded with a store.
  module(
    "Runtime",
    [
      "Canon", "Determinism", "CloudModel", "Plans", "Planners", "Certificates", "Journal",
      "Conductor", "Histories", "Prover", "Simulator", "Store",
    ]),
]

let faces: [Target] = [
  // Scenario values run against conductor and simulated cloud.
  module(
    "ScenarioRunner",
    [
      "Canon", "Determinism", "CloudModel", "CloudSemantics", "Plans", "Planners", "Certificates",
      "Journal",
      "Conductor", "Histories", "Models", "PacketWalker", "Simulator", "Runtime",
    ]),
  // The commands, their options and what they print.
  module(
    "FugueCommands",
    [
      "Text", "Canon", "Determinism", "Diagnostics", "CloudModel", "AWSCatalog", "CloudSemantics",
      "LudwigFormat", "LudwigEvaluator", "Ludwig", "Plans", "Planners", "Certificates",
      "CertificateChecker",
      "Journal", "Conductor", "Histories", "Prover", "PacketWalker", "ModelChecker", "Models",
      "Simulator",
      "Store", "Runtime",
      "ScenarioRunner", "AWSWire", "AWSCloud", arguments,
    ], plugins: ["EmbedText"]),
  program("fugue", ["FugueCommands"]),
  program("generate-catalog", ["CatalogMaking", "Canon", arguments]),
  // Build tool: text files to string literals.
  .executableTarget(name: "embed-text", path: "Plugins/embed-text", swiftSettings: settings),
  .plugin(
    name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"]),
]

let testSupport: [Target] = [
  // What the tests of several modules share: lifecycles built by hand, compositions from files.
  module(
    "TestSupport", ["Canon", "CloudModel", "Diagnostics", "Ludwig", "Text"],
    path: "Tests/TestSupport")
]

// Programs for measuring and for hostile input; no part of what is delivered.
let workbench: [Target] = [
  // Times the front end, and writes a value as JSON beside the peers' programs.
  .executableTarget(
    name: "ludwig-bench",
    dependencies: ["Canon", "CloudModel", "Diagnostics", "Ludwig", "LudwigSyntax", "Text"],
    path: "Benchmarks/Ludwig", swiftSettings: settings),
  // Answers questions about the wire, for the check against botocore.
  .executableTarget(
    name: "wire-peer", dependencies: ["Canon", "CloudModel", "AWSCatalog", "AWSWire"],
    path: "Tests/Wire/wire-peer", swiftSettings: settings),
  // Sheets that nobody should write, and what must hold for each.
  module(
    "HostileInput",
    ["Canon", "CloudModel", "Determinism", "Diagnostics", "Ludwig", "LudwigSyntax", "Text"],
    path: "Tests/Fuzz/HostileInput"),
  // Tries such sheets for as long as it is told to.
  .executableTarget(
    name: "ludwig-fuzz", dependencies: ["HostileInput"], path: "Tests/Fuzz/ludwig-fuzz",
    swiftSettings: settings),
]

// Times everything beside the committed thresholds; only in the package of the benchmarks.
let measures: [Target] = [
  .executableTarget(
    name: "measure",
    dependencies: [
      "Text", "Diagnostics", "Canon", "Determinism", "CloudModel", "CloudSemantics",
      "LudwigSyntax", "Ludwig",
      "Plans", "Planners", "Certificates", "CertificateChecker", "Journal", "Conductor", "Prover",
      "ModelChecker", "Models", "Simulator", "Runtime", "AWSCatalog", "AWSWire",
    ], path: "Measures", swiftSettings: settings)
]

let testTargets: [Target] = [
  tests("FoundationsTests", ["Text", "Diagnostics", "Canon", "Determinism", "Graphs"]),
  tests("CloudTests", ["CloudModel", "CloudSemantics", "Canon", "Determinism"]),
  tests("AWSCatalogTests", ["AWSCatalog", "CatalogMaking", "Canon"]),
  tests(
    "LudwigTests",
    [
      "Text", "Diagnostics", "Canon", "CloudModel", "AWSCatalog", "LudwigSyntax", "LudwigFormat",
      "LudwigSamples", "LudwigTypes", "LudwigEvaluator", "LudwigLibrary", "Ludwig", "Determinism",
      "HostileInput",
    ], exclude: ["Golden"]),
  tests(
    "PlannersTests",
    [
      "Text", "Diagnostics", "Canon", "Graphs", "CloudModel", "CloudSemantics", "AWSCatalog",
      "Ludwig", "Plans", "Planners", "Determinism", "Simulator", "TestSupport",
    ], exclude: ["Golden", "Sheets"]),
  tests(
    "ProverTests",
    [
      "Canon", "Determinism", "CloudModel", "CloudSemantics", "Plans", "PlanEffects",
      "Certificates", "CertificateChecker", "SMT", "Prover", "PacketWalker",
      "Planners", "Ludwig", "Diagnostics", "Text",
    ]),
  tests(
    "ConductorTests",
    [
      "Canon", "Determinism", "CloudModel", "CloudSemantics", "Plans", "Planners", "Certificates",
      "CertificateChecker", "PlanEffects", "Journal", "Conductor", "Prover", "Simulator", "Store",
      "Runtime",
      "Ludwig", "Diagnostics", "Text", "TestSupport",
    ]),
  tests(
    "ModelCheckerTests",
    [
      "Canon", "CloudModel", "Determinism", "Diagnostics", "Ludwig", "Histories", "ModelChecker",
      "Models", "Conductor", "Journal", "Runtime", "ScenarioRunner", "Simulator", "TestSupport",
      "Text",
    ]),
  tests(
    "SimulatorTests",
    ["Canon", "Determinism", "CloudModel", "AWSCatalog", "CloudSemantics", "Simulator", "Store"]),
  tests(
    "CommandTests",
    [
      "Canon", "Determinism", "CloudModel", "Diagnostics", "Text", "Ludwig", "FugueCommands",
      "ScenarioRunner", "Simulator", "Store", "fugue",
    ]),
  tests(
    "AWSWireTests", ["Canon", "Determinism", "CloudModel", "AWSCatalog", "AWSWire", "wire-peer"],
    exclude: ["Signing/sign-with-botocore.py"]),
  tests(
    "AWSCloudTests",
    [
      "Canon", "Determinism", "CloudModel", "AWSCatalog", "AWSWire", "AWSCloud", nioCore, nioPosix,
    ], exclude: ["Peers"]),
  tests("TidyTests", []),
]

let package = Package(
  name: "fugue",
  products: [
    .executable(name: "fugue", targets: ["fugue"]),
    .executable(name: "generate-catalog", targets: ["generate-catalog"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: foundations + cloud + ludwig + plans + kernel + assurance + worlds + faces
    + testSupport + workbench + testTargets,
  swiftLanguageModes: [.v6]
)

// `Benchmarks/Package.swift` is this file, by a link: what is `package` is seen in one package alone,
// and so the benchmarks never fall behind. There one program takes the place of the tests.
if Context.packageDirectory.hasSuffix("/Benchmarks") {
  package.targets =
    foundations + cloud + ludwig + plans + kernel + assurance + worlds + faces + measures
}
