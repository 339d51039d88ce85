import NIOCore
import NIOPosix
import Synchronization

/// A server on this machine that answers each request as it was told to, in bytes of any form.
final class LoopbackServer: Sendable {
  /// What it does when a request has come in.
  enum Behaviour: Sendable {
    /// Sends bytes; then closes, or leaves the connection open.
    case send(String, closes: Bool)
    /// Sends bytes that need be no text; then closes.
    case bytes([UInt8])
    /// Sends a head, and then a piece for ever.
    case repeating(head: String, piece: String)
    /// Sends bytes one by one, so many milliseconds apart.
    case drip(String, milliseconds: Int64)
    /// Sends a head, and then filler for ever.
    case flood(head: String)
    /// Sends nothing, and keeps the connection.
    case silence
    /// Closes the connection.
    case close
    /// Closes the connection before anything was read.
    case closeAtOnce
  }

  /// What is to be done, and what came.
  final class Log: Sendable {
    private let state: Mutex<(ways: [Behaviour], requests: [String])>

    init(_ ways: [Behaviour]) { state = Mutex((ways, [])) }

    /// The way of the next connection; the last one holds for all further ones.
    func next() -> Behaviour {
      state.withLock { state in
        state.ways.count > 1 ? state.ways.removeFirst() : state.ways.first ?? .silence
      }
    }

    func note(_ request: String) { state.withLock { $0.requests.append(request) } }
    var requests: [String] { state.withLock { $0.requests } }
  }

  /// What came in.
  let log: Log
  /// Where it listens.
  let port: Int
  private let channel: any Channel

  private init(_ channel: any Channel, _ log: Log) {
    self.channel = channel
    self.log = log
    port = channel.localAddress?.port ?? 0
  }

  /// Starts a server that behaves in these ways for one connection after another.
  static func start(_ ways: Behaviour...) async throws -> LoopbackServer {
    let log = Log(ways)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Answering(log))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return LoopbackServer(channel, log)
  }

  /// Stops listening.
  func stop() async { try? await channel.close().get() }
}

/// Reads a request, and then behaves.
private final class Answering: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let log: LoopbackServer.Log
  private var way: LoopbackServer.Behaviour?
  private var request: [UInt8] = []

  init(_ log: LoopbackServer.Log) { self.log = log }

  func channelActive(context: ChannelHandlerContext) {
    let way = log.next()
    self.way = way
    if case .closeAtOnce = way { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    request += Array(unwrapInboundIn(data).readableBytesView)
    guard isWhole, let way else { return }
    log.note(String(decoding: request, as: UTF8.self))
    request = []
    switch way {
    case .send(let text, let closes):
      write(text, context)
      if closes { context.close(promise: nil) }
    case .bytes(let bytes):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
      context.close(promise: nil)
    case .repeating(let head, let piece):
      write(head, context)
      let many = ByteBuffer(string: String(repeating: piece, count: 1 + 100_000 / piece.count))
      flood(many, context)
    case .drip(let text, let milliseconds):
      drip(Array(text.utf8)[...], milliseconds, context)
    case .flood(let head):
      write(head, context)
      flood(ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 18), context)
    case .silence: return
    case .close, .closeAtOnce: context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private var isWhole: Bool {
    let text = String(decoding: request, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
    let head = text[..<end.lowerBound].lowercased()
    guard let length = head.firstRange(of: "content-length: ") else { return true }
    let digits = head[length.upperBound...].prefix { $0.isNumber }
    return text[end.upperBound...].utf8.count >= Int(digits) ?? 0
  }

  private func write(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  private func drip(
    _ bytes: ArraySlice<UInt8>, _ milliseconds: Int64, _ context: ChannelHandlerContext
  ) {
    guard let first = bytes.first, context.channel.isActive else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [first])), promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
      self.drip(bytes.dropFirst(), milliseconds, context)
    }
  }

  private func flood(_ filler: ByteBuffer, _ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    context.writeAndFlush(wrapOutboundOut(filler)).assumeIsolated().whenSuccess {
      self.flood(filler, context)
    }
  }
}
