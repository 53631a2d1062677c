import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { RetainedTopic } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const LAST_MODIFIED = '2026-11-28T10:00:00.000Z'
const topic = (name: string): RetainedTopic => ({ topic: name, payloadSize: 14, qos: 1, lastModified: LAST_MODIFIED })
const page = (topics: readonly string[], nextToken?: string) =>
  json({ retainedTopics: topics.map(topic), looked: topics.length, ...(nextToken && { nextToken }) })

const MESSAGE = {
  topic: 'dt/a',
  payload: btoa('{"b":1, "b":2}'),
  qos: 1,
  lastModified: LAST_MODIFIED,
  userProperties: [{ name: 'site', value: 'hall-2' }],
}

const open = (path: string, routes: Routes, role: 'viewer' | 'operator' = 'operator') =>
  openApp(path, {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role } }),
    '/api/retained-messages': () => page(['dt/a', 'dt/b']),
    '/api/retained-message': () => json(MESSAGE),
    ...routes,
  })

beforeAll(() => loadPages('/retained-messages'))

test('what is retained is a list; a row opens with its payload as it was sent', async () => {
  const { history } = open('/retained-messages', {})
  const row = (await screen.findByText('dt/a')).closest('tr')
  expect(row?.textContent).toMatch(/dt\/a.*14 B.*1/)
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select dt/a' }))
  await waitFor(() => expect(history.location.href).toBe('/retained-messages?look=dt/a'))
  const message = await screen.findByRole('region', { name: 'Message' })
  fireEvent.click(within(message).getByRole('tab', { name: 'Hex' }))
  expect(message.textContent).toContain('7b 22 62 22 3a 31 2c 20 22 62 22 3a 32 7d')
  fireEvent.click(within(message).getByRole('tab', { name: 'Properties' }))
  expect(message.textContent).toContain('hall-2')
})

test('publish like this takes it to the drawer of the Live page, byte for byte', async () => {
  const { history } = open('/retained-messages?look=dt/a', {})
  fireEvent.click(await screen.findByRole('button', { name: 'Publish like this' }))
  await waitFor(() => expect(history.location.href).toMatch(/^\/live\?.*publish=1/))
  const draft: unknown = JSON.parse(
    Object.entries(localStorage).find(([name]) => name.includes('live.draft'))?.[1] ?? 'null',
  )
  expect(draft).toMatchObject({ topic: 'dt/a', text: '{"b":1, "b":2}', retain: true, user: [['site', 'hall-2']] })
})

test('the filter of the address is what is asked for, and a search in parts goes on by itself', async () => {
  const { asked } = open('/retained-messages?contains=pump&prefix=dt/', {
    '/api/retained-messages': (url) =>
      url.searchParams.get('nextToken') === 'part-3'
        ? page(['dt/pump-1'])
        : page([], url.searchParams.has('nextToken') ? 'part-3' : 'part-2'),
  })
  expect(await screen.findByText('dt/pump-1')).toBeTruthy()
  expect(asked).toContain('GET /api/retained-messages?prefix=dt%2F&contains=pump&maxResults=50')
})

test('a search that is long without a match says so, and goes on when asked', async () => {
  let calls = 0
  open('/retained-messages?contains=pump', {
    '/api/retained-messages': () => {
      calls += 1
      return calls <= 20 ? page([], `part-${calls}`) : page(['dt/pump-1'])
    },
  })
  expect(await screen.findByText('No matches so far')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  expect(await screen.findByText('dt/pump-1')).toBeTruthy()
})

test('clearing asks with the number, and says what became of each', async () => {
  const bodies: unknown[] = []
  const { asked } = open('/retained-messages?look=dt/a&look=dt/b', {
    'POST /api/retained-messages/clear': (_, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return json({
        topics: [
          { topic: 'dt/a', outcome: 'cleared' },
          { topic: 'dt/b', outcome: 'failed', code: 'ThrottlingException', message: 'Rate exceeded' },
        ],
      })
    },
  })
  await screen.findByText('dt/b')
  fireEvent.click(screen.getByRole('button', { name: 'Clear (2)' }))
  const dialog = await screen.findByRole('dialog', { name: /^Clear 2/ })
  expect(dialog.textContent).toMatch(/Clear 2 retained messages\?.*dt\/a.*dt\/b.*receives an empty message/s)
  expect(bodies).toEqual([])
  fireEvent.click(within(dialog).getByRole('button', { name: 'Clear 2 retained messages' }))
  expect(await screen.findByText('1 cleared, 1 not cleared.')).toBeTruthy()
  expect(screen.getByText('Rate exceeded (ThrottlingException)')).toBeTruthy()
  expect(bodies).toEqual([
    {
      topics: [
        { topic: 'dt/a', lastModified: LAST_MODIFIED },
        { topic: 'dt/b', lastModified: LAST_MODIFIED },
      ],
    },
  ])
  fireEvent.click(screen.getByRole('button', { name: 'Try 1 again' }))
  await waitFor(() => expect(bodies).toHaveLength(2))
  expect(bodies[1]).toEqual({ topics: [{ topic: 'dt/b', lastModified: LAST_MODIFIED }] })
  expect(asked.filter((each) => each.startsWith('GET /api/retained-messages')).length).toBeGreaterThan(1)
})

test('what the server does not answer is not called cleared, and the rest is not tried', async () => {
  const many = Array.from({ length: 120 }, (_, index) => `dt/${index}`)
  let calls = 0
  open('/retained-messages?prefix=dt/', {
    '/api/retained-messages': ({ searchParams }) => page(searchParams.get('maxResults') === '200' ? many : ['dt/7']),
    'POST /api/retained-messages/clear': (_, init) => {
      calls += 1
      const { topics }: { topics: readonly { topic: string }[] } = JSON.parse(String(init?.body))
      if (calls === 2) return problem(503, 'STORE_UNAVAILABLE', 'The store does not answer.')
      return json({ topics: topics.map((each) => ({ topic: each.topic, outcome: 'cleared' })) })
    },
  })
  await screen.findByText('dt/7')
  fireEvent.click(screen.getByRole('button', { name: 'Clear all found' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Clear 120 retained messages' }))
  expect(await screen.findByText('50 cleared, 50 not cleared, 20 not tried.')).toBeTruthy()
})

test('a viewer sees everything and why clearing is off', async () => {
  open('/retained-messages?look=dt/a', {}, 'viewer')
  expect(await screen.findByRole('region', { name: 'Message' })).toBeTruthy()
  for (const button of screen.getAllByRole('button', { name: /^Clear$|^Clear all found$/ })) {
    expect(button.getAttribute('aria-disabled') ?? button.getAttribute('disabled')).not.toBeNull()
  }
  expect(screen.getAllByText(/This needs the role operator/).length).toBeGreaterThan(0)
})

test('a message that is gone, and one that cannot be read, say so', async () => {
  let status = 404
  open('/retained-messages?look=dt/a', {
    '/api/retained-message': () =>
      status === 404
        ? problem(404, 'ResourceNotFoundException', 'No retained message on topic dt/a')
        : problem(502, 'AWS_REFUSED', 'AccessDeniedException: not authorized to perform iot:GetRetainedMessage'),
  })
  expect(await screen.findByText(/Nothing is retained on this topic any more/)).toBeTruthy()
  status = 502
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }))
  expect(await screen.findByText(/not authorized to perform iot:GetRetainedMessage/)).toBeTruthy()
})

test('an account that retains nothing says what that is good for', async () => {
  open('/retained-messages', { '/api/retained-messages': () => page([]) })
  expect(await screen.findByText('Nothing is retained')).toBeTruthy()
})

test('topics that look alike are told apart, in the list and before they are cleared', async () => {
  open('/retained-messages?look=dt/a&look=dt/\u200ba', { '/api/retained-messages': () => page(['dt/a', 'dt/\u200ba']) })
  expect(await screen.findByRole('checkbox', { name: 'Select dt/\\u200Ba' })).toBeTruthy()
  const escaped = screen.getAllByRole('row').filter(({ textContent }) => textContent?.includes('dt/\\u200Ba'))
  expect(escaped).toHaveLength(1)
  fireEvent.click(screen.getByRole('button', { name: 'Clear (2)' }))
  const dialog = await screen.findByRole('dialog', { name: /^Clear 2/ })
  expect(dialog.textContent).toContain('dt/\\u200Ba')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('button', { name: 'Clear (2)' })).toBeTruthy()
})
