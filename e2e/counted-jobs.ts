import {
  AttachThingPrincipalCommand,
  CreateBillingGroupCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { Locator, Page } from '@playwright/test'
import { ActCounter, type Acts } from './act-counter.ts'
import { connectDevice } from './device.ts'
import { downloadArchive } from './device-archive.ts'
import { registerThings } from './fleet.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect } from './test.ts'

const iot = new IoTClient(stack.sdk)

/** Does jobs one after the other, each from the overview on, by pointer and by what has to be typed. */
export class CountedJobs extends ConsolePage {
  readonly dialog = this.page.getByRole('dialog')
  readonly counted = new Map<string, Acts>()
  readonly #counter: ActCounter

  private constructor(page: Page, counter: ActCounter) {
    super(page)
    this.#counter = counter
  }

  static async begin(page: Page): Promise<CountedJobs> {
    const jobs = new CountedJobs(page, await ActCounter.begin(page))
    await jobs.enter('Grace', '/overview')
    return jobs
  }

  async count(job: string, does: () => Promise<void>): Promise<void> {
    await this.goTo('Overview')
    await expect(this.heading('Overview')).toBeVisible()
    await this.#counter.reset()
    await does()
    this.counted.set(job, await this.#counter.read())
  }

  /** Goes to one resource among thousands. */
  async open(kind: 'Things' | 'Thing types' | 'Thing groups', name: string): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Search/ })
      .first()
      .click()
    await this.page.getByRole('combobox', { name: /^Search things, .*pages and actions$/ }).fill(name)
    const found = this.page.getByRole('group', { name: kind, exact: true })
    await found.getByRole('option', { name: new RegExp(`^${name}(?![-\\w])`) }).click()
    await expect(this.heading(name)).toBeVisible()
  }

  async openClient(clientId: string): Promise<void> {
    await this.goTo('Clients')
    const row = await this.findOne('Clients', clientId)
    await row.getByRole('link', { name: clientId, exact: true }).first().click()
    await expect(this.heading(clientId)).toBeVisible()
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).first().click()
  }

  /** Presses the button of the dialog that is open. */
  async agree(name: string | RegExp): Promise<void> {
    await this.dialog.getByRole('button', { name, exact: true }).click()
  }

  async choose(menu: string, item: string): Promise<void> {
    await this.press(menu)
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Of a field that finds names as they are typed. */
  async pick(field: RegExp, name: string): Promise<void> {
    await this.page.getByRole('button', { name: field }).last().click() // of the dialog, where one is open
    await this.page.getByRole('combobox', { name: /^Find / }).fill(name)
    await this.#chooseFound(name)
  }

  /** Once what was offered before the search, and goes from under the pointer, is gone. */
  async #chooseFound(name: string): Promise<void> {
    const options = this.page.getByRole('option')
    await expect(options.filter({ hasNotText: name }).filter({ hasNotText: /^No / })).toHaveCount(0)
    await expect(options.first()).toContainText(name)
    await options.first().click()
  }

  /** Of a field with a few values. */
  async select(field: string | RegExp, option: string): Promise<void> {
    await this.page.getByRole('button', { name: field }).click()
    await this.page.getByRole('option', { name: option }).click()
  }

  /** In the list that is open, once it is the only one: the list of all, which goes then, may show it too. */
  async findOne(list: string, name: string): Promise<Locator> {
    const field = this.page.getByRole('combobox', { name: `Filter ${list.toLowerCase()}` })
    await field.fill(name)
    await field.press('Enter')
    const table = this.page.getByRole('grid', { name: list }).or(this.page.getByRole('treegrid', { name: list }))
    const rows = table.getByRole('row')
    await expect(rows).toHaveCount(2) // with the header
    return rows.filter({ hasText: name })
  }

  /** Of a query that finds two, once they are counted: the list of all, which goes then, may show them too. */
  async findThings(query: string, one: string): Promise<void> {
    await this.goTo('Things')
    const field = this.page.getByRole('combobox', { name: 'Filter things' })
    await field.fill(query)
    await field.press('Enter')
    await expect(this.page.getByText('(about 2)').first()).toBeVisible()
    await expect(this.page.getByRole('link', { name: one, exact: true })).toBeVisible()
  }
}

const allow = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

/** What is done to one thing. */
export async function jobsOfOneThing(jobs: CountedJobs): Promise<void> {
  const { page, dialog, flashes } = jobs
  const name = freshName('e2e-counted')
  const [thingTypeName, thingGroupName, policyName] = [`${name}-type`, `${name}-group`, `${name}-policy`]
  await iot.send(new CreateThingTypeCommand({ thingTypeName }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: allow('iot:Connect') }))
  const { certificateId = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const certificate = page
    .getByRole('row')
    .filter({ hasText: certificateId.slice(0, 8) })
    .first()

  await jobs.count('Create a thing with type, group and attribute', async () => {
    await jobs.goTo('Things')
    await page.getByRole('link', { name: 'Create thing' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await jobs.pick(/^Type, optional/, thingTypeName)
    await jobs.press('Add attribute')
    await page.getByRole('textbox', { name: 'Name of attribute 1' }).fill('site')
    await page.getByRole('textbox', { name: 'Value of attribute 1' }).fill('hall-2')
    await jobs.pick(/^Groups, optional/, thingGroupName)
    await jobs.press('Create thing')
    await expect(jobs.heading(name)).toBeVisible()
  })
  await jobs.count('Edit an attribute of a thing', async () => {
    await jobs.open('Things', name)
    await jobs.press('Edit type and attributes')
    await page.getByRole('textbox', { name: 'Value of attribute 1' }).fill('hall-3')
    await jobs.press('Save changes')
    await expect(flashes.getByText(`${name} was changed`)).toBeVisible()
  })
  await jobs.count('Attach a certificate to a thing', async () => {
    await jobs.open('Things', name)
    await page.getByRole('tab', { name: 'Certificates and policies' }).click()
    await jobs.press('Attach certificate')
    await dialog.getByRole('combobox', { name: 'Certificate' }).fill(certificateId.slice(0, 8))
    await page
      .getByRole('option')
      .filter({ hasText: certificateId.slice(0, 10) })
      .click()
    await jobs.agree('Attach certificate')
    await expect(certificate).toBeVisible()
  })
  await jobs.count('Attach a policy to the certificate of a thing', async () => {
    await jobs.open('Things', name)
    await page.getByRole('tab', { name: 'Certificates and policies' }).click()
    await jobs.press('Attach policies')
    await jobs.pick(/^Policies/, policyName)
    await jobs.agree('Attach policies')
    await expect(page.getByRole('link', { name: policyName })).toBeVisible()
  })
  await jobs.count('Delete a thing with its certificate', async () => {
    await jobs.open('Things', name)
    await jobs.press('Delete thing')
    await dialog.getByLabel(`To go on, type ${name}`).fill(name)
    await jobs.agree('Delete thing')
    await expect(flashes.getByText(`The thing ${name} was deleted`)).toBeVisible()
    await expect(jobs.heading('Things')).toBeVisible()
  })
}

/** What is done to kinds of things. */
export async function jobsOfGroups(jobs: CountedJobs): Promise<void> {
  const { page, flashes } = jobs
  const name = freshName('e2e-counted')
  const [type, yard, hall, offline] = [`${name}-type`, `${name}-yard`, `${name}-hall`, `${name}-offline`]
  await iot.send(new CreateThingTypeCommand({ thingTypeName: type }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: yard }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: hall }))

  await jobs.count('Deprecate a thing type', async () => {
    await jobs.open('Thing types', type)
    await jobs.press('Deprecate thing type')
    await jobs.agree('Deprecate thing type')
    await expect(flashes.getByText(`The thing type ${type} was deprecated`)).toBeVisible()
    await expect(page.getByText('Deprecated', { exact: true }).first()).toBeVisible()
  })
  await jobs.count('Make a dynamic thing group, its query tried before', async () => {
    await jobs.goTo('Thing groups')
    await page.getByRole('link', { name: 'Create thing group' }).click()
    await page.getByRole('radio', { name: /^Dynamic/ }).check()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(offline)
    await page.getByRole('textbox', { name: 'Query' }).fill('thingName:pump-1 OR thingName:pump-2')
    await expect(page.getByText(/2 things/)).toBeVisible()
    await jobs.press('Create thing group')
    await expect(jobs.heading(offline)).toBeVisible()
  })
  await jobs.count('Move a thing group', async () => {
    await jobs.open('Thing groups', hall)
    await jobs.press('Move thing group')
    await jobs.pick(/^Below/, yard)
    await jobs.agree('Move thing group')
    await expect(flashes.getByText(`The thing group ${hall} was moved`)).toBeVisible()
  })
}

/** What is done to many things at once; so few of them here, as a query finds as many as there are. */
export async function jobsOfMany(jobs: CountedJobs): Promise<void> {
  const { page, dialog } = jobs
  const name = freshName('e2e-counted')
  const [type, group, billingGroupName] = [`${name}-pump`, `${name}-hall`, `${name}-costs`]
  const [first, second] = [`${name}-1`, `${name}-2`]
  await registerThings([first, second], { type, group })
  await iot.send(new CreateBillingGroupCommand({ billingGroupName }))
  const { certificateArn = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: first, principal: certificateArn }))
  const offline = `thingTypeName:${type} AND connectivity.connected:false`

  await jobs.count('Find all pumps that are offline', async () => {
    await jobs.findThings(offline, second)
  })
  await jobs.count('Export all things that are offline', async () => {
    await jobs.findThings(offline, second)
    const saved = page.waitForEvent('download')
    await jobs.choose('Export', 'As CSV')
    await saved
  })
  await jobs.count('Put 500 things into a billing group', async () => {
    await jobs.findThings(`thingTypeName:${type}`, second)
    await page.getByRole('checkbox', { name: `Select ${second}` }).check()
    await jobs.press(/^Select all about 2 things/)
    await page.getByRole('link', { name: /^Change in bulk/ }).click()
    await jobs.select(/^Kind of change/, 'Billing group')
    await jobs.pick(/^New billing group/, billingGroupName)
    await jobs.press(/^Change .*things$/)
    await jobs.agree('Change 2 things')
    await expect(page.getByText('Ended: 2 changed').first()).toBeVisible()
  })
  await jobs.count('Tag 500 thing groups', async () => {
    await jobs.goTo('Thing groups')
    const row = await jobs.findOne('Thing groups', group)
    await row.getByRole('checkbox', { name: `Select ${group}`, exact: true }).check()
    await page.getByRole('link', { name: 'Change tags' }).click()
    await page.getByRole('textbox', { name: 'Key 1' }).fill('cost')
    await page.getByRole('textbox', { name: 'Value 1' }).fill('42')
    await jobs.press(/^Change .*resources?$/)
    await jobs.agree('Change 1 resource')
    await expect(page.getByText('Ended: 1 changed').first()).toBeVisible()
  })
  await jobs.count('Deactivate the certificates of all things of a group', async () => {
    await jobs.open('Thing groups', group)
    await page.getByRole('tab', { name: 'Things' }).click()
    await page.getByRole('link', { name: 'Change these things' }).click()
    await jobs.select(/^Kind of change/, 'Whether their certificates are active')
    await jobs.press('Dry run')
    await jobs.press(/^Change .* now$/)
    await dialog.getByRole('textbox').fill('1')
    await jobs.agree(/^Change 1 thing$/)
    await expect(page.getByText('Ended: 1 changed').first()).toBeVisible()
  })
}

/** What is done to a client that is connected, and to one that went. */
export async function jobsOfClients(jobs: CountedJobs): Promise<void> {
  const { page, dialog, flashes } = jobs
  const name = freshName('e2e-counted')
  await using device = await connectDevice(name)
  const heard = new Promise<void>((resolve) => device.client.once('message', () => resolve()))
  device.client.options.reconnectPeriod = 0
  await jobs.count('Send a message to one client', async () => {
    await jobs.openClient(name)
    await jobs.press('Send message')
    await dialog.getByRole('textbox', { name: 'Topic' }).fill(`cmd/${name}`)
    await dialog.getByRole('textbox', { name: 'Payload' }).fill('{"on":true}')
    await jobs.agree('Send message')
    await heard
    await jobs.agree('Cancel') // it stays open for the next message
  })
  await jobs.count('Disconnect a client', async () => {
    await jobs.openClient(name)
    await jobs.press('Disconnect')
    await jobs.agree('Disconnect client')
    await expect(flashes.getByText(`${name} was disconnected`)).toBeVisible()
  })
  await jobs.count('See why a device went away', async () => {
    await jobs.open('Things', name)
    await expect(page.getByText('someone ended the connection through the API').first()).toBeVisible()
  })
}

/** How devices come. */
export async function jobsOfNewDevices(jobs: CountedJobs): Promise<void> {
  const { page, dialog, flashes } = jobs
  const name = freshName('e2e-counted')
  const waits = page.getByText(`Waiting for ${name} to connect`)
  await jobs.count('Connect one device, up to its first message', async () => {
    await jobs.goTo('Connect a device')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await expect(page.getByText('The name is free: a thing is made.')).toBeVisible()
    await jobs.press('Review')
    await jobs.agree('Set up device')
    await expect(waits).toBeVisible()
    await expect(flashes.getByText(`${name} can connect now`)).toBeVisible() // it is waited for before it may connect
    await expect(jobs.connection).toHaveAccessibleName(/live/)
    await using archive = await downloadArchive(page)
    await archive.run('Node.js')
    await expect(page.getByRole('region', { name: 'Its first message' })).toContainText('Node.js')
  })
  await jobs.count('Register 1,000 things from a CSV', async () => {
    await jobs.goTo('Register things')
    const chooser = page.waitForEvent('filechooser')
    await page.getByText('Choose a file', { exact: true }).first().click() // the words that are seen
    const lines = ['name,site', `${name}-a,north`, `${name}-b,south`]
    await (await chooser).setFiles({
      name: 'pumps.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\n')),
    })
    await page.getByRole('radio', { name: /^A new one, from a template/ }).check()
    await page.getByRole('textbox', { name: 'Name of the new policy' }).fill(`${name}-policy`)
    await jobs.press('Check 2 lines')
    await jobs.press('Register 2 things')
    await jobs.agree('Register 2 things')
    await expect(page.getByText('2 made').first()).toBeVisible()
    const saved = page.waitForEvent('download')
    await jobs.press('Download keys and certificates')
    await saved
  })
  await jobs.count('Start a registration task', async () => {
    await jobs.goTo('Register things')
    await page.getByRole('link', { name: 'Registration tasks of AWS' }).click()
    await jobs.press('Start registration task')
    await dialog.getByRole('textbox', { name: 'Bucket' }).fill('devices')
    await dialog.getByRole('textbox', { name: 'Key of the file' }).fill('devices.json')
    await dialog.getByRole('textbox', { name: 'Role' }).fill('arn:aws:iam::123456789012:role/registration')
    await jobs.agree('Start the task')
    await expect(page).toHaveURL(/\/registration-tasks\/.+/)
  })
}
