import { createRequire } from 'node:module'
import { Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { KeptFile } from './kept-file.ts'
import { ready, SOCKET } from './ready.ts'

const require = createRequire(import.meta.url)
const program = require.resolve('kinesis-local')

/** How often the streams are written, at most. */
const PERSIST_MS = 500
/** Of finding what it writes whole, as it ends. */
const MAX_TRIES = 50
/** Stand for the ports: the program takes none that the system would choose. */
const TLS_PORT = 1
const PLAIN_PORT = 2

Object.assign(process.env, {
  KINESIS_MOCK_CERT_PATH: join(dirname(program), 'server.json'),
  KINESIS_MOCK_TLS_PORT: String(TLS_PORT),
  KINESIS_MOCK_PLAIN_PORT: String(PLAIN_PORT),
  CREATE_STREAM_DURATION: '0ms',
  DELETE_STREAM_DURATION: '0ms',
  LOG_LEVEL: 'ERROR',
  ...(process.env.DATA_FOLDER !== undefined && {
    SHOULD_PERSIST_DATA: 'true',
    PERSIST_PATH: process.env.DATA_FOLDER,
    PERSIST_INTERVAL: `${PERSIST_MS}ms`,
  }),
})

const folder = process.env.DATA_FOLDER
const kept = folder === undefined ? undefined : new KeptFile(join(folder, 'kinesis-data.json'))
kept?.restore()
if (kept) setInterval(() => kept.copy(), PERSIST_MS)

/**
 * It writes the streams from time to time, and says nothing of it: after that time all is written. Then it is ended,
 * since to end itself takes it seconds.
 */
async function stop(): Promise<void> {
  if (kept) await setTimeout(2 * PERSIST_MS)
  for (let tries = 0; kept && tries < MAX_TRIES && !kept.copy(); tries++) await setTimeout(PERSIST_MS / MAX_TRIES)
  process.kill(process.pid, 'SIGKILL')
}

// The program listens on ports, of all addresses: it is led to the socket, and told of ports and addresses it lacks.
const LOOPBACK = { address: '127.0.0.1', family: 'IPv4', port: PLAIN_PORT }
Server.prototype.address = () => LOOPBACK
const value = (of: unknown) => ({ value: of })
const ADDRESSES = {
  localAddress: value(LOOPBACK.address),
  localPort: value(LOOPBACK.port),
  remoteAddress: value(LOOPBACK.address),
  remotePort: value(LOOPBACK.port),
}
const listen = Server.prototype.listen
Server.prototype.listen = function (this: Server, ...parameters: unknown[]): Server {
  const [first] = parameters
  const wanted = typeof first === 'object' && first && 'port' in first ? Number(first.port) : Number(first)
  const callback = parameters.find((parameter) => typeof parameter === 'function')
  this.prependListener('connection', (socket: Socket) => Object.defineProperties(socket, ADDRESSES))
  this.once('listening', () => {
    if (wanted === PLAIN_PORT) ready(stop)
    callback?.()
  })
  return listen.call(this, { path: wanted === PLAIN_PORT ? SOCKET : `${SOCKET}-tls` })
}

require(program)
