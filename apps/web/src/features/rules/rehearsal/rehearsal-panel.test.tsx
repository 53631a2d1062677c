import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Role } from '@thingdeck/contract'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { fakeApi, json } from '../../../../test/fake-api.ts'
import { fakeWorker } from '../../../../test/fake-worker.ts'
import { renderPage } from '../../../../test/render-page.tsx'
import type { MqttClient } from '../../../shared/mqtt/client.ts'
import type { MqttMessage } from '../../../shared/mqtt/message.ts'
import { MqttProvider } from '../../../shared/mqtt/mqtt-context.ts'
import type { SampledMessages } from '../../../shared/mqtt/samples.ts'
import { type MqttStatus, NO_STATUS } from '../../../shared/mqtt/status.ts'
import type { RehearsedRule } from './protocol.ts'
import { RehearsalPanel } from './rehearsal-panel.tsx'

const PUMPS: RehearsedRule = {
  sql: "SELECT temperature AS t, topic(2) AS device FROM 'dt/+/telemetry' WHERE temperature > 30 AND isUndefined(test)",
  awsIotSqlVersion: '2016-03-23',
  actions: [{ republish: { topic: 'alarms/${topic(2)}', roleArn: 'arn:aws:iam::123456789012:role/r' } }],
}

async function rehearse(topic: string, payload: string): Promise<void> {
  fireEvent.change(await screen.findByRole('textbox', { name: 'Topic' }), { target: { value: topic } })
  fireEvent.change(screen.getByRole('textbox', { name: 'Payload' }), { target: { value: payload } })
  fireEvent.click(screen.getByRole('button', { name: 'Rehearse on this message' }))
}

test('typed messages are decided, with the reason and the output', async () => {
  const marks = vi.fn()
  await renderPanel(<RehearsalPanel draft={PUMPS} onMarks={marks} />)
  await rehearse('dt/pump-7/telemetry', '{"temperature": 31.2}')
  const rows = await screen.findByRole('list', { name: 'Messages' })
  await within(rows).findByText('{"t":31.2,"device":"pump-7"}')
  await rehearse('dt/lamp-2/telemetry', '{"light": 1}')
  await within(rows).findByText(/temperature > 30 is Undefined: the message has no temperature/)
  await rehearse('dt/pump-8/telemetry', '{"temperature": 29.4}')
  await within(rows).findByText(/temperature > 30 is false \(temperature = 29.4\)/)
  expect(await screen.findByText('3 seen · 1 matches · 2 do not')).toBeTruthy()
  const from = PUMPS.sql.indexOf('temperature > 30')
  await waitFor(() =>
    expect(marks).toHaveBeenLastCalledWith(
      expect.arrayContaining([
        expect.objectContaining({
          from,
          to: from + 'temperature > 30'.length,
          text: 'false for 1 (max seen 29.4), Undefined for 1: the message has no temperature, true for 1',
        }),
      ]),
    ),
  )
  fireEvent.click(within(rows).getByRole('button', { name: /pump-7/ }))
  const message = await screen.findByRole('region', { name: 'Message rehearsed' })
  expect(await within(message).findByText(/topic: alarms\/\$\{topic\(2\)\}/)).toBeTruthy()
  expect(message.textContent).toContain('"alarms/pump-7"')
})

test('beside the deployed rule only what it decides otherwise is told of, and a changed draft is run anew', async () => {
  function Editing() {
    const [limit, setLimit] = useState(30)
    const draft = { ...PUMPS, sql: PUMPS.sql.replace('> 30', `> ${limit}`) }
    return (
      <>
        <button type="button" onClick={() => setLimit(20)}>
          Edit
        </button>
        <RehearsalPanel draft={draft} deployed={PUMPS} />
      </>
    )
  }
  await renderPanel(<Editing />)
  await rehearse('dt/pump-7/telemetry', '{"temperature": 25}')
  await screen.findByText(/the deployed rule decides all the same/)
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
  await screen.findByText(/1 message decided differently by the deployed rule/)
  expect(screen.getByText(/^Deployed:/).textContent).toContain('temperature > 30 is false')
})

test('messages under the pointer stay where they are, until another rule decides them', async () => {
  function Editing() {
    const [limit, setLimit] = useState(30)
    return (
      <>
        <button type="button" onClick={() => setLimit(20)}>
          Edit
        </button>
        <RehearsalPanel draft={{ ...PUMPS, sql: PUMPS.sql.replace('> 30', `> ${limit}`) }} />
      </>
    )
  }
  await renderPanel(<Editing />)
  await rehearse('dt/pump-1/telemetry', '{"temperature": 21}')
  const list = await screen.findByRole('list', { name: 'Messages' })
  await within(list).findByText('dt/pump-1/telemetry')
  fireEvent.pointerEnter(list)
  await rehearse('dt/pump-2/telemetry', '{"temperature": 22}')
  await screen.findByText(/Newer ones wait/)
  expect(within(list).queryByText('dt/pump-2/telemetry')).toBeNull()
  fireEvent.pointerLeave(list)
  await within(list).findByText('dt/pump-2/telemetry')
  fireEvent.pointerEnter(list)
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
  await within(list).findByText('{"t":21,"device":"pump-1"}')
})

test('what is decided the same and sent on otherwise is told of, with what each would send', async () => {
  const deployed = {
    ...PUMPS,
    actions: [{ republish: { topic: 'other', roleArn: 'arn:aws:iam::123456789012:role/r' } }],
  }
  await renderPanel(<RehearsalPanel draft={PUMPS} deployed={deployed} />)
  await rehearse('dt/pump-7/telemetry', '{"temperature": 31.2}')
  expect(await screen.findByText(/1 message decided the same, and sent on differently/)).toBeTruthy()
  const rows = screen.getByRole('list', { name: 'Messages' })
  fireEvent.click(within(rows).getByRole('button', { name: /sent on differently: actions\[0\]\.republish otherwise/ }))
  const differs = await screen.findByRole('region', { name: 'Deployed: what differs' })
  expect(differs.textContent).toContain('"topic": "other"')
})

test('SQL that cannot be run is told of, and messages wait for it', async () => {
  await renderPanel(<RehearsalPanel draft={{ ...PUMPS, sql: "SELECT FROM 'a'" }} />)
  expect(await screen.findByText(/The SQL cannot be run yet:/)).toBeTruthy()
})

test('live messages are those of FROM, over the own session, for as long as they are wanted', async () => {
  const { mqtt } = await renderPanel(<RehearsalPanel draft={PUMPS} />)
  const toggle = await screen.findByRole('checkbox', { name: 'Live messages' })
  await waitFor(() => expect(toggle).toHaveProperty('disabled', false))
  fireEvent.click(toggle)
  await waitFor(() => expect(mqtt.wanted()).toEqual(['dt/+/telemetry']))
  mqtt.say([liveMessage('dt/pump-7/telemetry', '{"temperature": 40}')], 12)
  expect(await screen.findByText('{"t":40,"device":"pump-7"}')).toBeTruthy()
  expect(screen.getByText(/13 seen · 1 matches · 0 do not · 12 dropped/)).toBeTruthy()
  mqtt.refuse('dt/+/telemetry', 'not authorized (0x87)')
  expect(await screen.findByText(/You may not subscribe to/)).toBeTruthy()
  fireEvent.click(toggle)
  await waitFor(() => expect(mqtt.wanted()).toEqual([]))
})

test('what live messages kept is taken over', async () => {
  const { mqtt } = await renderPanel(<RehearsalPanel draft={PUMPS} />)
  mqtt.keep([liveMessage('dt/pump-9/telemetry', '{"temperature": 33}')])
  const take = await screen.findByRole('button', { name: 'Take what Live kept' })
  await waitFor(() => expect(take).toHaveProperty('disabled', false))
  fireEvent.click(take)
  await screen.findByText('1 message of dt/+/telemetry was taken over.')
  await screen.findByText('{"t":33,"device":"pump-9"}')
})

const ROLE = 'arn:aws:iam::123456789012:role/r'
const ASKING: RehearsedRule = {
  sql: `SELECT get_secret('key', 'SecretString', '${ROLE}') AS secret,
    get_dynamodb('pumps', 'serial', serial, '${ROLE}').site AS site,
    aws_lambda('arn:aws:lambda:us-east-1:123456789012:function:enrich', {'serial': serial}).v AS v FROM 'dt/+'`,
  awsIotSqlVersion: '2016-03-23',
  actions: [],
}

test('what a rule asks of AWS is really asked when an admin says so, and a failure can be taken for its own', async () => {
  const bodies: unknown[] = []
  const answers = [
    { outcome: 'not-allowed', answer: 'AccessDeniedException: not authorized' },
    { outcome: 'answered', answer: '{"site":"north"}' },
  ]
  const asked = fakeApi({
    'POST /api/rule-item-reads': (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return json(answers.shift())
    },
    'POST /api/rule-function-calls': (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return json({ outcome: 'failed', answer: 'Unhandled: no such pump' })
    },
  })
  const calls = () => asked.filter((each) => each.includes('/api/rule-'))
  await renderPanel(<RehearsalPanel draft={ASKING} />, 'admin')
  await rehearse('dt/pump-7', '{"serial": 7}')
  expect(await screen.findByText(/It is never really read/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /^Fill in what get_secret/ }))

  const read = await screen.findByRole('button', { name: 'Really read the item of pumps' })
  expect(calls()).toEqual([])
  fireEvent.click(read)
  expect(await screen.findByText(/lacks dynamodb:GetItem on the table pumps/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Take this failure' })).toBeNull()
  expect(screen.queryByRole('group', { name: 'Answer of get_dynamodb()' })).toBeNull()
  fireEvent.click(read)
  const item = await screen.findByRole('group', { name: 'Answer of get_dynamodb()' })
  expect(item.textContent).toContain('As it was really answered')
  expect(within(item).getByLabelText('Answers')).toHaveProperty('value', '{"site":"north"}')
  fireEvent.change(within(item).getByLabelText('Answers'), { target: { value: '' } })
  expect(item.textContent).toContain('Empty: there is no such item')
  expect(item.textContent).not.toContain('As it was really answered')
  expect(item.textContent).not.toContain('This is no JSON')

  fireEvent.click(await screen.findByRole('button', { name: 'Really call the function enrich' }))
  const dialog = await screen.findByRole('dialog', { name: 'Call the function enrich now?' })
  expect(dialog.textContent).toContain('{"serial":7}')
  expect(calls()).toHaveLength(2)
  fireEvent.click(within(dialog).getByRole('button', { name: 'Call the function' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Take this failure' }))
  const rows = await screen.findByRole('list', { name: 'Messages' })
  await within(rows).findByText(/Unhandled: no such pump/)
  expect(bodies).toEqual([
    { tableName: 'pumps', key: [{ name: 'serial', value: { N: '7' } }] },
    { tableName: 'pumps', key: [{ name: 'serial', value: { N: '7' } }] },
    { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:enrich', payload: '{"serial":7}' },
  ])
})

test('who is no admin is told so in place of a call', async () => {
  const sql = `SELECT get_dynamodb('pumps', 'serial', serial, '${ROLE}').site AS site FROM 'dt/+'`
  await renderPanel(<RehearsalPanel draft={{ ...ASKING, sql }} />)
  await rehearse('dt/pump-7', '{"serial": 7}')
  expect(await screen.findByRole('button', { name: 'Really read the item of pumps' })).toHaveProperty('disabled', true)
  expect(screen.getByText(/admin/)).toBeTruthy()
})

const liveMessage = (topic: string, text: string): MqttMessage => ({
  topic,
  payload: new TextEncoder().encode(text),
  qos: 0,
  retain: false,
  dup: false,
  receivedAtMs: 1_000,
})

/** A session of MQTT that says what the test says. */
function fakeMqtt() {
  const samples = new Map<object, readonly [string, (batch: SampledMessages) => void]>()
  const listeners = new Set<() => void>()
  let kept: readonly MqttMessage[] = []
  let status: MqttStatus = { ...NO_STATUS, connection: { state: { kind: 'connected', sinceMs: 0 }, attempt: 0 } }
  const client: MqttClient = {
    status: () => status,
    onStatus: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retryNow() {},
    publish: async () => {},
    tap: () => () => {},
    sample([request], onMessages) {
      const key = {}
      samples.set(key, [request?.filter ?? '', onMessages])
      return () => samples.delete(key)
    },
    kept: async () => kept,
  }
  return {
    client,
    wanted: () => [...samples.values()].map(([filter]) => filter),
    say: (messages: readonly MqttMessage[], dropped: number) => {
      for (const [, onMessages] of samples.values()) onMessages({ sample: '1', messages, dropped })
    },
    keep: (messages: readonly MqttMessage[]) => {
      kept = messages
    },
    refuse(filter: string, reason: string) {
      status = { ...status, subscriptions: [{ filter, qos: 0, status: { kind: 'refused', code: 0x87, reason } }] }
      act(() => {
        for (const listener of listeners) listener()
      })
    },
  }
}

async function renderPanel(panel: React.ReactNode, role: Role = 'operator') {
  fakeWorker()
  const mqtt = fakeMqtt()
  await renderPage(<MqttProvider value={mqtt.client}>{panel}</MqttProvider>, { role })
  return { mqtt }
}
