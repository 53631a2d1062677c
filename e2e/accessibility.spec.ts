import type { Page } from '@playwright/test'
import { wcagViolations } from './accessible.ts'
import { ConsolePage } from './pages/console-page.ts'
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
  ['rules, and where a topic goes', '/rules?topic=dt/pump-1/telemetry', /^Rules$/],
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
  ['bulk changes', '/bulk-changes', /^Bulk changes$/],
  ['a new bulk change', '/bulk-changes?things=pump-1&things=pump-2', /New bulk change/],
  ['logs', '/logs?last=15m', /Logs/],
  ['logging settings', '/logs/settings', /Logging settings/],
  ['a trace that is not there', '/logs/trace/none', /Trace none/],
  ['a message that is followed', '/logs/trace?topic=dt/a&at=2026-03-04T05:06:07Z', /Follow a message/],
  ['activity', '/activity?person=Ada&last=24h', /Activity/],
  ['settings', '/settings', /Settings/],
  ['an address without a page', '/nothing-here', /Page not found/],
]

/** A laptop, half of a large screen, and that at 200 %. */
const WIDTHS = [1600, 768, 1024]

/** What axe finds in the light appearance, and in the dark one that the page takes on while it is open. */
async function expectNothingFound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('body.awsui-dark-mode')).toHaveCount(colorScheme === 'dark' ? 1 : 0)
    // A colour on its way from one appearance to the other is not what anybody reads.
    await expect
      .poll(() => page.evaluate(() => document.getAnimations().filter((each) => each instanceof CSSTransition).length))
      .toBe(0)
    expect.soft(await wcagViolations(page), colorScheme).toEqual([])
  }
}

// Each looks at a page twice.
test.describe.configure({ timeout: 120_000 })

for (const [name, path, ready] of PAGES) {
  test(`${name}: nothing that axe finds, light or dark, and no sideways scrolling`, async ({ page }) => {
    const console = new ConsolePage(page)
    await console.enter('Ada', path)
    await expect(console.heading(ready)).toBeVisible()
    await expect(console.connection).toHaveAccessibleName(/live/)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await expect(console.account).toBeVisible()
    }
    await expectNothingFound(page)
  })
}

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
