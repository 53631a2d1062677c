import {
  CreatePackageVersionCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
  UpdatePackageConfigurationCommand,
  UpdatePackageVersionCommand,
} from '@aws-sdk/client-iot'
import { connectDevice } from './device.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

test('a package with two versions: a job brings one to a device, and the page says that one thing runs it', async ({
  page,
}) => {
  test.slow() // a server and a console of its own
  await using stack = await startOwnStack()
  const iot = new IoTClient(stack.server.sdk)
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY',
        namedShadowIndexingMode: 'ON',
        filter: { namedShadowNames: ['$package'] },
      },
    }),
  )
  await iot.send(
    new UpdatePackageConfigurationCommand({
      versionUpdateByJobsConfig: { enabled: true, roleArn: 'arn:aws:iam::123456789012:role/packages' },
    }),
  )
  await using device = await connectDevice('pump-1', 'pump-1', 'iot:*', stack.server)
  const jobs = '$aws/things/pump-1/jobs'
  const told: string[] = []
  device.client.on('message', (topic, payload) => {
    if (topic !== `${jobs}/notify-next`) return
    const { execution } = JSON.parse(payload.toString()) as {
      execution?: { jobId: string; status: string; jobDocument: object }
    }
    if (execution?.status !== 'QUEUED') return
    told.push(JSON.stringify(execution.jobDocument))
    device.client.publish(`${jobs}/${execution.jobId}/update`, '{"status":"SUCCEEDED"}', { qos: 1 })
  })
  await device.client.subscribeAsync(`${jobs}/notify-next`, { qos: 1 })

  const ada = new ConsolePage(page)
  await ada.enter('Ada', `${stack.console}/packages`)
  await page.getByRole('button', { name: 'Create package' }).first().click()
  const creation = page.getByRole('dialog', { name: 'Create package' })
  await creation.getByRole('textbox', { name: 'Name' }).fill('pump-fw')
  await creation.getByRole('button', { name: 'Create package' }).click()
  await expect(ada.heading('pump-fw')).toBeVisible()

  await iot.send(new CreatePackageVersionCommand({ packageName: 'pump-fw', versionName: '1.0' }))
  await iot.send(new UpdatePackageVersionCommand({ packageName: 'pump-fw', versionName: '1.0', action: 'PUBLISH' }))
  iot.destroy()
  await page.getByRole('button', { name: 'New version' }).click()
  const version = page.getByRole('dialog', { name: 'New version of pump-fw' })
  await version.getByRole('textbox', { name: 'Version', exact: true }).fill('2.0')
  await version.getByRole('button', { name: 'Add attribute' }).click()
  await version.getByRole('textbox', { name: 'Key 1' }).fill('os')
  await version.getByRole('textbox', { name: 'Value 1' }).fill('rtos')
  await version.getByRole('button', { name: 'Create version' }).click()

  const row = page.getByRole('row', { name: /2\.0/ })
  await expect(row.getByText('Draft')).toBeVisible()
  await row.getByRole('button', { name: /Actions/ }).click()
  await page.getByRole('menuitem', { name: 'Publish' }).click()
  await page
    .getByRole('dialog', { name: /^Publish pump-fw 2\.0/ })
    .getByRole('button', { name: 'Publish version' })
    .click()
  await expect(row.getByText('Published')).toBeVisible()
  await expect(page.getByText('No thing says that it runs any version of it.')).toBeVisible()

  await row.getByRole('button', { name: /Actions/ }).click()
  await page.getByRole('menuitem', { name: 'Roll out this version' }).click()
  await page.getByRole('textbox', { name: 'Names of the things' }).fill('pump-1')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('None of the things says that it runs pump-fw 2.0 yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('textbox', { name: 'Time-out, in minutes' }).fill('30')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('It brings pump-fw 2.0.')).toBeVisible()
  await page.getByRole('button', { name: 'Create job' }).click()
  await expect(ada.heading('pump-fw-2_0')).toBeVisible()
  await expect(page.getByRole('img', { name: '1 succeeded' })).toBeVisible()
  expect(told).toEqual(['{"operation":"install","package":"pump-fw","version":"2.0","attributes":{"os":"rtos"}}'])

  await page.getByRole('tab', { name: 'Document' }).click()
  await page.getByRole('link', { name: 'pump-fw 2.0' }).click()
  await expect(page.getByRole('list', { name: 'Things by version of pump-fw' })).toContainText(/2\.0\s*1 thing/)
  await page.getByRole('tab', { name: 'Jobs' }).click()
  await expect(page.getByRole('link', { name: 'pump-fw-2_0' })).toBeVisible()
})
