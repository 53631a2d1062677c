import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { formatDocument } from '../../shared/policy-editor/document-text.ts'
import { keepPolicyDraft } from '../../shared/policy-editor/policy-drafts.ts'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { keepBase } from './draft-base.ts'

const GRACE = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

const documentOf = (...actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
  })

const versions = (newest: number, isDefault: number) =>
  Array.from({ length: Math.min(newest, 5) }, (_, index) => ({
    versionId: String(newest - index),
    isDefault: newest - index === isDefault,
  }))

const policy = (change: object = {}) => ({
  policyName: 'device',
  policyArn: 'arn:aws:iot:us-east-1:123456789012:policy/device',
  policyDocument: documentOf('iot:Connect', 'iot:Publish'),
  defaultVersionId: '2',
  versions: versions(2, 2),
  tags: { team: 'halls' },
  ...change,
})

const open = (path: string, routes: Routes) =>
  openApp(path, {
    '/api/session': () => json(GRACE),
    '/api/policies/device': () => json(policy()),
    '/api/policies/device/targets': () => json({ targets: [] }),
    ...routes,
  })

beforeAll(() => loadPages('/policies', '/policies/$policyName'))

beforeEach(() => {
  sessionStorage.clear()
  setPagePerson('grace')
})

test('the list says of each policy what it is attached to, and marks those that nobody uses', async () => {
  const rows = ['device', 'forgotten'].map((policyName) => ({ policyName, policyArn: `arn:${policyName}` }))
  const use = (policyName: string, targets: number) => ({
    policyName,
    defaultVersionId: '3',
    targets,
    hasMoreTargets: targets === 250,
  })
  const { asked } = open('/policies', {
    '/api/policies': () => json({ policies: rows }),
    '/api/policy-uses': () => json({ uses: [use('device', 250), use('forgotten', 0)] }),
  })
  const link = (await screen.findByText('more than 250 targets')).closest('a')
  expect(link?.getAttribute('href')).toBe('/policies/device?tab=targets')
  expect(within(screen.getByRole('row', { name: /forgotten/ })).getByText('Not used')).toBeTruthy()
  expect(asked).toContain('GET /api/policy-uses?policyName=device&policyName=forgotten')
})

test('a policy that there is not is said, and so is what the console may not read', async () => {
  const gone = () => problem(404, 'ResourceNotFoundException', 'Policy not found (name=device)')
  open('/policies/device', { '/api/policies/device': gone })
  expect(await screen.findByText('There is no policy named device')).toBeTruthy()
})

const mine = () => formatDocument(documentOf('iot:Connect', 'iot:Publish', 'iot:Receive'))

function keepMine() {
  keepPolicyDraft('device', mine())
  const document = formatDocument(policy().policyDocument)
  keepBase('device', { defaultVersionId: '2', newestVersionId: '2', document }, mine())
}

test('a version that somebody else made the default meanwhile is said, and merged where other lines were changed', async () => {
  keepMine()
  const theirs = policy({
    policyDocument: documentOf('iot:*', 'iot:Publish'),
    defaultVersionId: '3',
    versions: versions(3, 3),
  })
  open('/policies/device?tab=edit', { '/api/policies/device': () => json(theirs) })
  expect(await screen.findByText('Version 3 became the default meanwhile')).toBeTruthy()
  expect(screen.getByRole('button', { name: /Save new version/ }).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'Merge both changes' }))
  await waitFor(() => expect(screen.queryByText('Version 3 became the default meanwhile')).toBeNull())
  expect(sessionStorage.getItem('thingdeck.policy-draft.grace.device')).toBe(
    formatDocument(documentOf('iot:*', 'iot:Publish', 'iot:Receive')),
  )
})

test('where AWS keeps no more versions, the oldest that is not the default is offered to go, before anything is done', async () => {
  keepMine()
  const full = policy({ versions: versions(6, 2) })
  const { asked } = open('/policies/device?tab=edit', { '/api/policies/device': () => json(full) })
  // Version 6 was made meanwhile, and is not the default: it is told of, and that is all.
  fireEvent.click(await screen.findByRole('button', { name: 'Go on with the draft' }))
  fireEvent.click(await screen.findByRole('button', { name: /Save new version/ }))
  const dialog = within(await screen.findByRole('dialog', { name: /Save a new version/ }))
  expect(dialog.getByText(/Version 3, the oldest that is not the default, is deleted before/)).toBeTruthy()
  expect(dialog.getByText('Delete version 3')).toBeTruthy()
  expect(asked.some((each) => !each.startsWith('GET'))).toBe(false)
})

test('a policy is deleted in the order that AWS demands, and comes back whole by undo', async () => {
  const target = { target: 'arn:aws:iot:us-east-1:123456789012:thinggroup/halls', kind: 'thing-group', id: 'halls' }
  const done = () => new Response(null, { status: 204 })
  const made: unknown[] = []
  const { asked } = open('/policies/device', {
    '/api/policies/device/targets': () => json({ targets: [target] }),
    '/api/policies/device/reach': () =>
      json({ things: [{ thingName: 'pump-1', connected: true }], hasMore: false, toldBy: 'index' }),
    '/api/policies/device/versions/1': () => json({ versionId: '1', policyDocument: documentOf('iot:Connect') }),
    'DELETE /api/policies/device/targets': done,
    'DELETE /api/policies/device/versions/1': done,
    'DELETE /api/policies/device': done,
    '/api/policies': () => json({ policies: [] }),
    'POST /api/policies': (_, init) => {
      made.push(JSON.parse(String(init?.body)))
      return json(policy())
    },
    'POST /api/policies/device/versions': (_, init) => {
      made.push(JSON.parse(String(init?.body)))
      return json({ versionId: '3', isDefault: false })
    },
    'POST /api/policies/device/targets': (_, init) => {
      made.push(JSON.parse(String(init?.body)))
      return done()
    },
  })
  await screen.findByRole('link', { name: 'Edit policy' }) // it was read
  fireEvent.click(screen.getByRole('button', { name: 'Delete policy' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Delete the policy/ }))
  expect(await dialog.findByText('1 of them is connected now: pump-1')).toBeTruthy()
  fireEvent.change(dialog.getByRole('textbox', { name: 'To go on, type device' }), { target: { value: 'device' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Delete policy' }))
  expect(await screen.findByText('The policy device was deleted')).toBeTruthy()
  expect(asked.filter((each) => each.startsWith('DELETE'))).toEqual([
    `DELETE /api/policies/device/targets?target=${encodeURIComponent(target.target)}`,
    'DELETE /api/policies/device/versions/1',
    'DELETE /api/policies/device',
  ])
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(await screen.findByText('What was done is undone.')).toBeTruthy()
  const { policyName, policyDocument, tags } = policy()
  expect(made).toEqual([
    { policyName, policyDocument, tags },
    expect.objectContaining({ policyDocument: documentOf('iot:Connect'), setAsDefault: false }),
    { target: target.target },
  ])
})

test('what cannot be a target is said at the field, in words that help', async () => {
  open('/policies/device?tab=targets', {})
  fireEvent.click((await screen.findAllByRole('button', { name: 'Attach policy' }))[0] ?? document.body)
  const dialog = within(await screen.findByRole('dialog', { name: /Attach the policy/ }))
  fireEvent.change(dialog.getByRole('combobox', { name: /Certificate id or ARN/ }), { target: { value: 'abc' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Attach policy' }))
  expect(await dialog.findByText(/An id of a certificate is 64 hexadecimal digits/)).toBeTruthy()
})
