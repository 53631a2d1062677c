import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { fakeWorker } from '../../../../test/fake-worker.ts'
import { renderPage } from '../../../../test/render-page.tsx'
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

test('SQL that cannot be run is told of, and messages wait for it', async () => {
  await renderPanel(<RehearsalPanel draft={{ ...PUMPS, sql: "SELECT FROM 'a'" }} />)
  expect(await screen.findByText(/The SQL cannot be run yet:/)).toBeTruthy()
})

async function renderPanel(panel: React.ReactNode) {
  fakeWorker()
  await renderPage(panel)
}
