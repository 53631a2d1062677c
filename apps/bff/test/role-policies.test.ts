import type { Role } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolePolicyDocument } from '../src/modules/session/role-policies.ts'
import { mayAct, ROLES } from '../src/roles.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { connectPage, type PageSession } from './mqtt.ts'

const PEOPLE = { viewer: 'vera', operator: 'ada', admin: 'grace' } as const

let console: TestConsole
const pages = new Map<Role, PageSession>()

beforeAll(async () => {
  console = await startConsole()
  for (const role of ROLES) {
    const browser = new Browser()
    await signIn(browser, console.url, PEOPLE[role])
    pages.set(role, await connectPage(browser, console.url))
  }
})
afterAll(async () => {
  for (const page of pages.values()) await page[Symbol.asyncDispose]()
  await console[Symbol.asyncDispose]()
})

/** Who may publish there, from that role on; `nobody` of the three. docs/aws.md says the same. */
const PUBLISHES: [topic: string, from: Role | 'nobody'][] = [
  ['dt/site/pump-7/status', 'operator'],
  ['certificates/create/json', 'operator'], // a topic like any other
  ['$aws/things/pump-7/shadow/get', 'viewer'],
  ['$aws/things/pump-7/shadow/name/config/get', 'viewer'],
  ['$aws/things/pump-7/shadow/update', 'operator'],
  ['$aws/things/pump-7/shadow/name/config/update', 'operator'],
  ['$aws/things/pump-7/shadow/name/jobs/update', 'operator'],
  ['$aws/things/pump-7/shadow/name/streams/update', 'operator'],
  ['$aws/things/pump-7/shadow/name/defender/delete', 'operator'],
  ['$aws/things/pump-7/jobs/get', 'operator'],
  ['$aws/things/pump-7/jobs/roll-out/get', 'operator'],
  ['$aws/things/pump-7/jobs/start-next', 'nobody'],
  ['$aws/things/pump-7/jobs/roll-out/update', 'nobody'],
  ['$aws/things/pump-7/defender/metrics/json', 'nobody'],
  ['$aws/things/pump-7/streams/firmware/get/json', 'nobody'],
  ['$aws/certificates/create/json', 'nobody'],
  ['$aws/certificates/create-from-csr/cbor', 'nobody'],
  ['$aws/provisioning-templates/fleet/provision/json', 'nobody'],
  ['$aws/rules/alarms/dt/site/pump-7', 'nobody'],
  ['$aws/commands/things/pump-7/executions/1/response/json', 'nobody'],
  ['$aws/device_location/pump-7/get_position_estimate', 'nobody'],
]
const rows = PUBLISHES.flatMap(([topic, from]) =>
  ROLES.map((role) => ({ topic, role, may: from !== 'nobody' && mayAct(role, from) ? 'may' : 'may not' })),
)

/** 0: taken; 0x87: not authorized (MQTT 5.0 §3.4.2.1). */
async function publish(role: Role, topic: string, retain = false): Promise<number> {
  try {
    await pages.get(role)?.mqtt.publishAsync(topic, '{}', { qos: 1, retain })
    return 0
  } catch (error) {
    return (error as { readonly code: number }).code
  }
}

test.each(rows)('a $role $may publish to $topic', async ({ role, topic, may }) => {
  expect(await publish(role, topic)).toBe(may === 'may' ? 0 : 0x87)
})

test.each([
  ['viewer', 0x87],
  ['operator', 0],
  ['admin', 0],
] as const)('a %s who retains a message is answered %i', async (role, code) => {
  expect(await publish(role, 'dt/site/pump-7/retained', true)).toBe(code)
})

test.each(ROLES)('a %s sees every topic', async (role) => {
  const granted = await pages.get(role)?.mqtt.subscribeAsync(['#', '$aws/things/+/shadow/#', '$aws/events/#'])
  expect(granted?.map(({ qos }) => qos)).toEqual([0, 0, 0])
})

test.each(ROLES)('a %s is nobody else', async (role) => {
  const browser = new Browser()
  await signIn(browser, console.url, PEOPLE[role])
  const other = pages.get(role === 'viewer' ? 'admin' : 'viewer')
  await expect(connectPage(browser, console.url, other?.clientId)).rejects.toMatchObject({ code: 0x87 })
  await expect(connectPage(browser, console.url, 'pump-7')).rejects.toMatchObject({ code: 0x87 })
})

test.each(ROLES)('the policy of a %s is as long as AWS lets it be', (role) => {
  // AWS IoT quotas, "Maximum policy document size": 2,048 characters. The longest region there is.
  expect(rolePolicyDocument(role, 'ap-southeast-1', '123456789012').length).toBeLessThanOrEqual(2_048)
})
