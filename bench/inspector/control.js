// Parses the frames, keeps the payloads and redraws forty rows: what any inspector must do at the least.
const ROWS = 40
const decoder = new TextDecoder()
const encoder = new TextEncoder()
const rows = Array.from({ length: ROWS }, () => {
  const row = document.createElement('div')
  row.className = 'td-row'
  document.querySelector('.td-list-body').append(row)
  return row
})
const payloads = []
const topics = []
let rest = new Uint8Array()

function utf8(text) {
  const bytes = encoder.encode(text)
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes]
}

const socket = new WebSocket(new URLSearchParams(location.search).get('url'), 'mqtt')
socket.binaryType = 'arraybuffer'
socket.onopen = () => {
  const connect = [...utf8('MQTT'), 4, 2, 0, 0, ...utf8(`bench-control-${Date.now()}`)]
  socket.send(Uint8Array.from([0x10, connect.length, ...connect]))
  const subscribe = [0, 1, ...utf8('bench/#'), 0]
  socket.send(Uint8Array.from([0x82, subscribe.length, ...subscribe]))
}
socket.onmessage = ({ data }) => {
  let bytes = new Uint8Array(data)
  if (rest.length > 0) {
    const joined = new Uint8Array(rest.length + bytes.length)
    joined.set(rest)
    joined.set(bytes, rest.length)
    bytes = joined
  }
  let offset = 0
  for (;;) {
    let length = 0
    let at = offset + 1
    let shift = 0
    for (; at < bytes.length; shift += 7) {
      const byte = bytes[at++]
      length |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    if (at + length > bytes.length || at === offset + 1) break
    if (bytes[offset] >> 4 === 3) {
      const topicEnd = at + 2 + ((bytes[at] << 8) | bytes[at + 1])
      topics.push(decoder.decode(bytes.subarray(at + 2, topicEnd)))
      payloads.push(bytes.slice(topicEnd, at + length))
    }
    offset = at + length
  }
  rest = bytes.slice(offset)
}

function draw() {
  const first = Math.max(0, payloads.length - ROWS)
  for (let index = 0; index < ROWS; index++) {
    const payload = payloads[first + index]
    if (payload) rows[index].textContent = `${topics[first + index]} ${decoder.decode(payload)}`
  }
  document.querySelector('.td-counters').textContent =
    `received ${payloads.length} = kept ${payloads.length} + aged out 0`
  requestAnimationFrame(draw)
}
requestAnimationFrame(draw)
