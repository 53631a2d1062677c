import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateBillingGroupCommand,
  CreateCommandCommand,
  CreateFleetMetricCommand,
  CreateJobCommand,
  CreatePackageCommand,
  CreateThingGroupCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { wcagViolations } from './accessible.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const PAGES: [name: string, path: string, ready: RegExp][] = [
  ['the overview', '/overview', /Overview/],
  ['refusals', '/refusals?last=7d', /Refusals/],
  ['certificates', '/certificates', /Certificates/],
  ['the calendar of their expiry', '/certificates?why=longLived&view=calendar', /Certificates/],
  ['policies', '/policies', /Policies/],
  ['a new policy', '/create-policy', /Create policy/],
  ['a policy', '/policies/thingdeck-fleet-device', /thingdeck-fleet-device/],
  ['its versions', '/policies/thingdeck-fleet-device?tab=versions', /thingdeck-fleet-device/],
  ['what it is attached to', '/policies/thingdeck-fleet-device?tab=targets', /thingdeck-fleet-device/],
  ['a policy rehearsed', '/policies/thingdeck-fleet-device/rehearsal', /Rehearsal of thingdeck-fleet-device/],
  ['a policy from traffic', '/policy-from-traffic?client=pump-1', /Policy from traffic/],
  ['a new certificate', '/create-certificate', /Create certificate/],
  ['rules, and where a topic goes', '/rules?topic=dt/pump-1/telemetry', /^Rules/],
  ['a new rule', '/create-rule', /^Create rule$/],
  ['destinations of rules', '/rule-destinations', /Destinations/],
  ['a new destination', '/create-rule-destination', /^Create destination$/],
  ['jobs', '/jobs', /^Jobs/],
  ['a new job', '/create-job', /For whom/],
  ['job templates', '/job-templates', /Job templates/],
  ['commands', '/commands', /^Commands/],
  ['a new command', '/create-command', /^Create command$/],
  ['a command that is sent', '/send-command?thing=pump-1', /^Send command$/],
  ['commands that were sent', '/command-executions?thing=pump-1', /^Sent commands/],
  ['software packages', '/packages', /^Software packages/],
  ['how packages are indexed', '/package-configuration', /^Package configuration$/],
  ['streams', '/streams', /^Streams/],
  ['a new stream', '/create-stream', /^Create stream$/],
  ['provisioning templates', '/provisioning-templates', /^Provisioning templates/],
  ['a new provisioning template', '/create-provisioning-template', /^Create provisioning template$/],
  ['what was provisioned', '/provisioned-devices', /^Provisioned lately/],
  ['role aliases', '/role-aliases', /Role aliases/],
  ['identity pools', '/identities', /Identities/],
  ['the simulator as a guest', '/simulator?as=guest&iam=role/thingdeck-viewer&check=iot:Connect+a', /Simulator/],
  ['a new role alias', '/create-role-alias', /Create role alias/],
  ['authorizers', '/authorizers', /Authorizers/],
  ['a new authorizer', '/create-authorizer', /Create authorizer/],
  ['custom authentication tried out', '/try-authorizer?over=wss&client=pump-1', /Try custom authentication out/],
  ['domain configurations', '/domain-configurations', /Domain configurations/],
  ['a new domain configuration', '/create-domain-configuration', /Create domain configuration/],
  ['CA certificates', '/certificate-authorities', /CA certificates/],
  ['a new CA certificate', '/register-certificate-authority', /Register CA certificate/],
  ['transfers', '/certificate-transfers', /Certificate transfers/],
  ['rotations', '/certificate-rotations', /Certificate rotations/],
  ['a new rotation', '/create-certificate-rotation?things=pump-1', /Rotate certificates/],
  ['metrics', '/metrics', /Metrics/],
  ['alarms', '/metrics?subject=alarms', /Metrics/],
  ['events', '/events', /Events/],
  ['things', '/things', /Things/],
  ['things, searched and counted', '/things?a=site=hall/2&by=registry.thingTypeName', /Things/],
  ['things, searched by a text', '/things?query=NOT (thingName:a OR thingName:', /Things/],
  ['things, one looked at', '/things?look=pump-1', /Things/],
  ['a thing', '/things/pump-1', /pump-1/],
  ['its shadows', '/things/pump-1?tab=shadows', /pump-1/],
  ['its timeline', '/things/pump-1?tab=timeline', /pump-1/],
  ['its refusals', '/things/pump-1?tab=refusals', /pump-1/],
  ['what it may do', '/things/pump-1?tab=permissions', /pump-1/],
  ['its changes', '/things/pump-1?tab=changes', /pump-1/],
  ['live messages', '/live?s=0:dt/%23', /Live messages/],
  ['a shadow', '/things/pump-1/shadow?shadowName=config', /Shadow of pump-1/],
  ['the simulator', '/simulator?thing=pump-1&check=iot:Publish+dt/pump-2/t', /Simulator/],
  ['bulk changes', '/bulk-changes', /^Bulk changes/],
  ['a new bulk change', '/bulk-changes?things=pump-1&things=pump-2', /New bulk change/],
  ['logs', '/logs?last=15m', /Logs/],
  ['logging settings', '/logs/settings', /Logging settings/],
  ['a trace that is not there', '/logs/trace/none', /Trace none/],
  ['a message that is followed', '/logs/trace?topic=dt/a&at=2026-03-04T05:06:07Z', /Follow a message/],
  ['activity', '/activity?person=Ada&last=24h', /Activity/],
  ['settings', '/settings', /Settings/],
  ['clients', '/clients', /^Clients/],
  ['a client', '/clients/pump-1', /pump-1/],
  ['retained messages', '/retained-messages', /Retained messages/],
  ['a new device', '/connect-device', /Connect a device/],
  ['things of a file', '/register-things', /Register things/],
  ['registration tasks', '/registration-tasks', /Registration tasks/],
  ['a registration task that is not there', '/registration-tasks/none', /none/],
  ['a new thing', '/create-thing', /Create thing/],
  ['thing types', '/thing-types', /Thing types/],
  ['a new thing type', '/create-thing-type', /Create thing type/],
  ['a thing type', '/thing-types/pump', /pump/],
  ['thing groups', '/thing-groups', /Thing groups/],
  ['a new thing group', '/create-thing-group', /Create thing group/],
  ['a thing group', '/thing-groups/seen', /seen/],
  ['billing groups', '/billing-groups', /Billing groups/],
  ['a new billing group', '/create-billing-group', /Create billing group/],
  ['a billing group', '/billing-groups/seen', /seen/],
  ['fleet metrics', '/fleet-metrics', /Fleet metrics/],
  ['a new fleet metric', '/create-fleet-metric', /Create fleet metric/],
  ['a fleet metric', '/fleet-metrics/seen', /seen/],
  ['a fleet metric that is changed', '/fleet-metrics/seen/edit', /seen/],
  ['a job', '/jobs/seen', /seen/],
  ['a job that is changed', '/jobs/seen/edit', /seen/],
  ['a command', '/commands/seen', /seen/],
  ['a software package', '/packages/seen', /seen/],
  ['a certificate that is not there', `/certificates/${'0'.repeat(64)}`, /Certificate 0/],
  ['a CA certificate that is not there', `/certificate-authorities/${'0'.repeat(64)}`, /CA certificate 0/],
  ['a rotation that is not there', '/certificate-rotations/none', /./],
  ['an authorizer that is not there', '/authorizers/none', /none/],
  ['an authorizer that is changed', '/authorizers/none/edit', /none/],
  ['a domain configuration that is not there', '/domain-configurations/none', /none/],
  ['a domain configuration that is changed', '/domain-configurations/none/edit', /none/],
  ['an identity pool that is not there', '/identities/us-east-1:none', /./],
  ['an identity that is not there', '/identities/us-east-1:none/us-east-1:nobody', /./],
  ['a provisioning template that is not there', '/provisioning-templates/none', /none/],
  ['a role alias that is not there', '/role-aliases/none', /none/],
  ['a role alias that is changed', '/role-aliases/none/edit', /none/],
  ['a rule that is not there', '/rules/none', /none/],
  ['a rule that is changed', '/rules/none/edit', /none/],
  ['a stream that is not there', '/streams/none', /none/],
  ['a stream that is changed', '/streams/none/edit', /none/],
  ['a file of cases', '/simulator/cases', /^Cases$/],
  ['a new identity pool', '/create-identity-pool', /^Create identity pool$/],
  ['an identity pool that is changed', '/edit-identity-pool/us-east-1:none', /./],
  ['roles of an identity pool', '/identity-pool-roles/us-east-1:none', /./],
  ['users of IAM', '/iam-users', /^IAM users/],
  ['a user of IAM that is not there', '/iam-users/none', /none/],
  ['groups of IAM', '/iam-groups', /^IAM groups/],
  ['a group of IAM that is not there', '/iam-groups/none', /none/],
  ['an address without a page', '/nothing-here', /Page not found/],
]

/** A laptop, half of a large screen, that and the first at 200 %: 1600 × 1000 is 800 × 500 then. */
const SIZES = [
  { width: 1600, height: 900 },
  { width: 768, height: 900 },
  { width: 1024, height: 900 },
  { width: 800, height: 500 },
]

/** All that is wrong with a page is told, not what comes first. */
const softly = expect.configure({ soft: true })

/** As many pages are gone to one after the other, as a person does: their code and the session are there already. */
const AT_ONCE = 9

/**
 * What axe finds in the light appearance, and what of that depends on colours in the dark one, which the page takes on
 * while it is open. Nothing moves of itself for whoever wants less motion.
 */
async function expectNothingFound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('body.awsui-dark-mode')).toHaveCount(colorScheme === 'dark' ? 1 : 0)
    expect.soft(await wcagViolations(page, colorScheme === 'dark' ? COLOUR_RULES : undefined), colorScheme).toEqual([])
  }
}

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

test.describe.configure({ timeout: 300_000 })

/** What the pages of one thing, group or job are about. */
test.beforeAll(async () => {
  const iot = new IoTClient(stack.sdk)
  const target = 'arn:aws:iot:us-east-1:123456789012:thing/pump-1'
  await Promise.all([
    iot.send(new CreateThingGroupCommand({ thingGroupName: 'seen' })),
    iot.send(new CreateBillingGroupCommand({ billingGroupName: 'seen' })),
    iot
      .send(new CreateJobCommand({ jobId: 'seen', targets: [target], document: '{"operation":"look"}' }))
      .catch(unlessThere),
    iot.send(new CreatePackageCommand({ packageName: 'seen' })).catch(unlessThere),
    iot
      .send(
        new CreateCommandCommand({
          commandId: 'seen',
          namespace: 'AWS-IoT',
          payload: { content: Buffer.from('{}'), contentType: 'application/json' },
        }),
      )
      .catch(unlessThere),
    iot
      .send(
        new CreateFleetMetricCommand({
          metricName: 'seen',
          queryString: 'thingName:*',
          aggregationType: { name: 'Statistics', values: ['count'] },
          aggregationField: 'registry.version',
          period: 60,
        }),
      )
      .catch(unlessThere),
  ])
})

/** Each worker's account has them once; the hook runs again for a worker that failed. */
function unlessThere(error: Error): void {
  if (!/AlreadyExists|Conflict/.test(error.name)) throw error
}

for (let from = 0; from < PAGES.length; from += AT_ONCE) {
  const pages = PAGES.slice(from, from + AT_ONCE)
  const [[first = ''] = [], [last = ''] = []] = [pages[0], pages.at(-1)]
  test(`from ${first} to ${last}: nothing that axe finds, light or dark, and no sideways scrolling`, async ({
    page,
  }) => {
    const console = new ConsolePage(page)
    await console.enter('Ada', '/settings')
    await expect(console.connection).toHaveAccessibleName(/live/)
    for (const [name, path, ready] of pages) {
      await test.step(name, async () => {
        await page.setViewportSize({ width: 1600, height: 900 })
        await goWithin(page, path)
        await expect(console.heading(ready).and(page.locator(':not([data-of-before])'))).toBeVisible()
        await expect(page.locator('#content').getByText(/^Loading/)).toHaveCount(0)
        for (const size of SIZES) {
          await page.setViewportSize(size)
          // Tables take on the new width some frames later.
          await softly
            .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
              message: `${name}, ${size.width} px wide`,
            })
            .toBeLessThanOrEqual(0)
          await expect(console.account).toBeVisible()
        }
        await page.setViewportSize({ width: 1024, height: 900 })
        await expectNothingFound(page)
      })
    }
  })
}

/** Goes to an address as a link does. The heading of another page is marked, so that it is not taken for the next. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    const isOther = new URL(address, location.href).pathname !== location.pathname
    for (const heading of document.querySelectorAll('h1')) heading.toggleAttribute('data-of-before', isOther)
    history.pushState(null, '', address)
  }, path)
}

test('every page of the console is among these', () => {
  const features = join(import.meta.dirname, '../apps/web/src/features')
  const sources = [
    join(import.meta.dirname, '../apps/web/src/shared/page-addresses.ts'),
    ...readdirSync(features).flatMap((name) =>
      readdirSync(join(features, name)).map((file) => join(features, name, file)),
    ),
  ].filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const addresses = sources.flatMap((file) =>
    Array.from(readFileSync(file, 'utf8').matchAll(/ADDRESSES = \{(.*?)\n\}/gs), ([, table = '']) =>
      Array.from(table.matchAll(/: '([^']+)'/g), ([, address = '']) => address),
    ).flat(),
  )
  expect(addresses.length).toBeGreaterThan(90)
  const seen = PAGES.map(([, path]) => path.replace(/\?.*/, ''))
  const missing = addresses.filter((address) => {
    const pattern = new RegExp(`^${address.replace(/\$\w+/g, '[^/]+')}$`)
    return !seen.some((path) => pattern.test(path))
  })
  expect(missing).toEqual([])
})

test('the palette, and the page without a person', async ({ page }) => {
  const console = new ConsolePage(page)
  await console.enter('Ada', '/settings')
  await expect(console.heading('Settings')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: /^Search/ }).fill('shadow of pump-1')
  await expect(page.getByRole('option', { name: 'Shadow of pump-1' })).toBeVisible()
  await expectNothingFound(page)
  await page.context().clearCookies()
  await page.goto('/things')
  await expect(console.signInButton).toBeVisible()
  await expectNothingFound(page)
})
