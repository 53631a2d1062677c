import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { BROKEN_DEVICES, type Breakage } from './broken-devices.ts'
import { startOwnStack } from './own-stack.ts'
import { RefusalsPage } from './pages/refusals-page.ts'
import { expect, test } from './test.ts'

/** What an operator reads on the page of refusals alone, by what is wrong with the device. */
const TOLD: Readonly<Partial<Record<Breakage, readonly [what: RegExp, why: RegExp]>>> = {
  'certificate inactive': [/connect/, /Its certificate \w+… is INACTIVE/],
  'certificate revoked': [/connect/, /Its certificate \w+… was revoked/],
  'certificate not registered': [/connect/, /not registered in this account and region/],
  'no policy': [/iot:Connect/, /No statement of its policies allows iot:Connect at all/],
  'other client id': [/iot:Connect/, /No statement allows it \(nearest: device-\w+ #1\)/],
  'publish not allowed': [/iot:Publish telemetry/, /No statement allows it \(nearest: device-\w+ #2\)/],
  'reserved topic': [/iot:Publish \$aws\/events/, /no client may publish there, whatever its policies say/],
  'may not receive': [/iot:Receive cmd/, /No statement of its policies allows iot:Receive at all/],
  'payload too large': [/iot:Publish|stay connected/, /larger than AWS IoT takes/],
  'client id taken by another': [/stay connected/, /Another connection came with the same client id/],
  'will not allowed': [/iot:Connect/, /its last will was refused/],
  'malformed packet': [/iot:Publish|iot:Connect|stay connected/, /broke the protocol/],
  'clock off': [/request over HTTPS/, /clock/],
}
/** Of these nobody knows a client id: they are found by what they did. */
const WITHOUT_CLIENT: readonly Breakage[] = [
  'certificate inactive',
  'certificate revoked',
  'certificate not registered',
  'clock off',
]

test('ten devices broken in ten ways: the page of refusals alone names each cause', async ({ page }) => {
  test.slow()
  await using own = await startOwnStack()
  const { server } = own
  const iot = new IoTClient(server.sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({
      roleArn: 'arn:aws:iam::123456789012:role/iot-logging',
      defaultLogLevel: 'ERROR',
      eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }],
    }),
  )
  const { port } = new URL(server.mqtts)
  const rootCa = await (await fetch(`${server.http}/_local/root-ca.pem`)).text()
  const door = { iot, host: 'localhost', port: Number(port), rootCa, sdk: server.sdk }
  await using devices = new AsyncDisposableStack()
  const breakages = Object.keys(TOLD) as Breakage[] // the keys of that table
  const broken = new Map(
    await Promise.all(
      breakages.map(async (breakage) => {
        const device = await BROKEN_DEVICES[breakage](door, breakage.replaceAll(' ', '-'))
        devices.use(device)
        return [breakage, device] as const
      }),
    ),
  )
  const data = new IoTDataPlaneClient(server.sdk)
  const refusals = new RefusalsPage(page)
  await refusals.enter('Vera', `${own.console}/refusals?last=15m`)
  await page.setViewportSize({ width: 1600, height: 1200 })
  for (const breakage of breakages) {
    const [what, why] = TOLD[breakage] ?? [/^/, /^/]
    const certificateId = broken.get(breakage)?.certificateId ?? ''
    const rows = refusals.rows.filter({ hasText: what }).filter({ hasText: why })
    const row = WITHOUT_CLIENT.includes(breakage) ? rows : rows.filter({ hasText: breakage.replaceAll(' ', '-') })
    await test.step(`${breakage} ${certificateId}`, async () => {
      await expect(async () => {
        const topic = `cmd/${breakage.replaceAll(' ', '-')}/set`
        if (breakage === 'may not receive') await data.send(new PublishCommand({ topic, payload: Buffer.from('{}') }))
        await refusals.refresh()
        await expect(row.first()).toBeVisible({ timeout: 4_000 })
      }).toPass({ timeout: 60_000 })
    })
  }

  const publish = refusals.rows.filter({ hasText: 'telemetry/publish-not-allowed' })
  await publish.getByRole('radio').check()
  await expect(refusals.look).toContainText('was closed for it')
  await expect(refusals.look).toContainText('publish-not-allowed')
  const simulator = refusals.look.getByRole('link', { name: 'Open in the simulator' })
  await expect(simulator).toHaveAttribute('href', /check=iot:Publish\+telemetry\/publish-not-allowed/)
  await simulator.click()
  await expect(refusals.heading(/Simulator/)).toBeVisible()
  await expect(page.getByText('To allow it')).toBeVisible()
  await page.goto(`${own.console}/things/publish-not-allowed?tab=refusals&last=15m`)
  await expect(page.getByText(/The last it tried before it was dropped/)).toContainText(
    'iot:Publish telemetry/publish-not-allowed',
  )
})
