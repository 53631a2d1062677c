import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
  ListThingPrincipalsCommand,
  paginateListCertificates,
} from '@aws-sdk/client-iot'
import type { Rotation, RotationCertificates, RotationThings } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { startConsole } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'

const THINGS = Array.from({ length: 80 }, (_, index) => `device-${String(index + 1).padStart(3, '0')}`)
const AT_ONCE = 100
const PATIENCE = { timeout: 180_000, interval: 250 }

test('the console and the server are killed in the middle of a rotation of many things: nothing is lost, nothing is left', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'rotation-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const [port, http, mqtt, https] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const url = `http://localhost:${port}`
  const startServer = () =>
    startEmbeddedServer({
      consoleUrl: url,
      data: join(folder, 'data'),
      ports: { http: String(http), mqtt: String(mqtt), https: String(https) },
    })
  let server = await startServer()
  stack.defer(() => server[Symbol.asyncDispose]())
  const iot = new IoTClient({ ...server.sdk, maxAttempts: 10 })
  stack.defer(() => iot.destroy())
  const oldIds = await makeThings(iot)

  const environment = { SHARED_FILE: join(folder, 'shared.json') }
  let bff = await startConsole({ server, url, environment })
  stack.defer(() => bff[Symbol.asyncDispose]())
  let grace = new Browser()
  await signIn(grace, url, 'grace')
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const init = body && {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    return (await (await grace.fetch(`${url}/api/certificate-rotations${path}`, init)).json()) as Answer
  }
  const restartConsole = async () => {
    bff.kill()
    await bff.ended
    bff = await startConsole({ server, url, environment })
    grace = new Browser()
    await signIn(grace, url, 'grace')
  }
  const restartServer = async () => {
    server.service.kill()
    await server.service.ended
    server = await startServer()
  }
  const counts = async (id: string) => (await ask<Rotation>(`/${id}`)).counts
  const reached = (id: string, stage: string, least: number) =>
    vi.waitFor(async () => expect((await counts(id))[stage] ?? 0).toBeGreaterThanOrEqual(least), PATIENCE)

  const request = { targets: { thingNames: THINGS }, requestsPerSecond: 50, confirmedCount: THINGS.length }
  const { rotationId: id } = await ask<Rotation>('', request)
  const requests = await Promise.all(
    THINGS.map(async (thingName) => {
      const { certificateSigningRequest } = await keyAndRequest(thingName)
      return { thingName, certificateSigningRequest }
    }),
  )
  for (let at = 0; at < requests.length; at += AT_ONCE) {
    await ask(`/${id}/requests`, { requests: requests.slice(at, at + AT_ONCE) })
  }
  await reached(id, 'prepared', 5)
  await restartConsole()
  await reached(id, 'prepared', 25)
  await restartServer()
  await reached(id, 'prepared', 50)
  await restartConsole()
  await reached(id, 'prepared', THINGS.length)

  const certificates: RotationCertificates['certificates'] = []
  for (let offset = 0; offset < THINGS.length; offset += AT_ONCE) {
    certificates.push(...(await ask<RotationCertificates>(`/${id}/certificates?offset=${offset}`)).certificates)
  }
  expect(certificates.map(({ thingName }) => thingName).sort()).toEqual(THINGS)
  // No certificate beside the old and the new ones: what was made and not noted was found again.
  const newIds = certificates.map(({ certificateId }) => certificateId)
  expect((await certificatesIn(iot)).sort()).toEqual([...oldIds, ...newIds].sort())

  await ask(`/${id}/delivered`, { certificateIds: newIds })
  await reached(id, 'waiting', 20)
  await restartConsole()
  await reached(id, 'waiting', THINGS.length)
  await ask(`/${id}/actions`, { action: 'confirm' })
  await ask(`/${id}/actions`, { action: 'deactivate' })
  await reached(id, 'replaced', 15)
  await restartServer()
  await restartConsole()
  await reached(id, 'replaced', THINGS.length)
  const statuses = await statusesIn(iot)
  expect(oldIds.filter((certificateId) => statuses.get(certificateId) !== 'INACTIVE')).toEqual([])
  expect(newIds.filter((certificateId) => statuses.get(certificateId) !== 'ACTIVE')).toEqual([])

  await ask(`/${id}/actions`, { action: 'undo' })
  await reached(id, 'undone', 12)
  await restartConsole()
  await reached(id, 'undone', THINGS.length)
  expect([...(await statusesIn(iot))].sort()).toEqual(oldIds.map((certificateId) => [certificateId, 'ACTIVE']).sort())
  const { principals } = await iot.send(new ListThingPrincipalsCommand({ thingName: THINGS[0] }))
  expect(principals).toHaveLength(1)
  const { total } = await ask<RotationThings>(`/${id}/things?failed=true`)
  expect(total).toBe(0)
}, 600_000)

/** @returns the ids of the certificates that they have */
async function makeThings(iot: IoTClient): Promise<string[]> {
  const policyDocument = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:*","Resource":"*"}}'
  await iot.send(new CreatePolicyCommand({ policyName: 'device', policyDocument }))
  const { certificateSigningRequest } = await keyAndRequest('old')
  const ids: string[] = []
  for (const thingName of THINGS) {
    const { certificateId = '', certificateArn } = await iot.send(
      new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
    )
    ids.push(certificateId)
    await iot.send(new CreateThingCommand({ thingName }))
    await iot.send(new AttachPolicyCommand({ policyName: 'device', target: certificateArn }))
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  }
  return ids
}

async function statusesIn(iot: IoTClient): Promise<Map<string, string>> {
  const statuses = new Map<string, string>()
  for await (const { certificates = [] } of paginateListCertificates({ client: iot, pageSize: 250 }, {})) {
    for (const { certificateId = '', status = '' } of certificates) statuses.set(certificateId, status)
  }
  return statuses
}

const certificatesIn = async (iot: IoTClient): Promise<string[]> => [...(await statusesIn(iot)).keys()]
