import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Job, JobExecutionCauses, JobExecutionPage, OpenJobExecutions } from '@thingdeck/contract'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { validateThingJobsSearch } from './search.ts'

const COUNTS: Job['counts'] = {
  QUEUED: 2,
  IN_PROGRESS: 1,
  SUCCEEDED: 6,
  FAILED: 1,
  TIMED_OUT: 0,
  REJECTED: 0,
  REMOVED: 0,
  CANCELED: 0,
}
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const arn = (end: string) => `arn:aws:iot:us-east-1:123456789012:${end}`

const SUMMARY = {
  jobId: 'fw-2_5',
  jobArn: arn('job/fw-2_5'),
  status: 'IN_PROGRESS',
  targetSelection: 'SNAPSHOT',
  createdAt: ago(60),
}
const job = (change: Partial<Job> = {}): Job => ({
  ...SUMMARY,
  targets: [arn('thinggroup/halls')],
  processingTargets: [],
  scheduledJobRollouts: [],
  counts: COUNTS,
  document: '{"operation":"install"}',
  tags: {},
  ...change,
})

const EXECUTIONS: JobExecutionPage = {
  executions: [
    {
      jobId: 'fw-2_5',
      thingName: 'pump-7',
      status: 'IN_PROGRESS',
      executionNumber: 1,
      startedAt: ago(41),
      lastUpdatedAt: ago(40),
    },
    {
      jobId: 'fw-2_5',
      thingName: 'lamp-9',
      status: 'FAILED',
      executionNumber: 2,
      retryAttempt: 1,
      startedAt: ago(9),
      lastUpdatedAt: ago(5),
    },
  ],
}
const OPEN: OpenJobExecutions = {
  toldBy: 'index',
  isAll: true,
  executions: [
    {
      jobId: 'fw-2_5',
      thingName: 'lamp-1',
      status: 'QUEUED',
      executionNumber: 1,
      queuedAt: ago(50),
      thing: { thingName: 'lamp-1', connected: false, changedAt: ago(90) },
    },
    {
      jobId: 'fw-2_5',
      thingName: 'pump-7',
      status: 'IN_PROGRESS',
      executionNumber: 1,
      startedAt: ago(41),
      lastUpdatedAt: ago(40),
      thing: { thingName: 'pump-7', connected: false, changedAt: ago(39) },
    },
  ],
}
const CAUSES: JobExecutionCauses = {
  job: { status: 'IN_PROGRESS', timeoutInMinutes: 30 },
  thing: { thingName: 'pump-7', connected: true, clientId: 'pump-7' },
  ahead: [{ jobId: 'fw-2_4', status: 'IN_PROGRESS', since: ago(180) }],
  subscriptions: { outcome: 'read', filters: [] },
  notified: { outcome: 'logging-off' },
}

const LOOK = { jobId: 'fw-2_5', counts: COUNTS, isRollingOut: false, targets: [arn('thinggroup/halls')] }

const open = (path: string, routes: Routes = {}) =>
  openApp(path, {
    '/api/session': () => json(SESSION),
    '/api/jobs': () => json({ jobs: [SUMMARY] }),
    '/api/job-looks': () => json({ jobs: [LOOK] }),
    '/api/jobs/fw-2_5': () => json(job()),
    '/api/jobs/fw-2_5/executions': () => json(EXECUTIONS),
    '/api/jobs/fw-2_5/open-executions': () => json(OPEN),
    '/api/event-configurations': () => json({ events: [{ eventType: 'JOB_EXECUTION', isEnabled: false }] }),
    ...routes,
  })

beforeAll(() => Promise.all([loadPages('/jobs', '/jobs/$jobId', '/create-job'), import('./thing/thing-jobs.tsx')]))

beforeEach(() => {
  sessionStorage.clear()
  setPagePerson('ada')
})

test('the list says of each job how far it is, and for whom', async () => {
  open('/jobs')
  const row = (await screen.findByText('70 % of 10, 1 failed')).closest('tr')
  if (!row) throw new Error('The words stand in no row.')
  expect(within(row).getByRole('img', { name: '6 succeeded, 1 failed, 1 in progress, 2 queued' })).toBeTruthy()
  expect(within(row).getByText('group halls')).toBeTruthy()
})

test('the list does not take those that were told for all, while a job is rolled out', async () => {
  open('/jobs', { '/api/job-looks': () => json({ jobs: [{ ...LOOK, isRollingOut: true }] }) })
  expect(await screen.findByText('70 % of 10 told so far, 1 failed')).toBeTruthy()
})

test('the page says what is stuck and why, stuck ones first, and that it is asked for while events are off', async () => {
  open('/jobs/fw-2_5')
  expect(await screen.findByText('Not over, 1 stuck')).toBeTruthy()
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent)
  expect(rows.filter((text) => /Why\?$/.test(text)).map((text) => text.slice(0, 6))).toEqual(['pump-7', 'lamp-1'])
  expect(screen.getByText(/its device is not connected, gone for 39 min/)).toBeTruthy()
  expect(screen.getByText(/offline for 1 h: gets it when it comes/)).toBeTruthy()
  expect(await screen.findByText(/the events of jobs are off/)).toBeTruthy()
  // Only an admin turns them on.
  expect((screen.getByRole('button', { name: 'Turn them on' }) as HTMLButtonElement).ariaDisabled).toBeTruthy()
})

test('canceling says what it does to a device in the middle, without force and with it', async () => {
  const sent: unknown[] = []
  open('/jobs/fw-2_5', {
    'POST /api/jobs/fw-2_5/cancellation': (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return new Response(null, { status: 204 })
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel job' }))
  const dialog = await screen.findByRole('dialog', { name: /^Cancel the job/ })
  expect(within(dialog).getByText(/1 device in the middle of it goes on and may still report/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('checkbox', { name: /By force/ }))
  expect(within(dialog).getByText(/is not told to stop/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel job by force' }))
  await waitFor(() => expect(sent).toEqual([{ force: true }]))
})

test('a job that failed on devices is tried again by one like it, for these alone', async () => {
  const { history } = open('/jobs/fw-2_5', {
    '/api/jobs/fw-2_5/executions': (url) =>
      json(
        url.searchParams.get('status') === 'FAILED'
          ? { executions: EXECUTIONS.executions.filter(({ status }) => status === 'FAILED') }
          : EXECUTIONS,
      ),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Retry failed' }))
  const dialog = await screen.findByRole('dialog', { name: /^Retry what failed/ })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Prepare a job for them' }))
  await waitFor(() => expect(history.location.href).toBe('/create-job?like=fw-2_5'))
  const names = await screen.findByRole('textbox', { name: /Names of the things/ })
  expect((names as HTMLTextAreaElement).value).toBe('lamp-9')
  expect((screen.getByRole('textbox', { name: /Id of the job/ }) as HTMLInputElement).value).toBe('fw-2_5-2')
  fireEvent.click(screen.getByRole('button', { name: 'For all of its targets' }))
  const all = screen.getByRole('radio', { name: /^All things of groups/ }) as HTMLInputElement
  await waitFor(() => expect(all.checked).toBe(true))
})

const execution = (thingName: string, status: string, executionNumber = 1) => ({
  jobId: 'fw-2_5',
  thingName,
  status,
  executionNumber,
  retryAttempt: executionNumber - 1,
  lastUpdatedAt: ago(9 - executionNumber),
})

/** Chooses an action of the job, does it, and answers the names that the next job is prepared for. */
async function prepared(action: string, button: string): Promise<string> {
  fireEvent.click(await screen.findByRole('button', { name: action }))
  fireEvent.click(await screen.findByRole('button', { name: button }))
  return ((await screen.findByRole('textbox', { name: /Names of the things/ })) as HTMLTextAreaElement).value
}

test('what failed at first and succeeded when it was tried again is not tried once more; each attempt is a row', async () => {
  const retries = { jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'FAILED', numberOfRetries: 1 }] } }
  const attempts = [
    execution('lamp-9', 'FAILED'),
    execution('pump-7', 'FAILED'),
    execution('pump-7', 'SUCCEEDED', 2),
    execution('lamp-9', 'FAILED', 2),
  ]
  open('/jobs/fw-2_5?tab=executions&look=pump-7', {
    '/api/things/pump-7/jobs': () => new Promise<Response>(() => {}),
    '/api/jobs/fw-2_5': () => json(job({ ...retries, status: 'COMPLETED', counts: { ...COUNTS, QUEUED: 0 } })),
    '/api/jobs/fw-2_5/executions': ({ searchParams }) =>
      json({ executions: attempts.filter(({ status }) => status === (searchParams.get('status') ?? status)) }),
  })
  await waitFor(() => expect(screen.getAllByRole('link', { name: 'pump-7' })).toHaveLength(2))
  // How the thing stands is not said by its first attempt.
  expect(within(screen.getByRole('region', { name: 'pump-7' })).queryByText('Failed')).toBeNull()
  // Both attempts of one thing are that thing once.
  for (const link of screen.getAllByRole('link', { name: 'lamp-9' })) {
    const row = link.closest('tr')
    if (row) fireEvent.click(within(row).getByRole('checkbox'))
  }
  expect((await screen.findByText('Retry')).closest('a')?.getAttribute('href')).toContain('lamp-9')
  expect(await prepared('Retry failed', 'Prepare a job for them')).toBe('lamp-9')
})

test('a job that is still being rolled out is paused with those that it has not reached yet', async () => {
  const { history } = open('/jobs/fw-2_5', {
    '/api/jobs/fw-2_5': () =>
      json(job({ processingTargets: [arn('thinggroup/halls')], counts: { ...COUNTS, QUEUED: 0, IN_PROGRESS: 1 } })),
    '/api/jobs/fw-2_5/executions': () =>
      json({ executions: [execution('p-1', 'IN_PROGRESS'), execution('p-2', 'QUEUED')] }),
    '/api/thing-groups/halls/things': ({ searchParams }) =>
      json({ thingNames: searchParams.get('recursive') === 'true' ? ['p-1', 'p-2', 'p-3'] : [] }),
    'POST /api/jobs/fw-2_5/cancellation': () => new Response(null, { status: 204 }),
  })
  expect(await screen.findByText(/of 8 told so far$/)).toBeTruthy()
  expect(await prepared('Pause', 'Cancel it and prepare the rest')).toBe('p-2\np-3')
  expect(history.location.href).toBe('/create-job?like=fw-2_5')
})

test('between two windows a job has executions: what is left of it is less than all', async () => {
  open('/jobs/fw-2_5', {
    '/api/jobs/fw-2_5': () => json(job({ status: 'SCHEDULED', targetSelection: 'CONTINUOUS' })),
    '/api/jobs/fw-2_5/executions': () =>
      json({ executions: [execution('p-1', 'SUCCEEDED'), execution('p-2', 'QUEUED')] }),
    '/api/thing-groups/halls/things': () => json({ thingNames: ['p-1', 'p-2', 'p-3'] }),
    'POST /api/jobs/fw-2_5/cancellation': () => new Response(null, { status: 204 }),
  })
  expect(await prepared('Pause', 'Cancel it and prepare the rest')).toBe('p-2\np-3')
})

test('things that are not there are named before a job for them goes on', async () => {
  open('/create-job', {
    'POST /api/job-targets': () =>
      json({ count: 2, isAtLeast: false, sample: [], missing: ['nope-9'], toldBy: 'registry', connected: 1 }),
  })
  fireEvent.change(await screen.findByRole('textbox', { name: /Id of the job/ }), { target: { value: 'fw' } })
  fireEvent.change(screen.getByRole('textbox', { name: /Names of the things/ }), { target: { value: 'p-1\nnope-9' } })
  fireEvent.click(screen.getByRole('button', { name: 'Count the things' }))
  expect(await screen.findByText(/there is no thing named nope-9/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Next' }))
  expect(screen.queryByRole('radio', { name: /^Written here/ })).toBeNull()
})

test('a job of which nothing waits any more cannot be paused', async () => {
  open('/jobs/fw-2_5', { '/api/jobs/fw-2_5': () => json(job({ counts: { ...COUNTS, QUEUED: 0 } })) })
  expect((await screen.findByRole('button', { name: 'Pause' })).ariaDisabled).toBe('true')
})

test('a job that has not begun says so, and not that none of none is through', async () => {
  const none = { ...COUNTS, QUEUED: 0, IN_PROGRESS: 0, SUCCEEDED: 0, FAILED: 0 }
  open('/jobs/fw-2_5', { '/api/jobs/fw-2_5': () => json(job({ status: 'SCHEDULED', counts: none })) })
  expect(await screen.findByText(/^No device has it yet: executions are made when it begins/)).toBeTruthy()
})

test('a canceled job is followed until those in the middle of it are through', async () => {
  open('/jobs/fw-2_5', {
    '/api/jobs/fw-2_5': () => json(job({ status: 'CANCELED', counts: { ...COUNTS, QUEUED: 0 } })),
  })
  expect(await screen.findByText(/Asked for every 5 seconds/)).toBeTruthy()
})

test('a new job goes no further than what is wrong, and is kept in the tab', async () => {
  open('/create-job')
  fireEvent.click(await screen.findByRole('button', { name: 'Next' }))
  expect(await screen.findByText('Name at least one thing.')).toBeTruthy()
  fireEvent.change(screen.getByRole('textbox', { name: /Id of the job/ }), { target: { value: 'fw' } })
  await waitFor(() => expect(sessionStorage.getItem('thingdeck.job-draft.ada.new')).toContain('"jobId":"fw"'))
})

test('what a query finds is counted on the way to the next step, and asked for nowhere else', async () => {
  open('/create-job', {
    'POST /api/job-targets': () =>
      json({ count: 2, isAtLeast: false, sample: ['pump-1', 'pump-2'], missing: [], toldBy: 'index', connected: 1 }),
  })
  fireEvent.change(await screen.findByRole('textbox', { name: /Id of the job/ }), { target: { value: 'fw' } })
  fireEvent.click(screen.getByRole('radio', { name: /^Things that a query/ }))
  const query = await screen.findByRole('textbox', { name: /Query/ })
  fireEvent.change(query, { target: { value: 'thingTypeName:pump' } })
  fireEvent.blur(query)
  expect(screen.queryByText(/^Count the things: the job/)).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByRole('radio', { name: /^Written here/ })).toBeTruthy()
})

test('of more things than a job takes one by one a group is made, and the job is for it once it is filled', async () => {
  const thingNames = Array.from({ length: 101 }, (_, index) => `pump-${index}`)
  const filling = {
    bulkChangeId: 'fill-1',
    request: { change: { kind: 'groups', addTo: 'fw' }, dryRun: false },
    startedBy: 'Grace',
    startedAt: ago(0),
    state: 'running',
    total: 101,
    counts: { waiting: 100, changed: 1 },
    effects: {},
  }
  const [begun, group] = [vi.fn(), vi.fn()]
  const bodyOf = (init: RequestInit | undefined): unknown => JSON.parse(String(init?.body))
  let isFilled = false
  open('/create-job', {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role: 'admin' } }),
    'POST /api/thing-groups': (_, init) => {
      group(bodyOf(init))
      return json({
        thingGroupName: 'fw',
        thingGroupArn: arn('thinggroup/fw'),
        version: 1,
        attributes: {},
        parents: [],
        tags: {},
      })
    },
    'POST /api/bulk-changes': (_, init) => {
      begun(bodyOf(init))
      return json(filling, 202)
    },
    '/api/bulk-changes/fill-1': () =>
      json(isFilled ? { ...filling, state: 'done', endedAt: ago(0), counts: { changed: 99, failed: 2 } } : filling),
    '/api/thing-groups': () => json({ thingGroups: [] }),
  })
  fireEvent.change(await screen.findByRole('textbox', { name: /Id of the job/ }), { target: { value: 'fw' } })
  fireEvent.change(screen.getByRole('textbox', { name: /Names of the things/ }), {
    target: { value: thingNames.join('\n') },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Make a group of them' }))
  const naming = within(await screen.findByRole('dialog', { name: 'Make a group of 101 things' }))
  expect(naming.getByText(/5 requests a second: it takes about 40 s/)).toBeTruthy()
  fireEvent.click(naming.getByRole('button', { name: 'Make the group' }))
  expect((await screen.findByRole('button', { name: 'Use it' })).ariaDisabled).toBe('true')
  expect(group.mock.lastCall).toEqual([{ thingGroupName: 'fw' }])
  expect(begun.mock.lastCall).toEqual([
    { targets: { thingNames }, change: { kind: 'groups', addTo: 'fw' }, dryRun: false, confirmedCount: 101 },
  ])
  isFilled = true
  const use = await screen.findByRole('button', { name: 'Use it: 99 things' })
  expect(screen.getAllByText(/2 things could not be put into it/).length).toBeGreaterThan(0)
  fireEvent.click(use)
  await waitFor(() => expect(sessionStorage.getItem('thingdeck.job-draft.ada.new')).toContain('"groups":["fw"]'))
  expect(screen.queryByRole('dialog', { name: 'The group is being filled' })).toBeNull()
})

/** The tab of a thing, without what else is on its page. */
const TAB: Feature = {
  name: 'tab',
  pages: [
    definePage({
      path: '/jobs-of/$thingName',
      validateSearch: validateThingJobsSearch,
      load: async () => (await import('./thing/thing-jobs.tsx')).ThingJobs,
    }),
  ],
}

test("a thing's queue stands in the order in which it is given, and says why one does not begin", async () => {
  const queued = { jobId: 'fw-2_5', thingName: 'pump-7', status: 'QUEUED', executionNumber: 1, queuedAt: ago(10) }
  const begun = { jobId: 'fw-2_4', thingName: 'pump-7', status: 'IN_PROGRESS', executionNumber: 1, queuedAt: ago(200) }
  openApp(
    '/jobs-of/pump-7?job=fw-2_5',
    {
      '/api/session': () => json(SESSION),
      '/api/things/pump-7/jobs': ({ searchParams }) =>
        json({ executions: [queued, begun].filter(({ jobId }) => jobId === (searchParams.get('jobId') ?? jobId)) }),
      '/api/things/pump-7/jobs/fw-2_5': () => json({ ...queued, versionNumber: 1, statusDetails: {} }),
      '/api/things/pump-7/jobs/fw-2_5/causes': () => json(CAUSES),
    },
    [TAB],
  )
  expect(await screen.findByText(/The job fw-2_4 comes first: in progress for 3 h/)).toBeTruthy()
  expect(screen.getByText(/subscribed neither to jobs\/notify-next nor to jobs\/notify/)).toBeTruthy()
  expect(screen.getByText(/AWS IoT logs nothing/)).toBeTruthy()
  const queue = () => screen.getAllByRole('link', { name: /^fw-2_\d$/ }).map(({ textContent }) => textContent)
  await waitFor(() => expect(queue().slice(-2)).toEqual(['fw-2_4', 'fw-2_5']))
})
