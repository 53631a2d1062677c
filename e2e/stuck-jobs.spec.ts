import {
  CreateJobCommand,
  CreateThingCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { connectDevice } from './device.ts'
import { logAt } from './logging.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

/** Each execution by the thing that it is stuck on, and what the console has to say of it. */
const CAUSES = {
  'never-there': ['The device is not connected', 'one that connects in another way is not seen here'],
  'let-in-no-more': ['The device is not connected for', 'It tried to connect and was refused'],
  deaf: ['The device is connected', 'is subscribed neither to jobs/notify-next nor to jobs/notify'],
  forbidden: ['The device is connected', 'It was refused', 'Subscribe $aws/things/forbidden/jobs/notify-next'],
  busy: ['The job before comes first: in progress', 'Its client hears of jobs'],
  lazy: ['Its client hears of jobs', 'A notification was last handed to it'],
  gone: ['It has begun the job, and nothing is heard of that until it connects', 'The job has no time-out'],
  confused: ['The device is connected', 'UpdateJobExecution $aws/things/confused/jobs/stuck/update (VersionMismatch'],
} as const

test('why each of eight executions is stuck is found on the page of their job', async ({ page }) => {
  test.slow() // a server and a console of its own, and devices that misbehave each in its way
  await using stack = await startOwnStack()
  const iot = new IoTClient(stack.server.sdk)
  await logAt('DEBUG', stack.server)
  const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' } as const
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
  await using devices = new AsyncDisposableStack()
  const connect = async (thingName: string, allowed?: string) =>
    devices.use(await connectDevice(thingName, thingName, allowed, stack.server))
  const jobsOf = (thingName: string) => `$aws/things/${thingName}/jobs`
  const hears = async (thingName: string) => {
    const device = await connect(thingName)
    await device.client.subscribeAsync(`${jobsOf(thingName)}/notify-next`, { qos: 1 })
    return device
  }
  const create = (jobId: string, things: readonly string[]) => {
    const targets = things.map((name) => `arn:aws:iot:us-east-1:123456789012:thing/${name}`)
    return iot.send(new CreateJobCommand({ jobId, targets, document: '{"operation":"install"}' }))
  }
  /** What the jobs service answers a device. */
  const ask = async ({ thingName, client }: Awaited<ReturnType<typeof connect>>, operation: string, input: object) => {
    const answer = new Promise<string>((resolve) => {
      client.on('message', (topic) => topic.startsWith(`${jobsOf(thingName)}/${operation}/`) && resolve(topic))
    })
    client.publish(`${jobsOf(thingName)}/${operation}`, JSON.stringify(input), { qos: 1 })
    return answer
  }

  await iot.send(new CreateThingCommand({ thingName: 'never-there' }))
  const [letInNoMore] = await Promise.all([connect('let-in-no-more'), connect('deaf'), hears('lazy')])
  const forbidden = await connect('forbidden', 'iot:Connect')
  await forbidden.client.subscribeAsync(`${jobsOf('forbidden')}/notify-next`).catch(() => undefined)
  const [busy, gone, confused] = [await hears('busy'), await hears('gone'), await hears('confused')]
  await create('before', ['busy'])
  expect(await ask(busy, 'before/update', { status: 'IN_PROGRESS' })).toMatch(/accepted$/)
  await create('stuck', Object.keys(CAUSES))
  expect(await ask(gone, 'stuck/update', { status: 'IN_PROGRESS' })).toMatch(/accepted$/)
  expect(await ask(confused, 'stuck/update', { status: 'IN_PROGRESS', expectedVersion: 7 })).toMatch(/rejected$/)
  await gone.client.endAsync()
  await letInNoMore.client.endAsync()
  await expect(connect('let-in-no-more', 'iot:Publish')).rejects.toThrow()
  iot.destroy()

  const ada = new ConsolePage(page)
  for (const [thingName, causes] of Object.entries(CAUSES)) {
    await ada.enter('Ada', `${stack.console}/jobs/stuck?tab=executions&look=${thingName}`)
    for (const cause of causes) {
      await expect(page.getByText(cause, { exact: false }).first(), `${thingName}: ${cause}`).toBeVisible()
    }
  }
})
