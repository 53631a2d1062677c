import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, get, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { forwardRequest } from './forward-request.ts'

async function listening(server: Server, place: string | number): Promise<void> {
  server.listen(place)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
}

test('what a client asked that went while the server behind started is not asked there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forward-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'socket')
  const asked: (string | undefined)[] = []
  const behind = createServer(({ url }, response) => {
    asked.push(url)
    response.end()
  })
  await listening(behind, path)
  const started = Promise.withResolvers<string>()
  const gone = Promise.withResolvers<void>()
  const forwarded: Promise<void>[] = []
  const front = createServer(({ url = '', headers }, response) => {
    response.once('close', gone.resolve)
    const forwarding = { method: 'GET', url, headers, body: Buffer.alloc(0) }
    forwarded.push(forwardRequest(forwarding, () => started.promise, response))
    if (url === '/gone') leaving.destroy()
  })
  await listening(front, 0)
  const origin = `http://localhost:${(front.address() as AddressInfo).port}`
  const leaving = request(`${origin}/gone`)
  leaving.once('error', () => {})
  leaving.end()
  await gone.promise
  const waiting = get(`${origin}/waits`)
  await once(front, 'request')
  started.resolve(path)
  const [answer] = await once(waiting, 'response')
  answer.resume()
  await Promise.all(forwarded)
  expect(asked).toEqual(['/waits'])
})
