/**
 * The ten operations on node:http and node:sqlite, written by hand for nothing else: one statement each, no signature
 * checked, no input validated, no policy asked, nobody told of a change. What a program in this language costs at least.
 */
import { createHash, generateKeyPair, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { thingNameOf } from '../measure/fleet.ts'

const [directory = '.', things = '0'] = process.argv.slice(2)
const database = new DatabaseSync(join(directory, 'by-hand.db'))
database.exec(`
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE;
  CREATE TABLE things (seq INTEGER PRIMARY KEY, name TEXT UNIQUE, id TEXT, attributes TEXT, version INTEGER);
  CREATE TABLE certificates (id TEXT PRIMARY KEY, pem TEXT);
  CREATE TABLE attachments (target TEXT, policy TEXT, PRIMARY KEY (target, policy));
  CREATE TABLE principals (thing TEXT, principal TEXT, PRIMARY KEY (thing, principal));
  CREATE TABLE shadows (thing TEXT PRIMARY KEY, document TEXT);
  BEGIN
`)
const ARN = 'arn:aws:iot:us-east-1:123456789012'
const insert = database.prepare('INSERT INTO things (name, id, attributes, version) VALUES (?, ?, ?, 1)')
for (let index = 0; index < Number(things); index++) {
  insert.run(thingNameOf(index), randomUUID(), JSON.stringify({ site: `hall-${index % 500}`, serial: String(index) }))
}
database.exec('COMMIT')
const describe = database.prepare('SELECT * FROM things WHERE name = ?')
const list = database.prepare('SELECT * FROM things WHERE seq > 0 ORDER BY seq LIMIT ?')
const update = database.prepare('UPDATE things SET attributes = ?, version = version + 1 WHERE name = ?')
const certify = database.prepare('INSERT INTO certificates VALUES (?, ?)')
const attach = database.prepare('INSERT OR IGNORE INTO attachments VALUES (?, ?)')
const attachThing = database.prepare('INSERT OR IGNORE INTO principals VALUES (?, ?)')
const principalsOf = database.prepare('SELECT principal FROM principals WHERE thing = ?')
const shadowOf = database.prepare('SELECT document FROM shadows WHERE thing = ?')
const putShadow = database.prepare(
  'INSERT INTO shadows VALUES (?, ?) ON CONFLICT DO UPDATE SET document = excluded.document',
)
const newKeyPair = promisify(generateKeyPair)

type Row = Record<string, string | number>

const thingOf = (row: Row) => ({
  thingName: row.name,
  thingId: row.id,
  thingArn: `${ARN}:thing/${row.name}`,
  attributes: JSON.parse(String(row.attributes)),
  version: row.version,
})

async function answer(
  method: string,
  url: URL,
  body: string,
  headers: NodeJS.Dict<string | string[]>,
): Promise<object> {
  const [, family = '', name = '', part = ''] = url.pathname.split('/')
  const input = body === '' ? {} : JSON.parse(body)
  switch (`${method} ${family} ${part}`) {
    case 'POST things ': {
      const id = randomUUID()
      insert.run(name, id, JSON.stringify(input.attributePayload?.attributes ?? {}))
      return { thingName: name, thingArn: `${ARN}:thing/${name}`, thingId: id }
    }
    case 'GET things ':
      if (name !== '') return thingOf(describe.get(name) as Row)
      return { things: (list.all(Number(url.searchParams.get('maxResults'))) as Row[]).map(thingOf) }
    case 'PATCH things ': {
      const before = JSON.parse(String((describe.get(name) as Row).attributes))
      update.run(JSON.stringify({ ...before, ...input.attributePayload.attributes }), name)
      return {}
    }
    case 'POST keys-and-certificate ': {
      const { privateKey, publicKey } = await newKeyPair('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      })
      const id = createHash('sha256').update(publicKey).digest('hex')
      certify.run(id, publicKey)
      return { certificateArn: `${ARN}:cert/${id}`, certificateId: id, keyPair: { privateKey, publicKey } }
    }
    case 'POST policies ':
      return {}
    case 'PUT target-policies ':
      attach.run(input.target, name)
      return {}
    case 'PUT things principals':
      attachThing.run(name, String(headers['x-amzn-principal']))
      return {}
    case 'GET things principals':
      return { principals: (principalsOf.all(name) as Row[]).map(({ principal }) => principal) }
    case 'GET things shadow':
      return JSON.parse(String((shadowOf.get(name) as Row).document))
    case 'POST things shadow': {
      const before = shadowOf.get(name) as Row | undefined
      const state = before ? JSON.parse(String(before.document)).state : {}
      const next = { state: { ...state, ...input.state }, version: 1, timestamp: Math.floor(Date.now() / 1000) }
      putShadow.run(name, JSON.stringify(next))
      return next
    }
    default:
      return {}
  }
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const url = new URL(request.url ?? '/', 'http://localhost')
  const output = await answer(request.method ?? '', url, Buffer.concat(chunks).toString('utf8'), request.headers)
  const text = JSON.stringify(output)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
