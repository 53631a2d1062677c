import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Command, CommandButton, CommandExecution, ThingConnection } from '@thingdeck/contract'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { validateThingCommandsSearch } from './search.ts'

const arn = (end: string) => `arn:aws:iot:us-east-1:123456789012:${end}`
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()

const SUMMARY = {
  commandId: 'dim',
  commandArn: arn('command/dim'),
  displayName: 'Dim the lamp',
  deprecated: false,
  pendingDeletion: false,
  createdAt: ago(3_600),
}
const COMMAND: Command = {
  ...SUMMARY,
  payloadTemplate: '{"level":"${aws:iot:commandexecution::parameter:level}"}',
  outputFormat: 'JSON',
  parameters: [
    {
      name: 'level',
      type: 'INTEGER',
      valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } }],
    },
  ],
  tags: {},
}
const execution = (change: Partial<CommandExecution> = {}): CommandExecution => ({
  executionId: 'e-1',
  commandId: 'dim',
  target: { thingName: 'lamp-1' },
  targetArn: arn('thing/lamp-1'),
  status: 'SUCCEEDED',
  createdAt: ago(5),
  completedAt: ago(4),
  executionTimeoutSeconds: 10,
  parameters: { level: { I: 20 } },
  result: { level: { S: '20' }, on: { B: true } },
  ...change,
})
const AWAY: ThingConnection = { connected: false, toldBy: 'index' }

const open = (path: string, routes: Routes = {}, features?: readonly Feature[]) =>
  openApp(
    path,
    {
      '/api/session': () => json(SESSION),
      '/api/commands': () => json({ commands: [SUMMARY] }),
      '/api/command-looks': () =>
        json({
          commands: [
            {
              commandId: 'dim',
              payloadTemplate: COMMAND.payloadTemplate,
              parameters: COMMAND.parameters,
              lastRun: { executionId: 'e-1', targetArn: arn('thing/lamp-1'), status: 'TIMED_OUT', createdAt: ago(60) },
            },
          ],
        }),
      '/api/commands/dim': () => json(COMMAND),
      '/api/command-executions/e-1': () => json(execution()),
      '/api/things/lamp-1/connection': () => json(AWAY),
      ...routes,
    },
    features,
  )

/** The body of a request. */
const sent = (init: RequestInit | undefined): unknown => JSON.parse(String(init?.body))

beforeAll(() =>
  Promise.all([
    loadPages('/commands', '/send-command', '/command-executions', '/commands/$commandId', '/create-command'),
    import('./thing/thing-commands.tsx'),
  ]),
)

beforeEach(() => {
  sessionStorage.clear()
  setPagePerson('ada')
})

test('the list says of each command what it takes, and what came of it last', async () => {
  open('/commands')
  const row = (await screen.findByText('level')).closest('tr')
  if (!row) throw new Error('The name stands in no row.')
  expect(within(row).getByText('Dim the lamp')).toBeTruthy()
  expect(within(row).getByText('Available')).toBeTruthy()
  expect(within(row).getByText('Timed out')).toBeTruthy()
})

test('a value is asked for by its type, what is wrong is said before anything is sent, and what the device gets is shown', async () => {
  const bodies: unknown[] = []
  const { history } = open('/send-command?command=dim&thing=lamp-1', {
    'POST /api/commands/dim/executions': (_, init) => {
      bodies.push(sent(init))
      return json({ executionId: 'e-1' })
    },
  })
  expect(await screen.findByText(/^Its device is not connected/)).toBeTruthy()
  const level = screen.getByRole('textbox', { name: /^level/ })
  expect(screen.getByText('Whole number, 32 bits; from 0 to 100')).toBeTruthy()
  fireEvent.change(level, { target: { value: '101' } })
  expect(await screen.findByText('It does not satisfy its condition IN_RANGE 0 to 100.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Send command' }))
  expect(bodies).toEqual([])

  fireEvent.change(level, { target: { value: '20' } })
  expect(await screen.findByText('12 bytes, application/json.')).toBeTruthy()
  expect(screen.getByText('$aws/commands/things/lamp-1/executions/ID/request/json')).toBeTruthy()
  expect(screen.getByText(/^A device has 10 seconds to end it/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Send command' }))
  await waitFor(() =>
    expect(bodies).toMatchObject([
      { device: { thingName: 'lamp-1' }, parameters: { level: { I: 20 } }, executionTimeoutSeconds: 10 },
    ]),
  )
  expect(await screen.findByText('Answered level')).toBeTruthy()
  expect(history.location.search).toContain('sent=e-1')
})

test('sent again after an answer that was lost, it is the same sending; another value is another', async () => {
  const tokens: unknown[] = []
  open('/send-command?command=dim&thing=lamp-1', {
    'POST /api/commands/dim/executions': (_, init) => {
      tokens.push((sent(init) as { clientToken: unknown }).clientToken) // of a body that this page makes
      return problem(502, 'UPSTREAM_UNAVAILABLE', 'AWS IoT gave no answer.')
    },
  })
  const level = await screen.findByRole('textbox', { name: /^level/ })
  const send = async (value: string, times: number) => {
    fireEvent.change(level, { target: { value } })
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Send command' })
    await waitFor(() => expect(button.ariaDisabled).not.toBe('true'))
    fireEvent.click(button)
    await waitFor(() => expect(tokens).toHaveLength(times))
    await screen.findByText('The command could not be sent')
  }
  await send('20', 1)
  await send('20', 2)
  await send('21', 3)
  expect(tokens[1]).toBe(tokens[0])
  expect(tokens[2]).not.toBe(tokens[0])
})

test('a time-out that AWS found is not the end, and is said to be none', async () => {
  const { completedAt: _, result: __, ...waiting } = execution()
  const { executionTimeoutSeconds: ___, parameters: ____, ...listed } = waiting
  open('/command-executions?thing=lamp-1&look=e-1', {
    '/api/command-executions': () => json({ executions: [{ ...listed, status: 'TIMED_OUT' }] }),
    '/api/command-executions/e-1': () =>
      json({ ...waiting, status: 'TIMED_OUT', statusReason: { reasonCode: '$NO_RESPONSE_FROM_DEVICE' } }),
  })
  expect(await screen.findByText('The device did not answer in time')).toBeTruthy()
  expect(screen.getByText('A late answer is still taken')).toBeTruthy()
  expect(screen.getByText('$NO_RESPONSE_FROM_DEVICE')).toBeTruthy()
  // What is not over cannot be deleted, by nobody.
  expect((screen.getByRole('button', { name: 'Delete execution' }) as HTMLButtonElement).ariaDisabled).toBe('true')
})

test('AWS lists what was sent to somebody or of something: the page asks for whom before it asks AWS', async () => {
  const { asked } = open('/command-executions')
  expect(await screen.findByText('Whose?')).toBeTruthy()
  expect(asked.filter((each) => each.includes('command-executions'))).toEqual([])
})

test('to many it is sent after they were counted and agreed to', async () => {
  const bodies: unknown[] = []
  open('/send-command?command=dim&group=hall', {
    '/api/thing-groups': () => json({ thingGroups: [] }),
    'POST /api/bulk-changes/preview': () => json({ count: 120, isAtLeast: false, sample: ['lamp-1', 'lamp-2'] }),
    'POST /api/bulk-changes': (_, init) => {
      bodies.push(sent(init))
      return new Promise<Response>(() => {})
    },
  })
  fireEvent.change(await screen.findByRole('textbox', { name: /^level/ }), { target: { value: '5' } })
  fireEvent.click(screen.getByRole('button', { name: 'Count and send' }))
  const dialog = await screen.findByRole('dialog', { name: 'Send dim to 120 things?' })
  expect(within(dialog).getByText(/50 are sent a second at most/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Send to 120 things' }))
  await waitFor(() =>
    expect(bodies).toEqual([
      {
        targets: { thingGroupName: 'hall' },
        change: { kind: 'command', commandId: 'dim', parameters: { level: { I: 5 } }, executionTimeoutSeconds: 10 },
        dryRun: false,
        clientRequestToken: expect.any(String),
        confirmedCount: 120,
      },
    ]),
  )
})

test('a viewer reads, and is told why nothing can be sent', async () => {
  open('/commands/dim', {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role: 'viewer' } }),
  })
  expect(await screen.findByText('A value has to be given')).toBeTruthy()
  for (const name of ['Send command', 'Deprecate', 'Rename or describe', 'Delete'])
    expect(screen.getAllByRole('button', { name })[0]?.ariaDisabled).toBe('true')
})

test('what is deprecated can be sent to nobody', async () => {
  open('/send-command?command=dim', { '/api/commands/dim': () => json({ ...COMMAND, deprecated: true }) })
  const button = await screen.findByRole('button', { name: 'Send command' })
  expect(button.ariaDisabled).toBe('true')
})

test('a new one begins as another, with its parameters and conditions', async () => {
  const bodies: unknown[] = []
  const { history } = open('/create-command?like=dim', {
    'POST /api/commands': (_, init) => {
      bodies.push(sent(init))
      return json({ commandId: 'dim-2', commandArn: arn('command/dim-2') })
    },
    '/api/commands/dim-2': () => json({ ...COMMAND, commandId: 'dim-2' }),
  })
  fireEvent.change(await screen.findByRole('textbox', { name: /^Id of the command/ }), { target: { value: 'dim-2' } })
  expect((screen.getByRole('textbox', { name: /Name of parameter 1$/ }) as HTMLInputElement).value).toBe('level')
  expect((screen.getByRole('textbox', { name: /To$/ }) as HTMLInputElement).value).toBe('100')
  fireEvent.change(screen.getByRole('textbox', { name: /Default of parameter 1$/ }), { target: { value: '60' } })
  // What a device would get by the defaults.
  expect(await screen.findByText('12 bytes, application/json.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Create command' }))
  await waitFor(() => expect(history.location.pathname).toBe('/commands/dim-2'))
  expect(bodies).toEqual([
    {
      commandId: 'dim-2',
      displayName: 'Dim the lamp',
      payloadTemplate: COMMAND.payloadTemplate,
      outputFormat: 'JSON',
      parameters: [{ ...COMMAND.parameters[0], defaultValue: { I: 60 } }],
      tags: {},
    },
  ])
})

test('of several parameters the one that is wrong is marked, and it alone', async () => {
  const level = COMMAND.parameters[0]
  open('/create-command?like=dim', {
    '/api/commands/dim': () =>
      json({ ...COMMAND, parameters: [level, { name: 'soft', type: 'BOOLEAN' }, { name: 'mode', type: 'STRING' }] }),
  })
  const field = (name: RegExp) => screen.getByRole('textbox', { name })
  fireEvent.change(await screen.findByRole('textbox', { name: /^Id of the command/ }), { target: { value: 'dim-2' } })
  const marked = () =>
    screen
      .getAllByRole('textbox')
      .filter((each) => each.getAttribute('aria-invalid') === 'true')
      .map((each) => (each as HTMLInputElement).value) // inputs alone are of this role here
  fireEvent.change(field(/Default of parameter 2$/), { target: { value: 'yes' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create command' }))
  expect(await screen.findByText('The default of soft: True or false.')).toBeTruthy()
  expect(marked()).toEqual(['yes'])
  fireEvent.change(field(/Default of parameter 2$/), { target: { value: '' } })
  fireEvent.change(field(/Name of parameter 3$/), { target: { value: 'soft' } })
  expect(await screen.findByText('There is a parameter soft already.')).toBeTruthy()
  expect(marked()).toEqual(['soft'])
  fireEvent.change(field(/Name of parameter 3$/), { target: { value: 'mode' } })
  fireEvent.change(field(/From$/), { target: { value: '200' } })
  expect(await screen.findByText(/begins at 200, behind its end 100/)).toBeTruthy()
  expect(marked()).toEqual(['200', '100'])
})

test('a placeholder that stands for no parameter is said, and declared by a click', async () => {
  open('/create-command?like=dim', { '/api/commands/dim': () => json({ ...COMMAND, parameters: [] }) })
  expect(await screen.findByText('The template has placeholders for level.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Declare it' }))
  expect(((await screen.findByRole('textbox', { name: /Name of parameter 1$/ })) as HTMLInputElement).value).toBe(
    'level',
  )
})

/** The tab of a thing, without what else is on its page. */
const TAB: Feature = {
  name: 'tab',
  pages: [
    definePage({
      path: '/commands-of/$thingName',
      validateSearch: validateThingCommandsSearch,
      load: async () => (await import('./thing/thing-commands.tsx')).ThingCommands,
    }),
  ],
}

test('a button of its type says what it sends, and that the device is away, before it does', async () => {
  const bodies: unknown[] = []
  const button = (buttonId: string, label: string, thingTypeName: string): CommandButton => ({
    ...{ buttonId, label, thingTypeName, commandId: 'dim', parameters: { level: { I: 10 } } },
    createdBy: 'Grace',
  })
  const { history } = open(
    '/commands-of/lamp-1',
    {
      '/api/things/lamp-1': () =>
        json({
          ...{ thingName: 'lamp-1', thingArn: arn('thing/lamp-1'), thingTypeName: 'lamp', version: 1 },
          ...{ attributes: {}, thingGroupNames: [], principals: [] },
        }),
      '/api/command-buttons': () => json({ buttons: [button('b-1', 'Night', 'lamp'), button('b-2', 'Stop', 'pump')] }),
      '/api/command-executions': () => json({ executions: [] }),
      'POST /api/commands/dim/executions': (_, init) => {
        bodies.push(sent(init))
        return json({ executionId: 'e-1' })
      },
    },
    [TAB],
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Night' }))
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull()
  const dialog = await screen.findByRole('dialog', { name: 'Night: send dim to lamp-1?' })
  expect(await within(dialog).findByText('12 bytes, application/json.')).toBeTruthy()
  expect(await within(dialog).findByText(/^Its device is not connected/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Send command' }))
  await waitFor(() =>
    expect(bodies).toMatchObject([{ device: { thingName: 'lamp-1' }, parameters: { level: { I: 10 } } }]),
  )
  await waitFor(() => expect(history.location.search).toContain('execution=e-1'))
})
