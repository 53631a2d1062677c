import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IoTClient, paginateListCertificates, paginateListThings } from '@aws-sdk/client-iot'
import type { BulkChange, BulkChangeCertificates } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { startConsole } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'

const NAMES = Array.from({ length: 60 }, (_, index) => `device-${String(index + 1).padStart(3, '0')}`)
const PATIENCE = { timeout: 120_000, interval: 100 }

test('the console is killed twice in the middle of new things: each is made once, with one certificate', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'registration-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const url = `http://localhost:${await freePort()}`
  const server = stack.use(await startEmbeddedServer({ consoleUrl: url }))
  const iot = new IoTClient(server.sdk)
  stack.defer(() => iot.destroy())
  const environment = { SHARED_FILE: join(folder, 'shared.json') }
  let bff = await startConsole({ server, url, environment })
  stack.defer(() => bff[Symbol.asyncDispose]())
  let grace = new Browser()
  await signIn(grace, url, 'grace')
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const headers = { origin: url, 'content-type': 'application/json' }
    const init = body && { method: 'POST', headers, body: JSON.stringify(body) }
    return (await (await grace.fetch(`${url}/api/bulk-changes${path}`, init)).json()) as Answer
  }
  const newThings = await Promise.all(
    NAMES.map(async (thingName) => {
      const { certificateSigningRequest } = await keyAndRequest(thingName)
      return { thingName, certificateSigningRequest }
    }),
  )
  const request = {
    targets: { newThings },
    change: { kind: 'create' },
    dryRun: false,
    requestsPerSecond: 100,
    clientRequestToken: 'once',
  }
  const { bulkChangeId } = await ask<BulkChange>('', request)
  // Whoever had no answer asks again.
  const askedAgain = async () => expect(await ask('', request)).toMatchObject({ bulkChangeId })
  await askedAgain()
  const reached = (least: number) =>
    vi.waitFor(async () => {
      const { counts } = await ask<BulkChange>(`/${bulkChangeId}`)
      expect(counts.changed ?? 0).toBeGreaterThanOrEqual(least)
    }, PATIENCE)
  for (const least of [8, 30]) {
    await reached(least)
    bff.kill()
    await bff.ended
    bff = await startConsole({ server, url, environment })
    grace = new Browser()
    await signIn(grace, url, 'grace')
    await askedAgain()
  }
  await reached(NAMES.length)

  const { certificates } = await ask<BulkChangeCertificates>(`/${bulkChangeId}/certificates?limit=500`)
  expect(certificates.map(({ thingName }) => thingName)).toEqual(NAMES)
  const ids: string[] = []
  for await (const page of paginateListCertificates({ client: iot }, {}))
    ids.push(...(page.certificates ?? []).map(({ certificateId = '' }) => certificateId))
  // What was made and not noted was found again.
  expect(ids.sort()).toEqual(certificates.map(({ certificateId }) => certificateId).sort())
  const things: string[] = []
  for await (const page of paginateListThings({ client: iot }, {}))
    things.push(...(page.things ?? []).map(({ thingName = '' }) => thingName))
  expect(things.sort()).toEqual(NAMES)
}, 240_000)
