import {
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DetachThingPrincipalCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { CertificateDetail, CertificatePage, FoundCertificates } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CertificateLooks } from '../src/aws/certificates/certificate-looks.ts'
import { CertificateWatch } from '../src/aws/certificates/certificate-watch.ts'
import { Pace } from '../src/aws/pace.ts'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const vera = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(vera, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function get<Answer>(path: string): Promise<Answer> {
  const response = await vera.fetch(`${console.url}${path}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

const create = (setAsActive = true) => iot.send(new CreateKeysAndCertificateCommand({ setAsActive }))
const SOON = { timeout: 20_000, interval: 100 }

test('what AWS lists is there at once, what it tells of one at a time comes as it is looked at', async () => {
  const onThing = await create()
  const inactive = await create(false)
  await iot.send(new CreateThingCommand({ thingName: 'pump-1' }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-1', principal: onThing.certificateArn }))
  const { certificates, nextToken } = await get<CertificatePage>('/api/certificates')
  expect(nextToken).toBeUndefined()
  expect(certificates.map(({ certificateId, status }) => [certificateId, status])).toEqual([
    [inactive.certificateId, 'INACTIVE'],
    [onThing.certificateId, 'ACTIVE'],
  ])
  await vi.waitFor(async () => {
    const looked = await get<CertificatePage>('/api/certificates')
    expect(looked.certificates[1]?.look).toMatchObject({
      things: [{ thingName: 'pump-1', connected: false }],
      thingCount: 1,
      policyNames: [],
      key: 'RSA 2048',
      whys: [],
    })
    expect(looked.certificates[0]?.look?.whys).toEqual(['onNothing'])
  }, SOON)
})

test('of one with many things the row names the first, its page all: what deletes it has to know each', async () => {
  const { certificateId = '', certificateArn: principal } = await create(false)
  const names = Array.from({ length: 24 }, (_, index) => `many-${index}`)
  for (const thingName of names) {
    await iot.send(new CreateThingCommand({ thingName }))
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal }))
  }
  const { look } = await get<CertificateDetail>(`/api/certificates/${certificateId}/details`)
  expect(look?.things.map(({ thingName }) => thingName).sort()).toEqual(names.toSorted())
  expect(look?.things.filter(({ connected }) => connected === undefined)).toHaveLength(4)
  await vi.waitFor(async () => {
    const { certificates } = await get<CertificatePage>('/api/certificates')
    const row = certificates.find((each) => each.certificateId === certificateId)
    expect(row?.look?.things).toHaveLength(5)
    expect(row?.look?.thingCount).toBe(24)
  }, SOON)
  for (const thingName of names) await iot.send(new DetachThingPrincipalCommand({ thingName, principal }))
  await iot.send(new DeleteCertificateCommand({ certificateId }))
})

test('by status, though AWS lists by none; what was deleted since is left out', async () => {
  const gone = await create(false)
  const inactive = await get<CertificatePage>('/api/certificates?status=INACTIVE')
  expect(inactive.certificates).toHaveLength(2)
  expect(inactive.certificates.every(({ status }) => status === 'INACTIVE')).toBe(true)
  await iot.send(new DeleteCertificateCommand({ certificateId: gone.certificateId }))
  expect((await get<CertificatePage>('/api/certificates?status=INACTIVE')).certificates).toHaveLength(1)
  expect((await get<CertificatePage>('/api/certificates?status=REVOKED')).certificates).toEqual([])
})

test('active ones are looked through: what is the matter, how often, and in which month they end', async () => {
  await create()
  const found = await vi.waitFor(async () => {
    const answer = await get<FoundCertificates>('/api/found-certificates?why=onNothing')
    expect(answer.isOver).toBe(true)
    return answer
  }, SOON)
  expect(found).toMatchObject({ outcome: 'read', looked: 2, listed: 2, isAll: true, leftOut: 0 })
  expect(found.counts.filter(({ count }) => count > 0)).toEqual([{ why: 'onNothing', count: 1 }])
  expect(found.certificates).toHaveLength(1)
  const [{ month } = { month: '' }] = found.months
  expect(found.months).toEqual([{ month: found.certificates[0]?.look?.notAfter?.slice(0, 7), count: 2 }])
  expect((await get<FoundCertificates>(`/api/found-certificates?month=${month}`)).certificates).toHaveLength(2)
  expect((await get<FoundCertificates>('/api/found-certificates?month=1999-01')).certificates).toEqual([])
})

test('what a short look found serves shortly: a certificate made since then is counted soon', async () => {
  let aheadMs = 0
  const clock = { ...SYSTEM_CLOCK, nowMs: () => Date.now() + aheadMs }
  const clients = { iot, data: new IoTDataPlaneClient(console.sdk) }
  const watch = new CertificateWatch(iot, clock, new CertificateLooks(clients, clock, new Pace(clock, 50)))
  const untilOver = async () =>
    vi.waitFor(
      async () => {
        const found = await watch.look()
        expect(found.isOver).toBe(true)
        return found
      },
      { timeout: 20_000, interval: 100 },
    )
  const { listed, lookedAt } = await untilOver()
  await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  expect((await watch.look()).lookedAt).toBe(lookedAt)
  aheadMs = 60_000
  await vi.waitFor(async () => expect(await watch.look()).toMatchObject({ listed: listed + 1, isOver: true }), {
    timeout: 20_000,
    interval: 100,
  })
})
