import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateThingCommand, CreateThingGroupCommand, CreateThingTypeCommand, IoTClient } from '@aws-sdk/client-iot'
import { addressOf, type Endpoint, endpoints, type Role } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filledIn, policyDocument } from '../../../scripts/deploy/policy-documents.ts'
import { type Refusal, refusalsOf } from '../../../scripts/deploy/refusals.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { rolePolicyDocument } from '../src/modules/session/role-policies.ts'
import { mayAct, ROLES } from '../src/roles.ts'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startBff, type TestBffWithRole } from './console.ts'
import { sampleOf } from './sample.ts'

let server: EmbeddedServer
let bff: TestBffWithRole
let url: string
const grace = new Browser()

/** Signed in once, as an admin: what she may do next is up to the role of the console that is behind the address. */
beforeAll(async () => {
  const port = await freePort()
  url = `http://localhost:${port}`
  server = await startEmbeddedServer({ consoleUrl: url })
  bff = await startBff({ server, port, publicUrl: url })
  await signIn(grace, url, 'grace')
  // What samples of names say, so that pages of something get beyond its being there.
  const iot = new IoTClient(server.sdk)
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'a' }))
  await iot.send(new CreateThingCommand({ thingName: 'a', thingTypeName: 'a' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'a' }))
  iot.destroy()
})
afterAll(async () => {
  await bff[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** A sample of an ARN is no ARN of this account, and AWS asks about everything then. */
const SAMPLES: Readonly<Record<string, string>> = { resourceArn: 'arn:aws:iot:us-east-1:123456789012:thinggroup/a' }

const textsOf = (members: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [name, SAMPLES[name] ?? String(value)]))

function addressWithSamples(endpoint: Endpoint): string {
  const params = textsOf(endpoint.params && sampleOf(endpoint.params))
  const query = textsOf(endpoint.query && sampleOf(endpoint.query))
  return addressOf(endpoint, { params, query })
}

/** All that a role may read, but for going to and coming from the issuer. */
const readsOf = (role: Role): Endpoint[] =>
  Object.values<Endpoint>(endpoints).filter(
    ({ method, access, answer }) =>
      method === 'GET' && access !== 'anyone' && mayAct(role, access) && answer.kind !== 'redirect',
  )

const refusalsOfRole = async (name: string): Promise<Refusal[]> =>
  (await refusalsOf(server)).filter(({ principal }) => principal.includes(`:assumed-role/${name}/`))

/** Reads all of it, one after the other, and says what AWS refused meanwhile. */
async function refusedReads(role: Role, { roleName }: TestBffWithRole): Promise<Refusal[]> {
  const reads = readsOf(role)
  expect(reads.length).toBeGreaterThan(90)
  for (const endpoint of reads) {
    const { status, body } = await ask(grace, url, 'GET', addressWithSamples(endpoint))
    expect(status, `${endpoint.name}: ${JSON.stringify(body)}`).not.toBe(500)
  }
  return refusalsOfRole(roleName)
}

test('with the role of the console no page is refused what it reads', async () => {
  expect(await refusedReads('admin', bff)).toEqual([])
})

test('a console for viewers reads all that viewers see, and changes nothing, whoever signs in', async () => {
  const { port } = new URL(url)
  await bff[Symbol.asyncDispose]()
  const policies = ['console-sign-in', 'console-read', 'console-read-iam'] as const
  bff = await startBff({ server, port: Number(port), publicUrl: url, policies })
  await signIn(grace, url, 'grace')
  expect(await refusedReads('viewer', bff)).toEqual([])
  const { status, body } = await ask(grace, url, 'POST', '/api/things', { thingName: 'b' })
  expect({ status, code: body.code }).toEqual({ status: 502, code: 'AWS_REFUSED' })
  expect(await refusalsOfRole(bff.roleName)).toMatchObject([
    { action: 'iot:CreateThing', resource: 'arn:aws:iot:us-east-1:123456789012:thing/b' },
  ])
})

test.each(ROLES)('what the embedded server lets pages of %s do at most is what deploy/ has', async (role) => {
  const iam = new IAMClient(server.sdk)
  const { PolicyDocument = '' } = await iam.send(
    new GetRolePolicyCommand({ RoleName: `thingdeck-${role}`, PolicyName: 'mqtt' }),
  )
  iam.destroy()
  const place = { account: server.account, region: server.region }
  const document = filledIn(policyDocument(`browser-${role}`), place)
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(document)
})

test.each(ROLES)('the IoT policy of %s that the console makes is what deploy/ has', (role) => {
  const place = { account: '123456789012', region: 'eu-central-1' }
  const made = rolePolicyDocument(role, place.region, place.account)
  expect(filledIn(policyDocument(`iot-${role}`), place)).toEqual(JSON.parse(made))
})
