import AWSCloud
import AWSWire
import NIOCore
import NIOPosix
import Testing

/// Answers that no honest server gives: each becomes a failure that says what is known of the
/// request, in bounded time.
@Suite struct TransportTests {
  private enum Expected {
    case status(Int)
    case notSent(String)
    case unknown(String)
  }

  private func check(
    _ way: LoopbackServer.Behaviour, _ expected: Expected, limit: Int = 1 << 20,
    milliseconds: Int64 = 700
  ) async throws {
    let server = try await LoopbackServer.start(way)
    let transport = AsyncHTTPTransport()
    let message = HTTPMessage(
      origin: Origin(isSecure: false, host: "127.0.0.1", port: server.port),
      request: WireRequest(
        path: "/p", query: [WireField("a b", "c")], headers: [WireField("Host", "h")],
        body: Array("body".utf8)), totalMilliseconds: milliseconds, bodyLimit: limit)
    let start = ContinuousClock.now
    do throws(HTTPFailure) {
      let response = try await transport.exchange(message)
      guard case .status(response.status) = expected else {
        Issue.record("\(way) gave HTTP \(response.status)")
        return
      }
    } catch {
      switch (expected, error) {
      case (.notSent(let words), .notSent(let reason)),
        (.unknown(let words), .outcomeUnknown(let reason)):
        #expect(reason.contains(words), "\(way): \(reason)")
      case (_, _): Issue.record("\(way): \(error)")
      }
    }
    // Far more than the time-out, since other tests may hold both threads; less than for ever.
    #expect(start.duration(to: .now) < .seconds(600))
    await transport.close()
    await server.stop()
  }

  @Test func `a plain answer arrives, and what was sent is as it was signed`() async throws {
    let server = try await LoopbackServer.start(
      .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nX-A: 2\r\n\r\nok", closes: false))
    let transport = AsyncHTTPTransport()
    let message = HTTPMessage(
      origin: Origin(isSecure: false, host: "127.0.0.1", port: server.port),
      request: WireRequest(
        method: "PUT", path: "/a%20b/c", query: [WireField("x/y", "ü&"), WireField("acl", nil)],
        headers: [WireField("Host", "signed.example"), WireField("X-B", "1")],
        body: Array("body".utf8)))
    let response = try await transport.exchange(message)
    #expect(response.body == Array("ok".utf8) && response.status == 200)
    #expect(response.headers.filter { $0.name == "X-A" }.map(\.value) == ["1", "2"])
    let request = server.log.requests.first ?? ""
    #expect(request.hasPrefix("PUT /a%20b/c?x%2Fy=%C3%BC%26&acl HTTP/1.1\r\n"))
    #expect(request.lowercased().contains("host: signed.example\r\n"))
    #expect(request.hasSuffix("\r\n\r\nbody"))
    await transport.close()
    await server.stop()
  }

  @Test func `a refused connection and an unknown host are not sent`() async throws {
    let server = try await LoopbackServer.start(.silence)
    let port = server.port
    await server.stop()
    let transport = AsyncHTTPTransport()
    for host in ["127.0.0.1", "no-such-host.invalid"] {
      let message = HTTPMessage(
        origin: Origin(isSecure: false, host: host, port: port), request: WireRequest(),
        totalMilliseconds: 15_000)
      do throws(HTTPFailure) {
        _ = try await transport.exchange(message)
        Issue.record("\(host) answered")
      } catch {
        guard case .notSent = error else {
          Issue.record("\(host): \(error)")
          continue
        }
      }
    }
    await transport.close()
  }

  @Test func `a connection that nobody takes is given up after the time for it`() async throws {
    // A listener that accepts nothing, and whose queue is full: the next connection waits.
    let group = MultiThreadedEventLoopGroup.singleton
    let listener = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1).serverChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: 0).get()
    let address = try #require(listener.localAddress)
    var held: [any Channel] = []
    for _ in 0..<2 {
      held.append(try await ClientBootstrap(group: group).connect(to: address).get())
    }
    let transport = AsyncHTTPTransport()
    let message = HTTPMessage(
      origin: Origin(isSecure: false, host: "127.0.0.1", port: address.port),
      request: WireRequest(), connectMilliseconds: 300, totalMilliseconds: 3_600_000)
    let start = ContinuousClock.now
    do throws(HTTPFailure) {
      _ = try await transport.exchange(message)
      Issue.record("somebody answered")
    } catch {
      #expect(error == .notSent("127.0.0.1:\(address.port ?? 0) could not be reached in time"))
    }
    #expect(start.duration(to: .now) < .seconds(600))
    for channel in held + [listener] { try? await channel.close() }
    await transport.close()
  }

  @Test func `a transport that is closed sends nothing`() async throws {
    let transport = AsyncHTTPTransport()
    await transport.close()
    let message = HTTPMessage(
      origin: Origin(isSecure: false, host: "127.0.0.1", port: 1), request: WireRequest())
    await #expect(throws: HTTPFailure.notSent("the transport is closed")) {
      try await transport.exchange(message)
    }
  }

  @Test func `silence, dripping and endless answers end at the time or size that was said`()
    async throws
  {
    try await check(.silence, .unknown("no whole response"))
    try await check(
      .drip("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", milliseconds: 50),
      .unknown("no whole response"))
    try await check(
      .flood(head: "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n"),
      .unknown("longer than"), milliseconds: 10_000)
    try await check(
      .send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx", closes: false),
      .unknown("longer than"), milliseconds: 10_000)
    try await check(
      .flood(head: "HTTP/1.1 200 OK\r\nX-Long: "), .unknown(""), milliseconds: 10_000)
    try await check(.flood(head: ""), .unknown(""), milliseconds: 10_000)
  }

  @Test func `connections that break after the request leave its outcome open`() async throws {
    try await check(.close, .unknown(""))
    try await check(
      .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", closes: true), .unknown(""))
    try await check(.send("HTTP/1.1 200 OK\r\nContent-Le", closes: true), .unknown(""))
    try await check(
      .send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", closes: true),
      .unknown(""))
    try await check(
      .send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello", closes: false),
      .unknown(""))
  }

  @Test func `what is no HTTP is told`() async throws {
    for text in [
      "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}", "HTTP/9.9 200 OK\r\n\r\n",
      "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "<html>hello</html>",
    ] {
      try await check(.send(text, closes: true), .unknown(""))
    }
  }

  @Test func `redirects are not followed, and statuses of any kind come through`() async throws {
    for status in [301, 302, 307, 400, 404, 418, 500, 503, 599] {
      try await check(
        .send(
          "HTTP/1.1 \(status) X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
          closes: false), .status(status))
    }
  }
}
