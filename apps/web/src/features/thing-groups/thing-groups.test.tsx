import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const GRACE = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

const ref = (thingGroupName: string) => ({
  thingGroupName,
  thingGroupArn: `arn:aws:iot:us-east-1:123456789012:thinggroup/${thingGroupName}`,
})

const look = (thingGroupName: string, hasChildren: boolean, count: number, change: object = {}) => ({
  thingGroupName,
  parents: [],
  hasChildren,
  things: { count, isAtLeast: false },
  ...change,
})

const group = (change: object = {}) => ({ ...ref('hall'), version: 1, attributes: {}, parents: ['site'], ...change })

const LOOKS = [
  look('site', true, 12),
  look('hall', false, 5, { parents: ['site'] }),
  look('lamps', false, 7, { queryString: 'thingTypeName:lamp', status: 'ACTIVE' }),
]

const open = (path: string, routes: Routes) =>
  openApp(path, {
    '/api/session': () => json(GRACE),
    '/api/thing-groups': (url) => {
      if (url.searchParams.get('isRoot') === 'true') return json({ thingGroups: [ref('site'), ref('lamps')] })
      return json({ thingGroups: url.searchParams.get('parent') === 'site' ? [ref('hall')] : [] })
    },
    '/api/thing-group-looks': (url) =>
      json({ looks: LOOKS.filter((each) => url.searchParams.getAll('thingGroupName').includes(each.thingGroupName)) }),
    ...routes,
  })

beforeAll(() => loadPages('/thing-groups', '/thing-groups/$thingGroupName', '/create-thing-group'))

test('the tree reads a level when the group above it is opened, and which are open is in the address', async () => {
  const { asked, history } = open('/thing-groups', {})
  const tree = within(await screen.findByRole('treegrid', { name: 'Thing groups' }))
  expect(await tree.findByText('12 things')).toBeTruthy()
  expect(tree.getByRole('row', { name: /lamps/ }).textContent).toContain('Dynamic')
  expect(asked.some((each) => each.includes('parent='))).toBe(false)
  // Of the dynamic group it is known that nothing is below it.
  fireEvent.click(tree.getByRole('button', { name: 'Expand site' }))
  const hall = await tree.findByRole('row', { name: /hall/ })
  expect(hall.getAttribute('aria-level')).toBe('2')
  expect(await within(hall).findByText('5 things')).toBeTruthy()
  expect(history.location.search).toBe('?open=site')
})

test('groups of every level are selected, to change their tags in bulk', async () => {
  const { history } = open('/thing-groups?open=site', {})
  const tree = within(await screen.findByRole('treegrid', { name: 'Thing groups' }))
  expect(screen.getByRole('button', { name: 'Change tags' }).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(await tree.findByRole('checkbox', { name: 'Select hall' }))
  await screen.findByRole('link', { name: 'Change tags' })
  fireEvent.click(tree.getByRole('checkbox', { name: 'Select lamps' }))
  const tags = (await screen.findByRole('link', { name: 'Change tags (2)' })).getAttribute('href') ?? ''
  const { searchParams } = new URL(tags, 'https://console.test')
  expect(searchParams.get('act')).toBe('tags')
  expect(searchParams.getAll('resources')).toEqual(['hall', 'lamps'].map((name) => ref(name).thingGroupArn))
  // What is selected below a group stays so when that is closed, and is not left out in silence where it is not loaded.
  fireEvent.click(tree.getByRole('button', { name: 'Collapse site' }))
  const unknown = await screen.findByRole('button', { name: 'Change tags (2)' })
  expect(unknown.getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(tree.getByRole('checkbox', { name: 'Select lamps' }))
  await waitFor(() => expect(history.location.search).toBe('?look=hall'))
})

test('what is below a group that could not be read is said in its place', async () => {
  open('/thing-groups?open=site', {
    '/api/thing-groups': (url) =>
      url.searchParams.get('parent') === 'site'
        ? problem(400, 'InvalidRequestException', 'No such luck')
        : json({ thingGroups: [ref('site')] }),
  })
  expect(await screen.findByText('No such luck')).toBeTruthy()
})

test('a group that others are below is not deleted: they are named', async () => {
  open('/thing-groups/site', {
    '/api/thing-groups/site': () => json({ ...ref('site'), version: 1, attributes: {}, parents: [] }),
    '/api/thing-groups/site/things': () => json({ thingNames: [] }),
    '/api/thing-groups/site/policies': () => json({ policies: [] }),
  })
  await screen.findByRole('button', { name: 'Edit thing group' }) // it was read
  fireEvent.click(screen.getByRole('button', { name: 'Delete thing group' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Delete the thing group site/ }))
  expect((await dialog.findByRole('link', { name: 'hall' })).getAttribute('href')).toBe('/thing-groups/hall')
  expect(dialog.getByRole('button', { name: /Delete thing group/ }).getAttribute('aria-disabled')).toBe('true')
})

test('a group is deleted with its own policies detached first, not one that somebody changed, and comes back with its things by undo', async () => {
  const writes: string[] = []
  let policyNames = ['own']
  let things = ['lamp-1']
  const note = (what: string) => () => {
    writes.push(what)
    return new Response(null, { status: 204 })
  }
  open('/thing-groups/hall', {
    '/api/thing-groups/hall': () => json(group({ description: 'the hall', tags: { floor: '1' } })),
    '/api/thing-groups/hall/things': () => json({ thingNames: things }),
    '/api/thing-groups/hall/policies': () =>
      json({
        policies: [
          ...policyNames.map((policyName) => ({ policyName, policyArn: 'arn', from: ref('hall') })),
          { policyName: 'above', policyArn: 'arn', from: ref('site') },
        ],
      }),
    'DELETE /api/policies/own/targets': note('detach own'),
    'DELETE /api/thing-groups/hall': note('delete'),
    'POST /api/thing-groups': (_, init) => {
      writes.push(String(init?.body))
      return json(group())
    },
    'PATCH /api/things/lamp-1/groups': note('add lamp-1'),
    'PATCH /api/things/lamp-2/groups': note('add lamp-2'),
    'POST /api/policies/own/targets': note('attach own'),
  })
  await screen.findByRole('button', { name: 'Edit thing group' }) // it was read
  fireEvent.click(screen.getByRole('button', { name: 'Delete thing group' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Delete the thing group hall/ }))
  expect(await dialog.findByText(/What the policy own allows by this group/)).toBeTruthy()
  fireEvent.change(dialog.getByRole('textbox', { name: /type hall/ }), { target: { value: 'hall' } })
  policyNames = ['own', 'further']
  fireEvent.click(dialog.getByRole('button', { name: 'Delete thing group' }))
  await screen.findByText(/Somebody attached the policy further to hall meanwhile/)
  expect(writes).toEqual([])
  policyNames = ['own']
  things = ['lamp-1', 'lamp-2']
  fireEvent.click(screen.getByRole('button', { name: 'Try again from there' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(writes).toHaveLength(6))
  expect(writes).toEqual([
    'detach own',
    'delete',
    JSON.stringify({
      thingGroupName: 'hall',
      attributes: {},
      parent: 'site',
      description: 'the hall',
      tags: { floor: '1' },
    }),
    'add lamp-1',
    'add lamp-2',
    'attach own',
  ])
})

test('a group is not moved beside a policy that somebody attaches: not before it begins, and not before the old one goes', async () => {
  const writes: string[] = []
  let policyNames = ['own']
  const note =
    (what: string, then: () => void = () => {}) =>
    () => {
      writes.push(what)
      then()
      return new Response(null, { status: 204 })
    }
  const policies = (names: readonly string[], thingGroupName: string) =>
    json({ policies: names.map((policyName) => ({ policyName, policyArn: 'arn', from: ref(thingGroupName) })) })
  open('/thing-groups/hall', {
    '/api/thing-groups/hall': () => json(group()),
    '/api/thing-groups/hall/things': () => json({ thingNames: ['lamp-1'] }),
    '/api/thing-groups/hall/policies': () => policies(policyNames, 'hall'),
    '/api/thing-groups/site': () => json({ ...ref('site'), version: 1, attributes: {}, parents: [] }),
    '/api/thing-groups/site/policies': () => policies([], 'site'),
    '/api/thing-groups/hall-9': () => problem(404, 'ResourceNotFoundException', 'There is none.'),
    'POST /api/thing-groups': (_, init) => {
      writes.push(`create ${JSON.parse(String(init?.body)).thingGroupName}`)
      return json(group({ ...ref('hall-9') }))
    },
    'POST /api/policies/own/targets': note('attach own'),
    'PATCH /api/things/lamp-1/groups': note('move lamp-1', () => {
      policyNames = ['own', 'late']
    }),
    'DELETE /api/policies/own/targets': note('detach own'),
    'DELETE /api/thing-groups/hall': note('delete hall'),
  })
  await screen.findByRole('button', { name: 'Edit thing group' }) // it was read
  fireEvent.click(screen.getByRole('button', { name: 'Move thing group' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Move the thing group hall/ }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'Name' }), { target: { value: 'hall-9' } })
  const move = dialog.getByRole('button', { name: 'Move thing group' })
  await waitFor(() => expect(move.getAttribute('aria-disabled')).not.toBe('true'))
  policyNames = ['own', 'further']
  fireEvent.click(move)
  await screen.findByText(/Somebody attached the policy further to hall meanwhile/)
  expect(writes).toEqual([])
  policyNames = ['own']
  fireEvent.click(screen.getByRole('button', { name: 'Try again from there' }))
  await screen.findByText(/Somebody attached the policy late to hall meanwhile: it would be lost/)
  // Once more what came into the old group after its things were moved: nothing is left behind there but the policy.
  expect(writes).toEqual(['create hall-9', 'attach own', 'move lamp-1', 'detach own', 'move lamp-1'])
})

test('a group that somebody moved meanwhile has its old version, and both changes are merged all the same', async () => {
  let now: object = group({ thingGroupId: 'one' })
  const sent: unknown[] = []
  open('/thing-groups/hall', {
    '/api/thing-groups/hall': () => json(now),
    '/api/thing-groups/hall/things': () => json({ thingNames: [] }),
    '/api/thing-groups/hall/policies': () => json({ policies: [] }),
    'PUT /api/thing-groups/hall': (_, init) => {
      const body = JSON.parse(String(init?.body))
      sent.push(body)
      return body.expectedThingGroupId === 'other' ? json(now) : problem(409, 'MADE_ANEW', 'It is another.')
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Edit thing group' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Edit the thing group hall/ }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'Description' }), { target: { value: 'mine' } })
  now = group({ thingGroupId: 'other', attributes: { city: 'Kiel' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save thing group' }))
  fireEvent.click(await dialog.findByRole('button', { name: 'Merge both changes' }))
  await dialog.findByDisplayValue('Kiel')
  fireEvent.click(dialog.getByRole('button', { name: 'Save thing group' }))
  await screen.findByText('The thing group hall was changed')
  const change = { description: 'mine', expectedVersion: 1 }
  expect(sent).toEqual([
    { ...change, attributes: {}, expectedThingGroupId: 'one' },
    { ...change, attributes: { city: 'Kiel' }, expectedThingGroupId: 'other' },
  ])
})

test('a dynamic group is made of a query that was tried: what it finds is shown, and a wrong one is not saved', async () => {
  open('/create-thing-group?query=thingTypeName:lamp', {
    '/api/thing-group-trial': (url) =>
      url.searchParams.get('queryString') === 'thingTypeName:lamp'
        ? json({ about: 12, thingNames: ['lamp-1', 'lamp-2'] })
        : problem(400, 'InvalidQueryException', 'Unable to parse query'),
  })
  expect(await screen.findByText(/About 12 things/)).toBeTruthy()
  expect(screen.getByText(/and 10 more/)).toBeTruthy()
  const create = () => screen.getByRole('button', { name: /Create thing group/ })
  expect(create().getAttribute('aria-disabled')).not.toBe('true')
  fireEvent.change(screen.getByRole('textbox', { name: 'Query' }), { target: { value: 'thingTypeName:(' } })
  expect(await screen.findByText('Unable to parse query')).toBeTruthy()
  expect(create().getAttribute('aria-disabled')).toBe('true')
})

test('a dynamic group has no tab of what AWS does not take for it, and an address of one leads to the first', async () => {
  open('/thing-groups/lamps?tab=policies', {
    '/api/thing-groups/lamps': () => json(group({ ...ref('lamps'), parents: [], queryString: 'thingTypeName:lamp' })),
  })
  expect(await screen.findByText('thingTypeName:lamp')).toBeTruthy()
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Overview', 'Things', 'Tags'])
})

test('tags are changed by what differs, and put back by undo', async () => {
  const sent: unknown[] = []
  open('/thing-groups/hall?tab=tags', {
    '/api/thing-groups/hall': () => json(group({ tags: { floor: '1', 'aws:stack': 'x' } })),
    'PATCH /api/tags': (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return new Response(null, { status: 204 })
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Edit tags' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Tags of the thing group hall' }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'Key 1' }), { target: { value: 'aws:mine' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save tags' }))
  expect(await dialog.findByText('Keys that begin with aws: are reserved by AWS.')).toBeTruthy()
  fireEvent.change(dialog.getByRole('textbox', { name: 'Key 1' }), { target: { value: 'level' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save tags' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByText(/^Undone: The tags/)
  const { thingGroupArn: resourceArn } = ref('hall')
  expect(sent).toEqual([
    { resourceArn, set: { level: '1' }, remove: ['floor'], expected: { floor: '1' } },
    { resourceArn, set: { floor: '1' }, remove: ['level'], expected: { level: '1' } },
  ])
})
