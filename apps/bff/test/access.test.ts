import type { Access } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayAct, ROLES } from '../src/roles.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const PEOPLE = { viewer: 'vera', operator: 'ada', admin: 'grace' } as const

/** Who may call what. A route that is added and not listed here fails the first test. */
const ROUTES: [method: string, url: string, access: Access][] = [
  ['GET', '/auth/login', 'anyone'],
  ['GET', '/auth/callback', 'anyone'],
  ['POST', '/auth/logout', 'anyone'],
  ['GET', '/api/session', 'viewer'],
  ['GET', '/api/session/mqtt', 'viewer'],
  ['GET', '/api/things', 'viewer'],
  ['GET', '/api/things/:thingName', 'viewer'],
  ['GET', '/api/things/:thingName/details', 'viewer'],
  ['POST', '/api/things', 'admin'],
  ['PATCH', '/api/things/:thingName', 'admin'],
  ['DELETE', '/api/things/:thingName', 'admin'],
  ['PATCH', '/api/things/:thingName/groups', 'admin'],
  ['PUT', '/api/things/:thingName/billing-group', 'admin'],
  ['DELETE', '/api/things/:thingName/billing-group', 'admin'],
  ['PUT', '/api/things/:thingName/principals', 'admin'],
  ['DELETE', '/api/things/:thingName/principals', 'admin'],
  ['GET', '/api/things/:thingName/connection', 'viewer'],
  ['GET', '/api/things/:thingName/connectivity', 'viewer'],
  ['GET', '/api/things/:thingName/timeline/subject', 'viewer'],
  ['GET', '/api/things/:thingName/timeline', 'viewer'],
  ['GET', '/api/thing-types', 'viewer'],
  ['POST', '/api/thing-types', 'admin'],
  ['GET', '/api/thing-type-uses', 'viewer'],
  ['GET', '/api/thing-types/:thingTypeName', 'viewer'],
  ['PUT', '/api/thing-types/:thingTypeName', 'admin'],
  ['DELETE', '/api/thing-types/:thingTypeName', 'admin'],
  ['PUT', '/api/thing-types/:thingTypeName/deprecation', 'admin'],
  ['GET', '/api/thing-groups', 'viewer'],
  ['POST', '/api/thing-groups', 'admin'],
  ['GET', '/api/thing-group-looks', 'viewer'],
  ['GET', '/api/thing-group-trial', 'viewer'],
  ['GET', '/api/thing-groups/:thingGroupName', 'viewer'],
  ['PUT', '/api/thing-groups/:thingGroupName', 'admin'],
  ['DELETE', '/api/thing-groups/:thingGroupName', 'admin'],
  ['GET', '/api/thing-groups/:thingGroupName/things', 'viewer'],
  ['GET', '/api/thing-groups/:thingGroupName/policies', 'viewer'],
  ['PUT', '/api/thing-groups/:thingGroupName/things/:thingName', 'admin'],
  ['DELETE', '/api/thing-groups/:thingGroupName/things/:thingName', 'admin'],
  ['GET', '/api/billing-groups', 'viewer'],
  ['POST', '/api/billing-groups', 'admin'],
  ['GET', '/api/billing-group-looks', 'viewer'],
  ['GET', '/api/billing-groups/:billingGroupName', 'viewer'],
  ['PUT', '/api/billing-groups/:billingGroupName', 'admin'],
  ['DELETE', '/api/billing-groups/:billingGroupName', 'admin'],
  ['GET', '/api/billing-groups/:billingGroupName/things', 'viewer'],
  ['PUT', '/api/billing-groups/:billingGroupName/things/:thingName', 'admin'],
  ['DELETE', '/api/billing-groups/:billingGroupName/things/:thingName', 'admin'],
  ['GET', '/api/tags', 'viewer'],
  ['PATCH', '/api/tags', 'admin'],
  ['GET', '/api/clients', 'viewer'],
  ['GET', '/api/clients/:clientId', 'viewer'],
  ['GET', '/api/clients/:clientId/history', 'viewer'],
  ['GET', '/api/clients/:clientId/subscriptions', 'viewer'],
  ['GET', '/api/clients/:clientId/traffic', 'viewer'],
  ['DELETE', '/api/clients/:clientId/connection', 'operator'],
  ['POST', '/api/clients/:clientId/messages', 'operator'],
  ['GET', '/api/fleet/index', 'viewer'],
  ['POST', '/api/fleet/index', 'admin'],
  ['GET', '/api/fleet/things', 'viewer'],
  ['GET', '/api/fleet/count', 'viewer'],
  ['GET', '/api/fleet/registry', 'viewer'],
  ['GET', '/api/fleet/buckets', 'viewer'],
  ['GET', '/api/fleet/sample', 'viewer'],
  ['GET', '/api/fleet/fields', 'viewer'],
  ['GET', '/api/fleet/aggregation', 'viewer'],
  ['GET', '/api/jobs', 'viewer'],
  ['POST', '/api/jobs', 'operator'],
  ['GET', '/api/job-looks', 'viewer'],
  ['POST', '/api/job-targets', 'operator'],
  ['GET', '/api/jobs/:jobId', 'viewer'],
  ['PATCH', '/api/jobs/:jobId', 'operator'],
  ['DELETE', '/api/jobs/:jobId', 'admin'],
  ['POST', '/api/jobs/:jobId/cancellation', 'operator'],
  ['POST', '/api/jobs/:jobId/targets', 'operator'],
  ['GET', '/api/jobs/:jobId/executions', 'viewer'],
  ['GET', '/api/jobs/:jobId/open-executions', 'viewer'],
  ['GET', '/api/things/:thingName/jobs', 'viewer'],
  ['GET', '/api/things/:thingName/jobs/:jobId', 'viewer'],
  ['GET', '/api/things/:thingName/jobs/:jobId/causes', 'viewer'],
  ['POST', '/api/things/:thingName/jobs/:jobId/cancellation', 'operator'],
  ['DELETE', '/api/things/:thingName/jobs/:jobId', 'admin'],
  ['GET', '/api/job-templates', 'viewer'],
  ['POST', '/api/job-templates', 'operator'],
  ['GET', '/api/job-templates/:jobTemplateId', 'viewer'],
  ['DELETE', '/api/job-templates/:jobTemplateId', 'operator'],
  ['GET', '/api/managed-job-templates', 'viewer'],
  ['GET', '/api/managed-job-templates/:templateName', 'viewer'],
  ['GET', '/api/fleet-metrics', 'viewer'],
  ['POST', '/api/fleet-metrics', 'admin'],
  ['GET', '/api/fleet-metrics/:metricName', 'viewer'],
  ['PUT', '/api/fleet-metrics/:metricName', 'admin'],
  ['DELETE', '/api/fleet-metrics/:metricName', 'admin'],
  ['GET', '/api/certificates/:certificateId', 'viewer'],
  ['GET', '/api/certificates', 'viewer'],
  ['GET', '/api/found-certificates', 'viewer'],
  ['GET', '/api/certificates/:certificateId/details', 'viewer'],
  ['POST', '/api/certificates', 'admin'],
  ['POST', '/api/certificates/keys', 'admin'],
  ['POST', '/api/certificates/registered', 'admin'],
  ['POST', '/api/certificates/registered-without-ca', 'admin'],
  ['PUT', '/api/certificates/:certificateId/status', 'admin'],
  ['DELETE', '/api/certificates/:certificateId', 'admin'],
  ['PUT', '/api/certificates/:certificateId/things/:thingName', 'admin'],
  ['DELETE', '/api/certificates/:certificateId/things/:thingName', 'admin'],
  ['PUT', '/api/certificates/:certificateId/policies/:policyName', 'admin'],
  ['DELETE', '/api/certificates/:certificateId/policies/:policyName', 'admin'],
  ['GET', '/api/device-root-ca', 'viewer'],
  ['GET', '/api/policies', 'viewer'],
  ['GET', '/api/policy-uses', 'viewer'],
  ['POST', '/api/policies', 'admin'],
  ['GET', '/api/policies/:policyName', 'viewer'],
  ['DELETE', '/api/policies/:policyName', 'admin'],
  ['GET', '/api/policies/:policyName/versions/:versionId', 'viewer'],
  ['POST', '/api/policies/:policyName/versions', 'admin'],
  ['PUT', '/api/policies/:policyName/default-version', 'admin'],
  ['DELETE', '/api/policies/:policyName/versions/:versionId', 'admin'],
  ['GET', '/api/policies/:policyName/targets', 'viewer'],
  ['GET', '/api/policies/:policyName/reach', 'viewer'],
  ['POST', '/api/policies/:policyName/targets', 'admin'],
  ['DELETE', '/api/policies/:policyName/targets', 'admin'],
  ['GET', '/api/certificate-authorities', 'viewer'],
  ['POST', '/api/certificate-authorities', 'admin'],
  ['GET', '/api/certificate-authorities/:certificateId', 'viewer'],
  ['PUT', '/api/certificate-authorities/:certificateId', 'admin'],
  ['DELETE', '/api/certificate-authorities/:certificateId', 'admin'],
  ['GET', '/api/certificate-registration-code', 'admin'],
  ['GET', '/api/certificate-transfers', 'viewer'],
  ['POST', '/api/certificate-transfers', 'admin'],
  ['POST', '/api/certificate-transfers/:certificateId/cancel', 'admin'],
  ['POST', '/api/certificate-transfers/:certificateId/accept', 'admin'],
  ['POST', '/api/certificate-transfers/:certificateId/reject', 'admin'],
  ['POST', '/api/certificate-rotations/preview', 'admin'],
  ['POST', '/api/certificate-rotations', 'admin'],
  ['GET', '/api/certificate-rotations', 'viewer'],
  ['GET', '/api/certificate-rotations/:rotationId', 'viewer'],
  ['GET', '/api/certificate-rotations/:rotationId/things', 'viewer'],
  ['POST', '/api/certificate-rotations/:rotationId/requests', 'admin'],
  ['GET', '/api/certificate-rotations/:rotationId/certificates', 'admin'],
  ['POST', '/api/certificate-rotations/:rotationId/delivered', 'admin'],
  ['POST', '/api/certificate-rotations/:rotationId/actions', 'admin'],
  ['POST', '/api/registrations/taken-names', 'viewer'],
  ['POST', '/api/registrations/parts/check', 'viewer'],
  ['POST', '/api/registrations/parts', 'admin'],
  ['GET', '/api/registration-tasks', 'viewer'],
  ['POST', '/api/registration-tasks', 'admin'],
  ['PUT', '/api/registration-files', 'admin'],
  ['GET', '/api/registration-tasks/:taskId', 'viewer'],
  ['GET', '/api/registration-tasks/:taskId/report', 'admin'],
  ['POST', '/api/registration-tasks/:taskId/stop', 'admin'],
  ['GET', '/api/provisioning-templates', 'viewer'],
  ['POST', '/api/provisioning-templates', 'admin'],
  ['GET', '/api/provisioning-templates/:templateName', 'viewer'],
  ['PATCH', '/api/provisioning-templates/:templateName', 'admin'],
  ['DELETE', '/api/provisioning-templates/:templateName', 'admin'],
  ['POST', '/api/provisioning-templates/:templateName/versions', 'admin'],
  ['GET', '/api/provisioning-templates/:templateName/versions/:versionId', 'viewer'],
  ['DELETE', '/api/provisioning-templates/:templateName/versions/:versionId', 'admin'],
  ['GET', '/api/provisioning-templates/:templateName/claim-certificates', 'viewer'],
  ['POST', '/api/provisioning-templates/:templateName/provisioning-claims', 'operator'],
  ['POST', '/api/provisioning-surroundings', 'viewer'],
  ['GET', '/api/provisioning-hook-check', 'viewer'],
  ['POST', '/api/provisioning-hook-trials', 'admin'],
  ['GET', '/api/role-aliases', 'viewer'],
  ['POST', '/api/role-aliases', 'admin'],
  ['GET', '/api/role-aliases/:roleAlias', 'viewer'],
  ['PUT', '/api/role-aliases/:roleAlias', 'admin'],
  ['DELETE', '/api/role-aliases/:roleAlias', 'admin'],
  ['GET', '/api/role-aliases/:roleAlias/users', 'viewer'],
  ['GET', '/api/role-aliases/:roleAlias/trial', 'viewer'],
  ['GET', '/api/iot-roles', 'admin'],
  ['POST', '/api/iot-roles', 'admin'],
  ['POST', '/api/iot-roles/:roleName/permissions', 'admin'],
  ['POST', '/api/iot-role-checks', 'admin'],
  ['GET', '/api/rules', 'viewer'],
  ['GET', '/api/rule-looks', 'viewer'],
  ['GET', '/api/rules-of-topic', 'viewer'],
  ['POST', '/api/rules', 'admin'],
  ['GET', '/api/rules/:ruleName', 'viewer'],
  ['PUT', '/api/rules/:ruleName', 'admin'],
  ['DELETE', '/api/rules/:ruleName', 'admin'],
  ['POST', '/api/rules/:ruleName/enable', 'admin'],
  ['POST', '/api/rules/:ruleName/disable', 'admin'],
  ['GET', '/api/rule-cases/:ruleName', 'viewer'],
  ['PUT', '/api/rule-cases/:ruleName', 'operator'],
  ['GET', '/api/rule-destinations', 'viewer'],
  ['POST', '/api/rule-destinations', 'admin'],
  ['GET', '/api/rule-destinations/:arn', 'viewer'],
  ['PATCH', '/api/rule-destinations/:arn', 'admin'],
  ['DELETE', '/api/rule-destinations/:arn', 'admin'],
  ['POST', '/api/rule-destinations/:arn/confirmation', 'admin'],
  ['GET', '/api/rule-destination-uses', 'viewer'],
  ['GET', '/api/things/:thingName/shadows', 'viewer'],
  ['GET', '/api/things/:thingName/shadow', 'viewer'],
  ['POST', '/api/things/:thingName/shadow', 'operator'],
  ['DELETE', '/api/things/:thingName/shadow', 'operator'],
  ['GET', '/api/thing-topics', 'viewer'],
  ['PUT', '/api/thing-topics', 'admin'],
  ['DELETE', '/api/thing-topics', 'admin'],
  ['GET', '/api/retained-messages', 'viewer'],
  ['GET', '/api/retained-message', 'viewer'],
  ['POST', '/api/retained-messages/clear', 'operator'],
  ['GET', '/api/iot-logs', 'viewer'],
  ['POST', '/api/metrics/data', 'viewer'],
  ['GET', '/api/metrics', 'viewer'],
  ['GET', '/api/alarms', 'viewer'],
  ['GET', '/api/overview/things', 'viewer'],
  ['GET', '/api/overview/certificates', 'viewer'],
  ['GET', '/api/overview/refusals', 'viewer'],
  ['GET', '/api/overview/rules', 'viewer'],
  ['GET', '/api/overview/jobs', 'viewer'],
  ['GET', '/api/overview/device-endpoint', 'viewer'],
  ['GET', '/api/event-configurations', 'viewer'],
  ['PATCH', '/api/event-configurations', 'admin'],
  ['GET', '/api/message-authorization', 'viewer'],
  ['GET', '/api/authorization/facts', 'viewer'],
  ['POST', '/api/authorization/test', 'viewer'],
  ['GET', '/api/client-subscriptions', 'viewer'],
  ['GET', '/api/refusals', 'viewer'],
  ['GET', '/api/refusals/facts', 'viewer'],
  ['GET', '/api/logging', 'viewer'],
  ['PUT', '/api/logging', 'admin'],
  ['GET', '/api/logging/levels', 'viewer'],
  ['PUT', '/api/logging/levels', 'admin'],
  ['DELETE', '/api/logging/levels', 'admin'],
  ['GET', '/api/client-debugs', 'viewer'],
  ['POST', '/api/client-debugs', 'operator'],
  ['POST', '/api/client-debugs/:clientDebugId/extend', 'operator'],
  ['POST', '/api/client-debugs/:clientDebugId/stop', 'operator'],
  ['GET', '/api/audit', 'viewer'],
  ['GET', '/api/audit/verification', 'viewer'],
  ['POST', '/api/audit/mqtt-writes', 'viewer'],
  ['GET', '/api/shared-views', 'viewer'],
  ['POST', '/api/shared-views', 'operator'],
  ['PUT', '/api/shared-views/:viewId', 'operator'],
  ['DELETE', '/api/shared-views/:viewId', 'operator'],
  ['POST', '/api/bulk-changes/preview', 'operator'],
  ['POST', '/api/bulk-changes', 'operator'],
  ['GET', '/api/bulk-changes', 'viewer'],
  ['GET', '/api/bulk-changes/:bulkChangeId', 'viewer'],
  ['GET', '/api/bulk-changes/:bulkChangeId/results', 'viewer'],
  ['GET', '/api/bulk-changes/:bulkChangeId/certificates', 'admin'],
  ['POST', '/api/bulk-changes/:bulkChangeId/pause', 'operator'],
  ['POST', '/api/bulk-changes/:bulkChangeId/resume', 'operator'],
  ['POST', '/api/bulk-changes/:bulkChangeId/cancel', 'operator'],
  ['POST', '/api/bulk-changes/:bulkChangeId/apply', 'operator'],
  ['POST', '/api/bulk-changes/:bulkChangeId/retry', 'operator'],
  ['POST', '/api/bulk-changes/:bulkChangeId/undo', 'operator'],
]

let console: TestConsole
const browsers = new Map<(typeof ROLES)[number], Browser>()

beforeAll(async () => {
  console = await startConsole({ TRUSTED_PROXIES: '1' })
  for (const role of ROLES) {
    const browser = new Browser()
    await signIn(browser, console.url, PEOPLE[role])
    browsers.set(role, browser)
  }
})
afterAll(async () => console[Symbol.asyncDispose]())

test('every route of the application is listed above with its access', () => {
  const listed = new Set(ROUTES.map(([method, url]) => `${method} ${url}`))
  for (const [method, url] of ROUTES) expect(console.app.hasRoute({ method, url }), `${method} ${url}`).toBe(true)
  const documented = Object.entries(console.app.swagger().paths ?? {}).flatMap(([path, operations]) =>
    Object.keys(operations ?? {}).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(documented.filter((route) => !listed.has(route))).toEqual([])
})

let calls = 0
/** Another one each time: there are more routes and roles than one address may send requests in a minute. */
const nextAddress = () => `10.0.${(++calls >> 8) & 255}.${calls & 255}`

const call = async (browser: Browser, method: string, url: string, origin = console.url) => {
  const response = await browser.fetch(`${console.url}${url.replace(':thingName', 'access-test')}`, {
    method,
    headers: {
      'x-forwarded-for': nextAddress(),
      ...(origin && { origin }),
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body: '{"state":{}}' }),
  })
  const body = ([204, 302].includes(response.status) ? {} : await response.json()) as { code?: string }
  return { status: response.status, body }
}

test.each(ROUTES.filter(([, , access]) => access !== 'anyone'))(
  '%s %s refuses who is not signed in',
  async (method, url) => {
    const { status, body } = await call(new Browser(), method, url)
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'SIGNED_OUT' })
  },
)

const allowed = (access: Access, role: (typeof ROLES)[number]) => access === 'anyone' || mayAct(role, access)
const pairs = ROUTES.flatMap(([method, url, access]) => ROLES.map((role) => ({ method, url, access, role })))

test.each(pairs.filter(({ access, role }) => !allowed(access, role)))(
  '$method $url refuses a $role',
  async ({ method, url, role }) => {
    const { status, body } = await call(browsers.get(role) as Browser, method, url)
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'ROLE_REQUIRED' })
  },
)

test.each(pairs.filter(({ access, role }) => access !== 'anyone' && allowed(access, role)))(
  '$method $url lets a $role in',
  async ({ method, url, role }) => {
    const { status } = await call(browsers.get(role) as Browser, method, url)
    expect([401, 403]).not.toContain(status)
  },
)

test.each(ROUTES.filter(([method]) => method !== 'GET'))(
  '%s %s refuses a foreign origin, and none',
  async (method, url) => {
    // Of a sandboxed frame, of another port of the same host, of a host whose name begins as ours does.
    const { protocol, hostname } = new URL(console.url)
    const forged = ['null', `${protocol}//${hostname}:1`, `${console.url}.evil.example`, `${console.url}/`]
    for (const origin of ['https://evil.example', '', ...forged]) {
      const { status, body } = await call(browsers.get('admin') as Browser, method, url, origin)
      expect({ origin, status, code: body.code }).toEqual({ origin, status: 403, code: 'FOREIGN_ORIGIN' })
    }
  },
)
