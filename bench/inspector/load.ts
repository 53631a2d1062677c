/**
 * Started by `bench/inspector.ts`: publishes at a rate, over one WebSocket, QoS 0. The packets are written by hand and
 * sent many in a frame, so that the load takes as little of the machine as it can. Over IPC:
 * `{ rate, topics, seconds }` begins, and is answered with `{ sent }`.
 */
const PAYLOAD_BYTES = 200
const TICK_MS = 10
/** A frame stays below what the server takes as one. */
const PACKETS_PER_FRAME = 200
const [url = ''] = process.argv.slice(2)

const utf8 = (text: string): Buffer<ArrayBuffer> => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

/** MQTT 3.1.1 §2.2.3. */
function packet(type: number, body: Buffer): Buffer<ArrayBuffer> {
  const length: number[] = []
  let rest = body.length
  do {
    length.push((rest % 128) | (rest >= 128 ? 0x80 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.concat([Buffer.from([type, ...length]), body])
}

/** `{"t":1795329900113,"n":00000042,…}`: the time at 5 and the number at 23 are written anew into each message. */
const PAYLOAD = `${'{"t":0000000000000,"n":00000000,"unit":"bar","pad":"'.padEnd(PAYLOAD_BYTES - 2, 'x')}"}`

const socket = new WebSocket(url, 'mqtt')
socket.binaryType = 'arraybuffer'
socket.onopen = () => {
  const connect = Buffer.concat([utf8('MQTT'), Buffer.from([4, 2, 0, 0]), utf8(`bench-load-${process.pid}`)])
  socket.send(packet(0x10, connect))
}
socket.onmessage = () => process.send?.({ ready: true })
socket.onclose = ({ reason }) => {
  console.error(`The connection of the load was closed. ${reason}`)
  process.exit(1)
}

process.on('message', ({ rate, topics, seconds }: { rate: number; topics: number; seconds: number }) => {
  const messages = Array.from({ length: topics }, (_, index) =>
    packet(0x30, Buffer.concat([utf8(`bench/hall-${index % 10}/pump-${index}/telemetry`), Buffer.from(PAYLOAD)])),
  )
  const beginMs = performance.now()
  let sent = 0
  const tick = () => {
    const elapsedMs = Math.min(performance.now() - beginMs, seconds * 1_000)
    const due = Math.floor((elapsedMs * rate) / 1_000)
    const now = String(Date.now())
    const batch: Buffer<ArrayBuffer>[] = []
    for (; sent < due; sent++) {
      const message = Buffer.from(messages[sent % topics] ?? Buffer.alloc(0))
      const payload = message.length - PAYLOAD_BYTES
      message.write(now, payload + 5, 'latin1')
      message.write(String(sent).padStart(8, '0'), payload + 23, 'latin1')
      batch.push(message)
    }
    for (let start = 0; start < batch.length; start += PACKETS_PER_FRAME) {
      socket.send(Buffer.concat(batch.slice(start, start + PACKETS_PER_FRAME)))
    }
    if (elapsedMs < seconds * 1_000) setTimeout(tick, TICK_MS)
    else process.send?.({ sent })
  }
  tick()
})
process.once('disconnect', () => process.exit(0))
