/** One SELECT by name behind node:http: what reading a thing costs at least. */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const database = new DatabaseSync(join(process.argv[2] ?? '.', 'account.db'), { readOnly: true })
const select = database.prepare('SELECT * FROM things WHERE name = ?')
const server = createServer((request, response) => {
  const text = JSON.stringify(select.get((request.url ?? '').slice('/things/'.length)))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
