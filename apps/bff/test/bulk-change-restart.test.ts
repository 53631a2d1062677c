import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetThingShadowCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { AuditPage, BulkChange, BulkChangeResults } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { startConsole } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import type { Service } from '../../../scripts/run/service.ts'
import { Browser, signIn } from './browser.ts'

const THINGS = Array.from({ length: 1_000 }, (_, index) => `restart-${index + 1}`)

test('of 1,000 things none is lost and none changed twice unseen when the process is killed in the middle', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'restart-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const url = `http://localhost:${await freePort()}`
  const server = stack.use(await startEmbeddedServer({ consoleUrl: url }))
  const data = new IoTDataPlaneClient(server.sdk)

  const start = async (): Promise<Service> => {
    const environment = { SHARED_FILE: join(folder, 'shared.json'), AUDIT_FILE: join(folder, 'audit.jsonl') }
    return stack.use(await startConsole({ server, url, environment }))
  }
  const browser = new Browser()
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const headers = { origin: url, 'content-type': 'application/json' }
    const init = body && { method: 'POST', headers, body: JSON.stringify(body) }
    return (await (await browser.fetch(`${url}/api${path}`, init)).json()) as Answer
  }

  const first = await start()
  await signIn(browser, url, 'ada')
  const { bulkChangeId } = await ask<BulkChange>('/bulk-changes', {
    targets: { thingNames: THINGS },
    change: { kind: 'shadow', path: ['speed'], valueText: '2', createMissing: true },
    dryRun: false,
    requestsPerSecond: 100,
    confirmedCount: THINGS.length,
  })
  const changed = async () => (await ask<BulkChange>(`/bulk-changes/${bulkChangeId}`)).counts.changed ?? 0
  await vi.waitUntil(async () => (await changed()) > 100, { timeout: 60_000, interval: 100 })
  first.kill()
  await first.ended
  const noted = await forgetOneChange(
    join(folder, 'shared.json.bulk-changes', `bulk-change-${bulkChangeId}-lines-0.json`),
  )

  await start()
  await signIn(browser, url, 'ada')
  const find = () => ask<BulkChange>(`/bulk-changes/${bulkChangeId}`)
  expect(await find()).toMatchObject({ total: THINGS.length })
  const isEnded = async () => (await find()).endedAt !== undefined
  await vi.waitUntil(isEnded, { timeout: 200_000, interval: 250 }) // two synced files for each thing: a busy disk takes its time
  expect(await find()).toMatchObject({ state: 'done', resumed: 1, counts: { changed: THINGS.length } })

  const resumed = new Set<string>()
  for (let offset = 0; offset < THINGS.length; offset += 500) {
    const page = await ask<BulkChangeResults>(`/bulk-changes/${bulkChangeId}/results?offset=${offset}&limit=500`)
    for (const { target, isResumed } of page.results) if (isResumed) resumed.add(target)
  }
  // At most so many as are under way at once were looked at again, and each says so.
  expect(resumed.size).toBeLessThanOrEqual(5)
  expect(resumed).toContain(noted)
  const versionOf = async (thingName: string) => {
    const { payload } = await data.send(new GetThingShadowCommand({ thingName }))
    return (JSON.parse(new TextDecoder().decode(payload)) as { version: number }).version
  }
  for (const thingName of THINGS) expect(await versionOf(thingName)).toBe(1)
  const entries: (string | undefined)[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const from = cursor === '' ? '' : `&cursor=${cursor}`
    const page: AuditPage = await ask(
      `/audit?bulkChange=${bulkChangeId}&action=UpdateThingShadow&outcome=done&limit=200${from}`,
    )
    entries.push(...page.entries.map(({ resource }) => resource?.id))
    cursor = page.nextCursor
  }
  expect(entries.toSorted()).toEqual(THINGS.toSorted())
}, 300_000)

/**
 * Makes the first line that was changed one that is under way, as the end of a process leaves it between the entry in the
 * trail and the line.
 * @returns of which thing
 */
async function forgetOneChange(path: string): Promise<string> {
  const lines = JSON.parse(await readFile(path, 'utf8')) as BulkChangeResults['results']
  const index = lines.findIndex(({ outcome }) => outcome === 'changed')
  const line = lines[index]
  if (!line) throw new Error(`No line of ${path} is changed`)
  await writeFile(path, JSON.stringify(lines.with(index, { ...line, outcome: 'under-way' })))
  return line.target
}
