import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderLive } from '../../../../../test/render-live.tsx'
import type { PublishOutcome } from '../../protocol/publish.ts'
import { PublishDrawer } from './publish-drawer.tsx'

const OUTCOME: PublishOutcome = {
  ok: false,
  topic: 'dt/a',
  sizeBytes: 7,
  atMs: 0,
  reasonCode: 0x87,
  reason: 'The broker refused the message: not authorized.',
}

function open(role: 'viewer' | 'operator') {
  const page = renderLive(
    <PublishDrawer stream="main" thingName="pump-7" onClose={() => {}} />,
    { 'live.tasks': () => [], 'live.suggestTopics': () => [], 'live.publish': () => OUTCOME },
    role,
  )
  const write = (name: string, role_: 'combobox' | 'textbox', value: string) =>
    fireEvent.change(screen.getByRole(role_, { name }), { target: { value } })
  return { ...page, write }
}

test('sends what was written, and says what the broker answered', async () => {
  const { argumentOf, write } = open('operator')
  write('Topic', 'combobox', 'dt/{{thingName}}')
  write('Payload', 'textbox', '{"n":1.0}')
  expect(screen.getByText(/is sent as it stands/)).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Replace placeholders' }))
  fireEvent.click(screen.getByRole('button', { name: 'Publish message' }))
  await waitFor(() => expect(argumentOf('live.publish')).toBeDefined())
  expect(argumentOf('live.publish')).toEqual({
    topic: 'dt/{{thingName}}',
    form: 'json',
    text: '{"n":1.0}',
    qos: 0,
    retain: false,
    replacesPlaceholders: true,
    thingName: 'pump-7',
  })
  expect(await screen.findByText(/not authorized/)).toBeTruthy()
})

test('what is no JSON or no topic is said at its field, and not sent', () => {
  const { calls, write } = open('operator')
  write('Topic', 'combobox', 'dt/+')
  expect(screen.getAllByText('A topic name cannot contain + or #.')).not.toHaveLength(0)
  write('Topic', 'combobox', 'dt/a')
  write('Payload', 'textbox', '{"n":}')
  expect(screen.getAllByText(/Expected .+ at line 1, column 6/)).not.toHaveLength(0)
  fireEvent.click(screen.getByRole('button', { name: 'Publish message' }))
  expect(calls.some(({ name }) => name === 'live.publish')).toBe(false)
})

test('a viewer sees why it is off', () => {
  const { calls, write } = open('viewer')
  expect(screen.getAllByText(/This needs the role operator; you are signed in as viewer/).length).toBeGreaterThan(0)
  write('Topic', 'combobox', 'dt/a')
  write('Payload', 'textbox', '{}')
  fireEvent.click(screen.getByRole('button', { name: 'Publish message' }))
  expect(calls.some(({ name }) => name === 'live.publish')).toBe(false)
})

test.each([{ ctrlKey: true }, { metaKey: true }])('%j and Enter sends, wherever one writes', async (modifier) => {
  const { argumentOf, write } = open('operator')
  write('Topic', 'combobox', 'dt/a')
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Payload' }), { key: 'Enter', ...modifier })
  await waitFor(() => expect(argumentOf('live.publish')).toMatchObject({ topic: 'dt/a' }))
  expect(screen.getByRole('button', { name: 'Publish message' }).title).toMatch(/Publish message \((Ctrl|⌘) ENTER\)/)
})

test('blanks around a topic are said, and taken away with a click', () => {
  const { write } = open('operator')
  write('Topic', 'combobox', ' dt/a ')
  expect(screen.getByText(/begins and ends with a blank, which is part of the topic/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Use “dt/a”' }))
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Topic' }).value).toBe('dt/a')
  expect(screen.queryByText(/with a blank/)).toBeNull()
})
