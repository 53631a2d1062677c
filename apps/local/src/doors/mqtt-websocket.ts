import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { AwsError } from '@thingdeck/aws-api'
import { WebSocketServer } from 'ws'
import type { Stranger } from '../foundation/admissions.ts'
import type { Principal } from '../foundation/peer.ts'
import { WebSocketStream } from './websocket-stream.ts'

/** Where a WebSocket client speaks MQTT. */
const MQTT_PATH = '/mqtt'

/** Larger frames than the largest packet, because a client may put several packets into one frame. */
const MAX_FRAME_BYTES = 1024 * 1024

export interface MqttWebSocketOptions {
  /** @throws {AwsError} for a page that may not call; in AWS's words for a wrong key, signature, clock or token */
  readonly authenticate: (request: IncomingMessage) => Principal | Stranger
  /** @returns what to do when the peer sends a Close frame */
  readonly onStream: (stream: Duplex, request: IncomingMessage, caller: Principal | Stranger) => () => void
  readonly onRefused: (request: IncomingMessage, error: unknown) => void
}

/** Answers an HTTP upgrade. */
export interface MqttWebSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * MQTT over WebSocket, with SigV4 in the URL or in the headers, or for whom an authorizer is asked at CONNECT.
 * @see AWS IoT Core developer guide, "Device communication protocols", MQTT over WebSocket
 */
export function createMqttWebSocket({ authenticate, onStream, onRefused }: MqttWebSocketOptions): MqttWebSocket {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    // `mqttv3.1` is what the oldest clients offer; one that offers nothing gets nothing.
    handleProtocols: (protocols) => ['mqtt', 'mqttv3.1'].find((protocol) => protocols.has(protocol)) ?? false,
  })
  return {
    upgrade(request, socket, head) {
      const ignore = () => {}
      socket.on('error', ignore)
      try {
        if (pathOf(request) !== MQTT_PATH) throw new AwsError('ResourceNotFoundException', 'Not found')
        const caller = authenticate(request)
        if (socket.destroyed) return
        socket.removeListener('error', ignore)
        server.handleUpgrade(request, socket, head, (webSocket) => {
          const stream: WebSocketStream = new WebSocketStream(webSocket, () => onPeerClose())
          const onPeerClose = onStream(stream, request, caller)
        })
      } catch (error) {
        onRefused(request, error)
        refuse(socket, error)
      }
    },
  }
}

export const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? ''

/** The gateway says nothing but "Forbidden" about a signature; the error's name in the header is what AWS adds. */
function refuse(socket: Duplex, error: unknown): void {
  const name = error instanceof AwsError ? error.name : 'InternalFailure'
  const [status, text] =
    name === 'ResourceNotFoundException'
      ? [404, 'Not Found']
      : error instanceof AwsError
        ? [403, 'Forbidden']
        : [500, 'Internal Server Error']
  const body = JSON.stringify({ message: error instanceof AwsError ? error.message : text })
  socket.resume() // else the end of a peer that sends something behind its request would never be seen
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `x-amzn-ErrorType: ${name}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}
