import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import type { BulkChange, BulkChangeList, BulkChangeResults } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Browser, signIn } from './browser.ts'
import { startBff } from './console.ts'

const THINGS = Array.from({ length: 8 }, (_, index) => `restart-${index + 1}`)

test('a bulk change that the end of its server interrupted is offered by the next one, and gone on with there', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'restart-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = stack.use(await startEmbeddedServer({ consoleUrl: url }))
  const data = new IoTDataPlaneClient(server.sdk)
  const payload = new TextEncoder().encode('{"state":{"desired":{"speed":1}}}')
  for (const thingName of THINGS) await data.send(new UpdateThingShadowCommand({ thingName, payload }))

  const start = async () => {
    const environment = { SHARED_FILE: join(folder, 'shared.json') }
    const bff = await startBff({ server, port, publicUrl: url, environment })
    const browser = new Browser()
    await signIn(browser, url, 'ada')
    const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
      const init = body && {
        method: 'POST',
        headers: { origin: url, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
      return (await (await browser.fetch(`${url}/api/bulk-changes${path}`, init)).json()) as Answer
    }
    return { bff, ask }
  }

  const first = await start()
  const change = { path: ['speed'], valueText: '2', dryRun: false, requestsPerSecond: 2, confirmedCount: THINGS.length }
  const { bulkChangeId } = await first.ask<BulkChange>('', { ...change, targets: { thingNames: THINGS } })
  const hasBegun = async () => ((await first.ask<BulkChange>(`/${bulkChangeId}`)).counts.changed ?? 0) > 0
  await vi.waitUntil(hasBegun, { timeout: 20_000 })
  await first.bff[Symbol.asyncDispose]()

  const next = await start()
  stack.use(next.bff)
  const { bulkChanges } = await next.ask<BulkChangeList>('')
  expect(bulkChanges).toMatchObject([{ bulkChangeId, state: 'interrupted', total: THINGS.length }])
  const { total: left } = await next.ask<BulkChangeResults>(`/${bulkChangeId}/results?outcome=waiting`)
  expect(left).toBeGreaterThan(0)
  const again = await next.ask<BulkChange>(`/${bulkChangeId}/retry`, {})
  const hasEnded = async () => (await next.ask<BulkChange>(`/${again.bulkChangeId}`)).endedAt !== undefined
  await vi.waitUntil(hasEnded, { timeout: 30_000 })
  expect(await next.ask(`/${again.bulkChangeId}`)).toMatchObject({ state: 'done', counts: { changed: left } })
  expect(await next.ask(`/${bulkChangeId}`)).toMatchObject({ continuedBy: again.bulkChangeId })
}, 90_000)
