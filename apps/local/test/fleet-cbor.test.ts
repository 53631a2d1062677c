import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { IoTClient } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestFor } from '../src/foundation/authority/requests.test-support.ts'
import { type Local, startLocal } from '../src/index.ts'
import { BIRTHS_UNPACED, CREATE, CREATE_FROM_CSR, createTemplate, makeClaim, provisionTopic } from './support/claim.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { readTinyMap, TinyCbor, type TinyMap } from './support/tiny-cbor.ts'

// Fleet provisioning in CBOR, as a device in C speaks it.

let local: Local
let device: TestClient

beforeAll(async () => {
  local = await startLocal({ limits: BIRTHS_UNPACED })
  const iot = new IoTClient(local.sdk)
  await createTemplate(iot, 'pumps')
  iot.destroy()
  device = await connectDevice(local, await makeClaim(local, 'pumps'), { protocolVersion: 4 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  await local.close()
})

async function ask(topic: string, payload: Uint8Array): Promise<{ suffix: string | undefined; answer: TinyMap }> {
  await device.mqtt.publishAsync(`${topic}/cbor`, Buffer.from(payload), { qos: 1 })
  const { topic: answered, packet } = await device.inbox.take((message) => message.topic.startsWith(`${topic}/cbor/`))
  return { suffix: answered.split('/').at(-1), answer: readTinyMap(Buffer.from(packet.payload)) }
}

const PROVISION = provisionTopic('pumps')
const NOTHING = new Uint8Array()

test('keys, a signing request and a registration, in whichever form a library writes maps and texts', async () => {
  const keys = await ask(CREATE, NOTHING)
  expect(keys.suffix).toBe('accepted')
  expect(keys.answer.privateKey).toMatch(/^-{5}BEGIN RSA PRIVATE KEY-{5}/)
  const token = String(keys.answer.certificateOwnershipToken)
  const register = new TinyCbor().map(2)
  register.text('certificateOwnershipToken').text(token).text('parameters').map(2)
  register.text('Serial').text('c-1').text('Site').text('south')
  expect(await ask(PROVISION, register.bytes)).toEqual({
    suffix: 'accepted',
    answer: { deviceConfiguration: { url: 'https://south.example' }, thingName: 'pump-c-1' },
  })

  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const request = new TinyCbor()
    .openMap()
    .longText('certificateSigningRequest')
    .text(await requestFor(own, 'CN=c-2'))
  const made = await ask(CREATE_FROM_CSR, request.end().bytes)
  expect(Object.keys(made.answer)).toEqual(['certificateOwnershipToken', 'certificateId', 'certificatePem'])
  expect(new X509Certificate(String(made.answer.certificatePem)).publicKey.equals(own.publicKey)).toBe(true)
  const again = new TinyCbor().openMap().text('parameters').openMap().text('Serial').longText('c-2').end()
  again.text('certificateOwnershipToken').text(String(made.answer.certificateOwnershipToken)).end()
  expect((await ask(PROVISION, again.bytes)).answer).toMatchObject({ thingName: 'pump-c-2' })
})

const repeated = (bytes: readonly number[], times: number) => Buffer.alloc(bytes.length * times, Buffer.from(bytes))

test.each<[string, Uint8Array]>([
  ['text that is no CBOR', Buffer.from('{"certificateOwnershipToken": "x"}')],
  ['a list', Buffer.from([0x80])],
  ['a map that ends too soon', Buffer.from([0xa1, 0x61])],
  ['more than one item', Buffer.from([0xa0, 0xa0])],
  ['a map that says it has 2^63 members', Buffer.from([0xbb, 0x7f, ...Array(7).fill(0xff)])],
  ['a text that says it has 2^32 bytes', Buffer.from([0xa1, 0x7b, 0, 0, 0, 1, 0, 0, 0, 0, 0x61])],
  ['lists within lists', repeated([0x81], 100_000)],
  ['lists without end', repeated([0x9f], 100_000)],
  ['a member twice', new TinyCbor().map(2).text('parameters').map(0).text('parameters').map(0).bytes],
  ['a parameter twice', new TinyCbor().map(1).text('parameters').map(2).text('a').text('1').text('a').text('2').bytes],
  ['a key that is a number', Buffer.from([0xa1, 0x01, 0x61, 0x61])],
  ['a text that is no UTF-8', Buffer.from([0xa1, 0x61, 0xff, 0x61, 0x61])],
  ['a tag of another kind', Buffer.from([0xc2, 0xa0])],
  ['the tag of CBOR twice', Buffer.from([0xd9, 0xd9, 0xf7, 0xd9, 0xd9, 0xf7, 0xa0])],
  [
    'a token of bytes',
    Buffer.concat([new TinyCbor().map(1).text('certificateOwnershipToken').bytes, Buffer.from([0x41, 0x61])]),
  ],
])('%s is rejected', async (_, payload) => {
  expect(await ask(PROVISION, payload)).toEqual({
    suffix: 'rejected',
    answer: { statusCode: 400, errorCode: 'InvalidPayload', errorMessage: expect.any(String) },
  })
})

test('what begins with the tag that says that it is CBOR is read as without it', async () => {
  const marked = Buffer.from([0xd9, 0xd9, 0xf7, 0xa0]) // an empty map: there is no token
  expect((await ask(PROVISION, marked)).answer).toMatchObject({ errorCode: 'InvalidCertificateOwnershipToken' })
})

test('a member named __proto__ is one like any other', async () => {
  const request = new TinyCbor().map(1).text('parameters').map(1).text('__proto__').text('x')
  expect((await ask(PROVISION, request.bytes)).answer).toMatchObject({ errorCode: 'InvalidCertificateOwnershipToken' })
})
