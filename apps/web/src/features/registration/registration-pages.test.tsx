import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { BulkChange, BulkChangeRequest } from '@thingdeck/contract'
import { unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const AT = '2026-03-04T05:06:07.000Z'
const ID = 'c'.repeat(64)
const CSV = 'name,type,site\npump-1,pump,north\npump 2,pump,north\npump-3,fan,north\npump-4,pump,north\n'

const run = (change: object, counts: BulkChange['counts'], more: Partial<BulkChange> = {}): BulkChange => ({
  bulkChangeId: 'r1',
  request: { change: { kind: 'create', source: 'pumps.csv', ...change }, dryRun: false },
  startedBy: 'Grace',
  startedAt: AT,
  state: 'running',
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  counts,
  effects: {},
  ...more,
})

/** A server that knows pump-4 and the type pump, and makes what it is asked for. */
function server() {
  const begun: BulkChangeRequest[] = []
  const types = new Set(['pump'])
  const bodyOf = <Body,>(init: RequestInit | undefined) => JSON.parse(String(init?.body)) as Body
  const current = () => {
    const [{ change } = { change: {} }] = begun
    return run(change, { changed: 2 }, { state: 'done', endedAt: AT })
  }
  const routes = {
    '/api/session': () => json(ADMIN),
    '/api/bulk-changes': () => json({ bulkChanges: [], lasts: true }),
    'POST /api/registrations/taken-names': () => json({ takenNames: ['pump-4'] }),
    'POST /api/registrations/parts/check': () =>
      json({ findings: types.has('fan') ? [] : [{ kind: 'thing-type', name: 'fan', state: 'missing' }] }),
    'POST /api/registrations/parts': (_: URL, init?: RequestInit) => {
      for (const name of bodyOf<{ thingTypeNames: string[] }>(init).thingTypeNames) types.add(name)
      return new Response(null, { status: 204 })
    },
    'POST /api/bulk-changes': (_: URL, init?: RequestInit) => {
      begun.push(bodyOf<BulkChangeRequest>(init))
      return json(current(), 202)
    },
    '/api/overview/device-endpoint': () =>
      json({
        host: 'a1-ats.iot.us-east-1.amazonaws.com',
        port: 8883,
        rootCaUrl: 'https://example.com/root.pem',
        region: 'us-east-1',
      }),
    '/api/device-root-ca': () => json({ pem: 'ROOT', url: 'https://example.com/root.pem' }),
    '/api/bulk-changes/r1': () => json(current()),
    '/api/bulk-changes/r1/results': () =>
      json({
        results: [
          { target: 'pump-1', outcome: 'changed', certificateId: ID },
          { target: 'pump-3', outcome: 'changed', certificateId: ID },
        ],
        total: 2,
      }),
    '/api/bulk-changes/r1/certificates': () =>
      json({
        certificates: ['pump-1', 'pump-3'].map((thingName) => ({
          thingName,
          certificateId: ID,
          certificatePem: 'CERTIFICATE',
        })),
        total: 2,
      }),
  }
  return { routes, begun }
}

async function choose(text: string) {
  const input = await waitFor(() => {
    const found = document.querySelector('input[type=file]')
    if (!(found instanceof HTMLInputElement)) throw new Error('no field for a file')
    return found
  })
  fireEvent.change(input, { target: { files: [new File([text], 'pumps.csv', { type: 'text/csv' })] } })
}

beforeAll(() => loadPages('/register-things', '/registration-tasks/$taskId'))

test('a file is checked line by line, what is missing is made, and right lines are registered with keys made here', async () => {
  const saved: Blob[] = []
  URL.createObjectURL = (saving) => {
    if (saving instanceof Blob) saved.push(saving)
    return 'blob:x'
  }
  const { routes, begun } = server()
  const { asked } = openApp('/register-things', routes)
  await choose(CSV)
  fireEvent.click(await screen.findByRole('button', { name: 'Check 4 lines' }))
  // Announced: who chose the file by keyboard is told so where they are.
  expect((await screen.findByText('3 lines cannot become things')).closest('[role="alert"]')).not.toBeNull()
  const table = screen.getByRole('table', { name: 'What is wrong with lines' })
  expect(within(table).getByText(/A blank cannot be in the name of a thing/)).toBeTruthy()
  expect(within(table).getByText('There is no fan.')).toBeTruthy()
  expect(within(table).getByText('There is a thing of this name already.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Make 1 thing type' }))
  expect(await screen.findByText('2 lines cannot become things')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Download wrong lines' }))
  expect(await saved[0]?.text()).toContain('pump 2,pump,north,"line 3: A blank')

  fireEvent.click(screen.getByRole('button', { name: 'Register 2 things' }))
  const dialog = await screen.findByRole('dialog', { name: 'Register 2 things?' })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Register 2 things' }))
  expect(await screen.findByRole('heading', { name: 'Registration of pumps.csv' })).toBeTruthy()
  const { targets } = begun[0] ?? {}
  const things = targets && 'newThings' in targets ? targets.newThings : []
  expect(things).toMatchObject([
    { thingName: 'pump-1', thingTypeName: 'pump', attributes: { site: 'north' } },
    { thingName: 'pump-3', thingTypeName: 'fan' },
  ])
  // Requests were sent, and no private key.
  expect(things.every((thing) => thing.certificateSigningRequest?.includes('REQUEST'))).toBe(true)
  expect(JSON.stringify(begun)).not.toContain('PRIVATE')

  fireEvent.click(await screen.findByRole('button', { name: 'Download keys and certificates' }))
  await screen.findByRole('button', { name: 'Download them again' })
  const zip = saved.at(-1)
  if (!zip) throw new Error('nothing was saved')
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  const textOf = (end: string) =>
    new TextDecoder().decode(files[Object.keys(files).find((name) => name.endsWith(end)) ?? ''])
  expect(textOf('/pump-3/device.key.pem')).toMatch(/-{5}BEGIN PRIVATE KEY-{5}/)
  expect(textOf('/pump-3/root-ca.pem')).toBe('ROOT\n')
  expect(textOf('/pump-3/README.md')).toContain('a1-ats.iot.us-east-1.amazonaws.com')
  expect(textOf('/pump-1/samples/mosquitto.sh')).toContain('-i pump-1')
  expect(textOf('/certificates.csv')).toBe(
    `thing,certificate id,folder\r\npump-1,${ID},pump-1\r\npump-3,${ID},pump-3\r\n`,
  )
  fireEvent.click(screen.getByRole('button', { name: /I have the file/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Forget the keys' }))
  expect(await screen.findByText('Their private keys are not in this browser')).toBeTruthy()
  expect(asked).not.toContain('POST /api/policies')
})

test('a file that was chosen is there after a reload', async () => {
  const { routes } = server()
  openApp('/register-things', routes)
  await choose(CSV)
  expect(await screen.findByText(/pumps\.csv: 4 lines, UTF-8/)).toBeTruthy()
  expect(localStorage.getItem('thingdeck.registration-draft.grace')).toContain('pump-3')
})

test('a file whose registration was begun, though no answer came, leads to that', async () => {
  const { routes, begun } = server()
  const begins: string[] = []
  const answers = {
    ...routes,
    'POST /api/bulk-changes': (_: URL, init?: RequestInit) => {
      const request = JSON.parse(String(init?.body)) as BulkChangeRequest
      begun.push(request)
      begins.push(String(request.clientRequestToken))
      return Promise.reject(new TypeError('Failed to fetch'))
    },
    '/api/bulk-changes': () =>
      json({
        // The first request was lost on its way there, the second one's answer on its way back.
        bulkChanges: begins.slice(1, 2).map((clientRequestToken) => {
          const one = run({}, { changed: 2 }, { state: 'done', endedAt: AT })
          return { ...one, request: { ...one.request, clientRequestToken } }
        }),
        lasts: true,
      }),
  }
  const { history } = openApp('/register-things', answers)
  await choose('name,type\npump-1,pump\n')
  fireEvent.click(await screen.findByRole('button', { name: 'Check 1 line' }))
  await screen.findByText('All 1 line can become things.')
  fireEvent.click(screen.getByRole('button', { name: 'Register 1 thing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Register 1 thing?' })
  const again = () => within(dialog).getByRole('button', { name: 'Register 1 thing' })
  fireEvent.click(again())
  await screen.findByText('The registration could not be begun')
  fireEvent.click(again())
  await waitFor(() => expect(begins).toHaveLength(2))
  expect(new Set(begins).size).toBe(1)
  // Nothing of it can be changed any more that would be asked for with the token of what was begun.
  await screen.findByRole('button', { name: 'Show its registration' })
  expect(screen.queryByRole('dialog', { name: 'Register 1 thing?' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Register 1 thing' })).toBeNull()

  history.push('/registration-tasks')
  await screen.findByRole('heading', { name: 'Registration tasks' })
  history.push('/register-things')
  fireEvent.click(await screen.findByRole('button', { name: 'Show its registration' }))
  expect(await screen.findByRole('heading', { name: 'Registration of pumps.csv' })).toBeTruthy()
  expect(localStorage.getItem('thingdeck.registration-draft.grace')).toBeNull()
})

test('a file that was mended and is chosen again by its name is checked again', async () => {
  openApp('/register-things', server().routes)
  await choose(CSV)
  fireEvent.click(await screen.findByRole('button', { name: 'Check 4 lines' }))
  await screen.findByText('3 lines cannot become things')
  await choose(CSV.replace('pump 2', 'pump-2'))
  expect(await screen.findByRole('button', { name: 'Check 4 lines' })).toBeTruthy()
})

test('a registration that is paused goes on when it is told to', async () => {
  const paused = run({}, { waiting: 3, changed: 2 }, { state: 'paused' })
  const { asked } = openApp('/register-things?run=r1', {
    ...server().routes,
    '/api/bulk-changes/r1': () => json(paused),
    'POST /api/bulk-changes/r1/resume': () => json({ ...paused, state: 'running' }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Go on with registration' }))
  await waitFor(() => expect(asked).toContain('POST /api/bulk-changes/r1/resume'))
})

test('a registration task shows what AWS reports of each line, and is stopped', async () => {
  const task = {
    taskId: 't1',
    status: 'Completed',
    createdAt: AT,
    templateBody: '{}',
    inputFileBucket: 'factory',
    inputFileKey: 'pumps.json',
    roleArn: 'arn:aws:iam::123456789012:role/registers',
    successCount: 1,
    failureCount: 1,
    percentageProgress: 100,
  }
  const error = { lineNumber: 2, error: { code: 'InvalidRequestException', message: 'pump 2 is no name' } }
  openApp('/registration-tasks/t1', {
    '/api/session': () => json(ADMIN),
    '/api/registration-tasks/t1': () => json(task),
    '/api/registration-tasks/t1/report': () =>
      json({ lines: [JSON.stringify(error)], isCut: false, links: ['http://localhost/report'] }),
  })
  expect(await screen.findByText('completed: 1 registered, 1 failed')).toBeTruthy()
  expect(await screen.findByText('pump 2 is no name')).toBeTruthy()
  expect(screen.getByText('InvalidRequestException')).toBeTruthy()
})
