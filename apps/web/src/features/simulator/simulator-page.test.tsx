import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { authorizationRoutes, CERTIFICATE_ID, factsFor, policyText } from '../../../test/authorization-routes.ts'
import { json, problem } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { paths } from '../../shared/paths.ts'
import { readPolicyDraft } from '../../shared/policy-editor/policy-drafts.ts'

const NAME = '${iot:Connection.Thing.ThingName}'
const DEVICE = policyText(
  ['Allow', 'iot:Connect', `client/${NAME}`],
  ['Allow', 'iot:Publish', `topic/dt/${NAME}/*`],
  ['Deny', 'iot:Publish', 'topic/dt/pump-7/secret'],
)

const open = (checks: readonly string[], facts = factsFor(DEVICE), more = {}) =>
  openApp(paths.simulator({ thing: 'pump-7', check: checks }), { ...authorizationRoutes(facts), ...more })
const rowOf = async (check: string) => {
  const radio = await screen.findByRole('radio', {
    name: new RegExp(`Explain check \\d+, ${check.replaceAll('$', '\\$')}`),
  })
  const row = radio.closest('tr')
  if (!row) throw new Error(`No row has ${check}`)
  return within(row)
}

beforeAll(() => loadPages('/simulator'))

test('each check says how it is decided, and by which statement', async () => {
  open([
    'iot:Publish dt/pump-7/t',
    'iot:Publish dt/pump-7/secret',
    'iot:Publish dt/pump-8/t',
    'iot:Publish $aws/events/x',
  ])
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText('Allowed')
  expect((await rowOf('iot:Publish dt/pump-7/t')).getByText('device, version 3, statement 2')).toBeTruthy()
  expect((await rowOf('iot:Publish dt/pump-7/secret')).getByText('Denied by a Deny')).toBeTruthy()
  expect((await rowOf('iot:Publish dt/pump-8/t')).getByText(/nearest: device, version 3, statement 2/)).toBeTruthy()
  expect((await rowOf('iot:Publish $aws/events/x')).getByText(/reserved topic/)).toBeTruthy()
})

test('what is denied shows where it parts from the nearest statement, and a draft that would allow it', async () => {
  const { history } = open(['iot:Publish cmd/pump-7/ack'])
  await screen.findByText('as written')
  expect(screen.getByRole('heading', { name: 'To allow it' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: /topic\/cmd\/.*ThingName.*\/ack/ })).toHaveProperty('checked', true)
  fireEvent.click(screen.getByRole('button', { name: 'Check with this draft' }))
  await (await rowOf('iot:Publish cmd/pump-7/ack')).findByText('Allowed')
  expect(readPolicyDraft('device')).toContain(`topic/cmd/${NAME}/ack`)
  expect(history.location.search).toContain('draft=device')
  expect(screen.getByText(/device \(the draft\)\./)).toBeTruthy()
})

test('what decides before policies is said first', async () => {
  open(['iot:Publish dt/pump-7/t'], factsFor(DEVICE, { status: 'INACTIVE' }))
  await screen.findByText('Everything is refused')
  await screen.findByText(/The certificate is INACTIVE/)
})

test('a principal that is gone, and a thing that is not there', async () => {
  openApp(paths.simulator({ certificate: CERTIFICATE_ID }), {
    ...authorizationRoutes(factsFor(DEVICE)),
    '/api/authorization/facts': () => problem(404, 'ResourceNotFoundException', 'The certificate does not exist.'),
  })
  await screen.findByText('AWS IoT has no such principal: everything is refused')
})

test('what is being read is not missing: neither the certificate of the thing nor who asks', async () => {
  let answer: (response: Response) => void = () => undefined
  const routes = authorizationRoutes(factsFor(DEVICE))
  const thing = await routes['/api/things/pump-7']?.(new URL('http://console/api/things/pump-7'), undefined)
  open(['iot:Publish dt/pump-7/t'], factsFor(DEVICE), {
    '/api/things/pump-7': () => new Promise<Response>((resolve) => (answer = resolve)),
  })
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText('Reading')
  expect(screen.queryByText('pump-7 has no certificate')).toBeNull()
  if (thing) answer(thing)
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText('Allowed')
})

const unread = () => problem(404, 'ResourceNotFoundException', 'It is not there.')
test.each([
  ['of a thing that cannot be read, nobody asks', '/api/things/pump-7', 'Who asks?'],
  ['of facts that cannot be read, nothing is known', '/api/authorization/facts', 'Not known'],
])('%s', async (_, path, words) => {
  open(['iot:Publish dt/pump-7/t'], factsFor(DEVICE), { [path]: unread })
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText(words)
  expect(screen.queryByText('pump-7 has no certificate')).toBeNull()
})

test('no policy, no thing of the client id', async () => {
  const { thing: _, ...facts } = factsFor(DEVICE, { policies: [] })
  openApp(paths.simulator({ thing: 'pump-7', client: 'pump-9' }), authorizationRoutes(facts))
  await screen.findByText('No policy reaches this principal')
  expect(screen.getByText('No thing that the principal is attached to is named pump-9')).toBeTruthy()
})

test('without CONNECT nothing over MQTT happens, which is said', async () => {
  open(['iot:Publish dt/pump-7/t'], factsFor(policyText(['Allow', 'iot:Publish', '*'])))
  await screen.findByText('It may not connect as pump-7')
})

test('AWS is asked the same, and where it says otherwise both reasons stand', async () => {
  const asked: unknown[] = []
  open(['iot:Publish dt/pump-7/t', 'iot:GetThingShadow pump-7'], factsFor(DEVICE), {
    'POST /api/authorization/test': async (_: URL, init?: RequestInit) => {
      asked.push(JSON.parse(String(init?.body)))
      return json({ answers: [{ decision: 'IMPLICIT_DENY', allowedBy: [], deniedBy: [], missing: ['iot:ClientId'] }] })
    },
  })
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText('Allowed')
  fireEvent.click(screen.getByRole('checkbox', { name: 'Also ask AWS' }))
  await screen.findByText('AWS says otherwise: one of the two is at fault')
  expect(screen.getByText(/without a value: iot:ClientId/)).toBeTruthy()
  expect((await rowOf('iot:GetThingShadow pump-7')).getByText('not asked')).toBeTruthy()
  expect(asked).toEqual([
    {
      principalId: CERTIFICATE_ID,
      clientId: 'pump-7',
      questions: [{ actionType: 'PUBLISH', resource: 'arn:aws:iot:us-east-1:123456789012:topic/dt/pump-7/t' }],
    },
  ])
})

test('checks are added, written, and removed; all of it is in the address', async () => {
  const { history } = open([])
  fireEvent.click((await screen.findAllByRole('button', { name: 'Add check' }))[0] ?? document.body)
  const topic = await screen.findByRole('textbox', { name: 'topic of check 1' })
  fireEvent.change(topic, { target: { value: 'dt/pump-7/a b' } })
  fireEvent.blur(topic)
  await waitFor(() =>
    expect(new URLSearchParams(history.location.search).getAll('check')).toEqual(['iot:Publish dt/pump-7/a b']),
  )
  await (await rowOf('iot:Publish dt/pump-7/a b')).findByText('Allowed')
  fireEvent.click(screen.getByRole('button', { name: 'Remove check 1, iot:Publish dt/pump-7/a b' }))
  await waitFor(() => expect(history.location.search).not.toContain('check'))
})

test('checks are saved for everyone, and run again', async () => {
  const saved: unknown[] = []
  const view = {
    viewId: 'v1',
    name: 'What a pump may',
    owner: { id: 'bob', name: 'Bob' },
    changedAt: '2026-01-01T00:00:00Z',
    content: { thing: 'pump-7', check: ['iot:Connect', 'iot:Receive cmd/pump-7'] },
  }
  const { history } = open(['iot:Publish dt/pump-7/t'], factsFor(DEVICE), {
    '/api/shared-views': () =>
      json({ views: [view, { ...view, viewId: 'v2', name: 'Live', content: { s: [] } }], most: 200 }),
    'POST /api/shared-views': (_: URL, init?: RequestInit) => {
      const body = JSON.parse(String(init?.body))
      saved.push(body)
      return json({ ...view, ...body })
    },
  })
  await (await rowOf('iot:Publish dt/pump-7/t')).findByText('Allowed')
  fireEvent.click(screen.getByRole('button', { name: 'Saved' }))
  await screen.findByRole('menuitem', { name: /Run again/ })
  // What was saved may be read while the menu is open: it comes below, and moves nothing.
  const [first] = screen.getAllByRole('menuitem')
  expect(first).toBe(screen.getByRole('menuitem', { name: /Save these checks/ }))
  fireEvent.click(screen.getByRole('menuitem', { name: /Save these checks/ }))
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'Mine' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save checks' }))
  await waitFor(() =>
    expect(saved).toEqual([{ name: 'Mine', content: { thing: 'pump-7', check: ['iot:Publish dt/pump-7/t'] } }]),
  )
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull())
  fireEvent.click(screen.getByRole('button', { name: 'Saved' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: /Run again/ }))
  fireEvent.click(await screen.findByRole('menuitem', { name: /What a pump may/ }))
  await waitFor(() =>
    expect(new URLSearchParams(history.location.search).getAll('check')).toEqual([
      'iot:Connect',
      'iot:Receive cmd/pump-7',
    ]),
  )
})

test('another version decides in place of the default one', async () => {
  const { history } = open(['iot:Publish dt/pump-8/t'], factsFor(DEVICE), {
    '/api/policies/device': () =>
      json({
        policyName: 'device',
        policyArn: 'arn:aws:iot:us-east-1:123456789012:policy/device',
        policyDocument: DEVICE,
        defaultVersionId: '3',
        versions: [
          { versionId: '3', isDefault: true },
          { versionId: '2', isDefault: false },
        ],
        tags: {},
      }),
    '/api/policies/device/versions/2': () =>
      json({ versionId: '2', policyDocument: policyText(['Allow', 'iot:*', '*']) }),
  })
  await (await rowOf('iot:Publish dt/pump-8/t')).findByText('Denied')
  fireEvent.click(screen.getByRole('button', { name: 'Decide with another version or a draft' }))
  fireEvent.mouseDown(await screen.findByRole('button', { name: /Text of device/ }))
  fireEvent.mouseUp(await screen.findByRole('option', { name: 'Version 2' }))
  await (await rowOf('iot:Publish dt/pump-8/t')).findByText('Allowed')
  expect(new URLSearchParams(history.location.search).getAll('version')).toEqual(['device:2'])
})

const IDENTITY = 'us-east-1:11111111-2222-3333-4444-555555555555'
const iamRoute = (document: string, more: object = {}) => ({
  '/api/authorization/iam': () =>
    json({
      outcome: 'read',
      kind: 'role',
      name: 'fitters',
      arn: 'arn:aws:iam::123456789012:role/fitters',
      variables: {},
      policies: [{ policyName: 'mqtt', document }],
      unread: [],
      ...more,
    }),
})
const cognitoFacts = (document: string) =>
  factsFor(document, { principal: { kind: 'cognito', identityId: IDENTITY }, things: [] })

const openAs = (search: Parameters<typeof paths.simulator>[0], iotPolicies: string, iamPolicies: string, more = {}) =>
  openApp(paths.simulator({ client: 'tablet', ...search }), {
    ...authorizationRoutes(cognitoFacts(iotPolicies)),
    ...iamRoute(iamPolicies, more),
  })

test('of an identity that signed in, role and IoT policies stand beside each other, with which of them refuses', async () => {
  const iot = policyText(['Allow', 'iot:Publish', 'topic/dt/*'])
  const iam = policyText(['Allow', 'iot:*', 'topic/dt/pump-7'])
  openAs({ as: 'cognito', identity: IDENTITY, iam: 'role/fitters', check: ['iot:Publish dt/pump-8'] }, iot, iam)
  await (await rowOf('iot:Publish dt/pump-8')).findByText('Denied')
  expect(screen.getByText('Refused by IAM policies of role/fitters; IoT policies would allow it')).toBeTruthy()
  const columns = ['IAM policies of role/fitters', 'IoT policies'].map((name) =>
    within(screen.getByRole('region', { name })),
  )
  expect(columns[0]?.getByText(/is denied/)).toBeTruthy()
  expect(columns[1]?.getByText(/is allowed/)).toBeTruthy()
  expect(screen.queryByRole('heading', { name: 'To allow it' })).toBeNull() // the role is not the console's to change
})

test('an identity whose role is not said is decided by its IoT policies, and the page says so', async () => {
  openAs({ identity: IDENTITY, check: ['iot:Publish dt/1'] }, policyText(['Allow', 'iot:Publish', 'topic/dt/*']), '{}')
  await (await rowOf('iot:Publish dt/1')).findByText('Allowed')
  expect(screen.getByText('The role of the identity is not said')).toBeTruthy()
})

test('a user of IAM has the variables that come with the key, within the boundary', async () => {
  const own = policyText(['Allow', 'iot:*', '*'])
  const boundary = {
    policyArn: 'arn:aws:iam::123456789012:policy/bound',
    document: policyText(['Allow', 'iot:Publish', 'topic/${aws:username}']),
  }
  const more = { kind: 'user', name: 'nina', variables: { 'aws:username': 'nina' }, boundary }
  openAs({ as: 'iam', iam: 'user/nina', check: ['iot:Publish nina', 'iot:Publish otto'] }, '{}', own, more)
  await (await rowOf('iot:Publish nina')).findByText('Allowed')
  expect((await rowOf('iot:Publish otto')).getByText('Denied')).toBeTruthy()
  expect((await rowOf('iot:Publish otto')).getByText(/^Permissions boundary: /)).toBeTruthy()
})

test('a federated identity is its role alone, whatever it is called; what its token says is a value', async () => {
  const own = policyText(['Allow', 'iot:Publish', 'topic/${idp.example.com:sub}'])
  const search = { as: 'federated', iam: 'role/fitters', check: ['iot:Publish nina', 'iot:Publish otto'] } as const
  const { history } = openAs(search, policyText(['Allow', 'iot:*', '*']), own)
  await (await rowOf('iot:Publish nina')).findByText('Denied')
  history.push(`${history.location.pathname}${history.location.search}&set=idp.example.com%3Asub%3Dnina`)
  await (await rowOf('iot:Publish nina')).findByText('Allowed')
  expect((await rowOf('iot:Publish otto')).getByText('Denied')).toBeTruthy()
  expect(screen.getByText(/^The IAM policies of the role that it assumed with a token/)).toBeTruthy()
})

test('what may not be read is said, and can be pasted', async () => {
  const { history } = openAs({ as: 'iam', iam: 'role/fitters', check: ['iot:Publish a'] }, '{}', '{}', {
    outcome: 'not-allowed',
    message: 'AccessDenied: no',
    policies: [],
  })
  await screen.findByText('The IAM policies of the role fitters cannot be read')
  fireEvent.click(screen.getByRole('checkbox', { name: /Decide by pasted policies/ }))
  const pasted = await screen.findByRole('textbox', { name: /^IAM policies/ })
  fireEvent.change(pasted, { target: { value: policyText(['Allow', 'iot:Publish', 'topic/a']) } })
  await (await rowOf('iot:Publish a')).findByText('Allowed')
  expect(history.location.search).toContain('pasted=1')
  expect(history.location.search).not.toContain('Allow')
})

test('an authorizer’s answer decides alone, with all its documents', async () => {
  openAs({ as: 'authorizer', check: ['iot:Publish a', 'iot:Publish b'] }, '{}', '{}')
  const answer = {
    isAuthenticated: true,
    principalId: 'tablet',
    policyDocuments: [
      policyText(['Allow', 'iot:Publish', 'topic/a']),
      JSON.parse(policyText(['Allow', 'iot:Connect', '*'])),
    ],
  }
  const pasted = await screen.findByRole('textbox', { name: /^Answer of the authorizer/ })
  fireEvent.change(pasted, { target: { value: JSON.stringify(answer) } })
  await (await rowOf('iot:Publish a')).findByText('Allowed')
  expect((await rowOf('iot:Publish b')).getByText('Denied')).toBeTruthy()
  expect(screen.getByText(/^Policies of the answer: /)).toBeTruthy()
  expect(screen.queryByText('This answer does not let the client in')).toBeNull()
  fireEvent.change(pasted, { target: { value: JSON.stringify({ ...answer, isAuthenticated: 'true' }) } })
  expect(await screen.findByText('This answer does not let the client in')).toBeTruthy()
})
