import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Rotation, RotationThing } from '@thingdeck/contract'
import { unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const AT = '2026-03-04T05:06:07.000Z'
const ID = 'c'.repeat(64)

const rotation = (counts: Rotation['counts'], more: Partial<Rotation> = {}): Rotation => ({
  rotationId: 'r1',
  startedBy: 'Grace',
  startedAt: AT,
  requestsPerSecond: 5,
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  counts,
  failed: 0,
  isOver: false,
  sight: { source: 'log' },
  ...more,
})

const thing = (thingName: string, more: Partial<RotationThing> = {}): RotationThing => ({
  thingName,
  stage: 'chosen',
  since: AT,
  oldCertificateIds: [],
  ...more,
})

/** A server with one rotation, whose things get on as they are asked to. */
function server(start: readonly RotationThing[], more: Partial<Rotation> = {}, lasts = true) {
  let things = [...start]
  const requests: string[] = []
  const bodyOf = <Body,>(init: RequestInit | undefined) => JSON.parse(String(init?.body)) as Body
  const current = () => {
    const counts: Record<string, number> = {}
    for (const { stage } of things) counts[stage] = (counts[stage] ?? 0) + 1
    return rotation(counts, more)
  }
  const routes = {
    '/api/session': () => json(ADMIN),
    '/api/certificate-rotations': () => json({ rotations: [current()], lasts }),
    '/api/certificate-rotations/r1': () => json(current()),
    '/api/certificate-rotations/r1/things': (url: URL) => {
      const stage = url.searchParams.get('stage')
      const shown = things.filter((each) => stage === null || each.stage === stage)
      return json({ things: shown, total: shown.length })
    },
    'POST /api/certificate-rotations/r1/requests': (_: URL, init?: RequestInit) => {
      const body = bodyOf<{ requests: { certificateSigningRequest: string }[] }>(init)
      requests.push(...body.requests.map(({ certificateSigningRequest }) => certificateSigningRequest))
      things = things.map((each) => ({ ...each, stage: 'requested' }))
      return json({ changed: body.requests.length, unfit: 0 }, 202)
    },
    '/api/certificate-rotations/r1/certificates': () => {
      const prepared = things.filter(({ stage }) => stage === 'prepared')
      // They come just after somebody looked: what is asked next finds nobody who waits for one.
      things = things.map((each) =>
        each.stage === 'requested' ? { ...each, stage: 'prepared', newCertificateId: ID } : each,
      )
      return json({
        certificates: prepared.map(({ thingName }) => ({
          thingName,
          certificateId: ID,
          certificatePem: 'CERTIFICATE',
        })),
      })
    },
    'POST /api/certificate-rotations/r1/delivered': () => {
      things = things.map((each) => ({ ...each, stage: 'waiting' }))
      return json({ changed: things.length, unfit: 0 }, 202)
    },
    'POST /api/certificate-rotations/r1/actions': () => json({ changed: 1, unfit: 0 }, 202),
    'POST /api/certificate-rotations/preview': () => json({ count: 2, isAtLeast: false, sample: ['pump-1', 'pump-2'] }),
    'POST /api/certificate-rotations': () => json(current(), 202),
  }
  return { routes, requests }
}

beforeAll(() =>
  loadPages('/certificate-rotations/$rotationId', '/create-certificate-rotation', '/certificate-rotations'),
)

test('keys are made in the browser, downloaded, and only then the certificates are activated', async () => {
  const saved: Blob[] = []
  URL.createObjectURL = (saving) => {
    if (saving instanceof Blob) saved.push(saving)
    return 'blob:x'
  }
  const { routes, requests } = server([thing('pump-1'), thing('a:b')])
  const { asked } = openApp('/certificate-rotations/r1', routes)
  fireEvent.click(await screen.findByRole('button', { name: 'Make keys for 2 things' }))
  const activate = await screen.findByRole('button', { name: /I have the file/ })
  fireEvent.click(activate)
  expect(asked).not.toContain('POST /api/certificate-rotations/r1/delivered')
  fireEvent.click(screen.getByRole('button', { name: 'Download keys and certificates' }))
  await screen.findByRole('button', { name: 'Download them again' })
  const [zip] = saved
  if (!zip) throw new Error('nothing was saved')
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  const text = (ending: string) => {
    const name = Object.keys(files).find((each) => each.endsWith(ending)) ?? ''
    return new TextDecoder().decode(files[name])
  }
  expect(text('/pump-1/device.key.pem')).toMatch(/-{5}BEGIN PRIVATE KEY-{5}/)
  expect(text('/a%3Ab/device.cert.pem')).toBe('CERTIFICATE\n')
  expect(text('certificates.csv')).toContain(`pump-1,${ID}`)
  // No private key was sent anywhere.
  expect(requests).toHaveLength(2)
  expect(requests.join()).not.toContain('PRIVATE')
  fireEvent.click(screen.getByRole('button', { name: /I have the file/ }))
  expect(await screen.findByText('2 not seen with it yet')).toBeTruthy()
})

test('keys stay good while the server is away: looks are repeated, and what failed is gone on with', async () => {
  const { routes, requests } = server([thing('pump-1')])
  // The first request is taken and its answer lost; the list is not readable once, then may not be read at all once.
  const lost = [
    () => problem(503, 'AWS_UNAVAILABLE', 'AWS IoT does not answer.'),
    () => problem(403, 'FORBIDDEN', 'Not now.'),
  ]
  let isAnswerLost = true
  openApp('/certificate-rotations/r1', {
    ...routes,
    'POST /api/certificate-rotations/r1/requests': (url, init) => {
      const answer = routes['POST /api/certificate-rotations/r1/requests'](url, init)
      if (!isAnswerLost) return answer
      isAnswerLost = false
      throw new TypeError('the connection was reset')
    },
    '/api/certificate-rotations/r1/certificates': () =>
      lost.shift()?.() ?? routes['/api/certificate-rotations/r1/certificates'](),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Make keys for 1 thing' }))
  expect(await screen.findByText(/this tab still has 1 key$/)).toBeTruthy()
  expect(screen.queryByText(/are not in this tab/)).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(/It asks again: AWS IoT does not answer\./)).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Download keys and certificates' }))
  await screen.findByRole('button', { name: 'Download them again' })
  fireEvent.click(screen.getByRole('button', { name: /I have the file/ }))
  expect(await screen.findByText('1 not seen with it yet')).toBeTruthy()
  expect(requests).toHaveLength(1)
})

test('what is stuck is named with the reason, and a selection can be retried', async () => {
  const failure = { code: 'HELD', message: 'The certificate 5f2c is that of gate-2, too.', at: AT }
  const { routes } = server([thing('gate-1', { stage: 'deactivating', failure }), thing('gate-3', { stage: 'seen' })], {
    failed: 1,
  })
  const { asked } = openApp('/certificate-rotations/r1', routes)
  expect(await screen.findByText(/is that of gate-2, too/)).toBeTruthy()
  expect(screen.getByText('1 thing stuck')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /gate-1/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Retry' }))
  const dialog = await screen.findByRole('dialog', { name: /Retry what failed/ })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Retry' }))
  await waitFor(() => expect(asked).toContain('POST /api/certificate-rotations/r1/actions'))
})

test('keys that this tab does not have are said to be elsewhere or lost', async () => {
  openApp('/certificate-rotations/r1', server([thing('pump-1', { stage: 'prepared', newCertificateId: ID })]).routes)
  expect(await screen.findByText('The keys of 1 thing are not in this tab')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'They are lost: make new ones' }))
  expect(await screen.findByText(/they were never active/)).toBeTruthy()
})

test('where the log tells nothing, it is said why, and what to do', async () => {
  const sight = { source: 'none' as const, message: 'AWS IoT is told to log nothing.' }
  openApp('/certificate-rotations/r1', server([thing('pump-1', { stage: 'waiting' })], { sight }).routes)
  expect(await screen.findByText(/AWS IoT is told to log nothing\./)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'logging settings' })).toBeTruthy()
})

test('what is meant is counted, and agreed to before it is begun', async () => {
  const { asked } = openApp(
    '/create-certificate-rotation?things=pump-1&things=pump-2',
    server([thing('pump-1')]).routes,
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Count the things' }))
  const begin = await screen.findByRole('button', { name: 'Begin with 2 things' })
  expect(screen.getByText('2 things: pump-1, pump-2')).toBeTruthy()
  expect(asked).not.toContain('POST /api/certificate-rotations')
  fireEvent.click(begin)
  await waitFor(() => expect(asked).toContain('POST /api/certificate-rotations'))
})

test('a console that keeps rotations in its memory alone says so', async () => {
  openApp('/certificate-rotations', server([thing('pump-1', { stage: 'waiting' })], {}, false).routes)
  expect(await screen.findByText('Rotations end with this console')).toBeTruthy()
  expect(screen.getByText('1 not seen with it yet')).toBeTruthy()
})
