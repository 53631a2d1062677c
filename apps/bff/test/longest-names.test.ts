import {
  AddThingToThingGroupCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { addressOf, type Endpoint, endpoints, type ProblemBody } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'
import { startConsole, type TestConsole } from './console.ts'
import { sampleOf } from './sample.ts'

/** As long as AWS takes a name, with every character that it takes; `:` is three characters of an address. */
const longest = (start: string, most: number) => `${start}:_-Zz9${':'.repeat(most)}`.slice(0, most)
const THING = longest('thing', 128)
const TYPE = longest('type', 128)
const GROUP = longest('group', 128)
const SHADOW = longest('shadow', 64)
const ATTRIBUTE = { name: longest('attribute', 128), value: longest('value', 800) }

let console: TestConsole
const grace = new Browser()
let certificateId = ''
let certificateArn = ''
let certificateSigningRequest = ''

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  const iot = new IoTClient(console.sdk)
  await iot.send(new CreateThingTypeCommand({ thingTypeName: TYPE }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: GROUP }))
  await iot.send(
    new CreateThingCommand({
      thingName: THING,
      thingTypeName: TYPE,
      attributePayload: { attributes: { [ATTRIBUTE.name]: ATTRIBUTE.value } },
    }),
  )
  await iot.send(new AddThingToThingGroupCommand({ thingName: THING, thingGroupName: GROUP }))
  const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  certificateId = made.certificateId ?? ''
  certificateArn = made.certificateArn ?? ''
  certificateSigningRequest = (await keyAndRequest('thing')).certificateSigningRequest
})
afterAll(async () => console[Symbol.asyncDispose]())

async function ask(method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> {
  const response = await grace.fetch(`${console.url}${path}`, {
    method,
    headers: { origin: console.url, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

test('a thing with the longest names is found, shown, and its shadows are written', async () => {
  const params = { thingName: THING }
  expect(await ask('GET', addressOf(endpoints.describeThing, { params }))).toMatchObject({
    status: 200,
    body: { thingName: THING, thingTypeName: TYPE, thingGroupNames: [GROUP] },
  })
  for (const query of [
    { thingTypeName: TYPE },
    { attributeName: ATTRIBUTE.name, attributeValue: ATTRIBUTE.value },
    { thingGroupName: GROUP },
  ]) {
    const found = await ask('GET', addressOf(endpoints.listThings, { query }))
    if (found.status === 400) continue // no filter of this endpoint
    expect(found, Object.keys(query).join()).toMatchObject({ status: 200, body: { things: [{ thingName: THING }] } })
  }
  const update = addressOf(endpoints.updateShadow, { params, query: { shadowName: SHADOW } })
  expect((await ask('POST', update, '{"state":{"desired":{"on":true}}}')).status).toBe(200)
  expect(await ask('GET', addressOf(endpoints.listShadows, { params }))).toMatchObject({ body: { named: [SHADOW] } })
  const entries = await ask('GET', addressOf(endpoints.listAuditEntries, { query: { thing: THING, shadow: SHADOW } }))
  expect(entries).toMatchObject({ status: 200, body: { entries: [{ resource: { id: `${THING}/${SHADOW}` } }] } })
  const targets = JSON.stringify({ targets: { thingGroupName: GROUP } })
  expect(await ask('POST', addressOf(endpoints.previewBulkChange), targets)).toMatchObject({ body: { count: 1 } })
})

/** The longest that the schema of a parameter takes. */
function longestOf(name: string, { maxLength, pattern }: { maxLength?: number; pattern?: string }): string {
  if (name === 'certificateId') return certificateId
  const most = maxLength ?? 128
  const texts = [
    pattern?.includes(':') ? longest('x', most) : 'x'.repeat(most),
    '9'.repeat(most),
    'arn:aws:iot:us-east-1:123456789012:ruledestination/http/'.padEnd(most, 'x'),
    'region:'.padEnd(most, 'f'),
    'x'.repeat(43), // the name of a session has that many
  ]
  const text = texts.find((each) => pattern === undefined || new RegExp(pattern).test(each))
  if (text === undefined) throw new Error(`Say here what is longest of ${name}`)
  return text
}

/** In place of samples, what AWS IoT takes for a policy's target or a principal, and what is a request for a certificate. */
const real = (name: string, value: unknown): unknown =>
  name === 'target' || name === 'principal'
    ? certificateArn
    : name === 'certificateSigningRequest'
      ? certificateSigningRequest
      : value

const WITH_PARAMS: readonly Endpoint[] = Object.values(endpoints).filter(({ path }) => path.includes(':'))

test.each(WITH_PARAMS)('$name is reached with the longest parameters that it takes', async (endpoint) => {
  const schemas = Object.entries(endpoint.params?.properties ?? {}) as [
    string,
    { maxLength?: number; pattern?: string },
  ][]
  const params = Object.fromEntries(schemas.map(([name, schema]) => [name, longestOf(name, schema)]))
  const hasBody = endpoint.method !== 'GET' && endpoint.body !== undefined
  const sample = hasBody && ('kind' in endpoint.body ? { state: {} } : sampleOf(endpoint.body))
  const body = sample ? JSON.stringify(sample, real) : undefined
  // As much of the query as has to be there.
  const query = JSON.parse(JSON.stringify(endpoint.query ? sampleOf(endpoint.query) : {}, real)) as Record<
    string,
    string
  >
  const { status, body: answered } = await ask(endpoint.method, addressOf(endpoint, { params, query }), body)
  // That there is no such thing is an answer; that there is nothing at this address, or that the name is too long, is not.
  const detail = (answered as Partial<ProblemBody> | undefined)?.detail ?? ''
  // The catalog of software packages says it by a ValidationException where AWS models no ResourceNotFoundException.
  const isNoSuch = detail === 'The certificate is not in transfer' || /^Package x+ does not exist/.test(detail)
  if (!isNoSuch) expect(status, JSON.stringify(answered)).not.toBe(400)
  expect(detail).not.toMatch(/^There is nothing at/)
})
