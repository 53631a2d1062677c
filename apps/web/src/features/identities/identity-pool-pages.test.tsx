import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { IdentityPool } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { paths } from '../../shared/paths.ts'

const ID = 'us-east-1:11111111-2222-3333-4444-555555555555'
const USER_POOL = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_a'
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`
const POOL: IdentityPool = {
  identityPoolId: ID,
  name: 'tablets',
  allowsUnauthenticated: false,
  allowsClassicFlow: false,
  providers: [{ kind: 'user-pool', name: USER_POOL, clientId: 'app', serverSideTokenCheck: true }],
  roles: { authenticated: role('fitters'), mappings: [] },
  tags: { site: 'north' },
  isOfConsole: false,
}
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

/** The path of the pool, and what was sent there, by method and path below it. */
const at = `/api/identity-pools/${encodeURIComponent(ID)}`
function routes(pool: IdentityPool = POOL) {
  const sent: [string, unknown][] = []
  const taking = (name: string) => (_: URL, init: RequestInit | undefined) => {
    sent.push([name, JSON.parse(String(init?.body))])
    return json(pool)
  }
  const handlers: Routes = {
    '/api/session': () => json(ADMIN),
    '/api/identity-pools': () => json({ outcome: 'read', pools: [{ identityPoolId: ID, name: pool.name }] }),
    [at]: () => json(pool),
    [`${at}/trusting-roles`]: () =>
      json({
        outcome: 'read',
        roles: [{ roleName: 'fitters', roleArn: role('fitters'), authenticated: true, unauthenticated: false }],
        isAll: true,
      }),
    'POST /api/identity-pools': taking('create'),
    [`PUT ${at}`]: taking('update'),
    [`PUT ${at}/roles`]: taking('roles'),
  }
  return { sent, handlers }
}

beforeAll(() =>
  loadPages(
    '/create-identity-pool',
    '/identity-pool-roles/$identityPoolId',
    '/edit-identity-pool/$identityPoolId',
    '/identities/$identityPoolId',
    '/iam-users',
    '/iam-users/$userName',
  ),
)

test('a pool is made with its login provider, and its roles are asked for next', async () => {
  const { handlers, sent } = routes({ ...POOL, roles: { mappings: [] } })
  const { history } = openApp('/create-identity-pool', handlers)
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'tablets' } })
  const create = screen.getByRole('button', { name: 'Create identity pool' })
  fireEvent.click(create)
  expect(await screen.findByText(/^Without a login provider and without guests nobody gets credentials/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Add login provider' }))
  const name = screen.getByLabelText('Name of the login provider')
  fireEvent.change(name, { target: { value: `https://${USER_POOL}` } })
  expect(await screen.findByText(/^User pool of Cognito: its name is cognito-idp/)).toBeTruthy()
  fireEvent.change(name, { target: { value: USER_POOL } })
  expect(await screen.findByText(`${USER_POOL} needs the client id of the app.`)).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Client id'), { target: { value: 'my-app' } })
  expect(await screen.findByText(/the client id of a user pool has letters, digits and _ only/)).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Client id'), { target: { value: 'app' } })
  fireEvent.click(create)
  await waitFor(() => expect(history.location.pathname).toBe(paths.identityPoolRoles(ID)))
  const provider = { kind: 'user-pool', name: USER_POOL, clientId: 'app' }
  const settings = { name: 'tablets', allowsUnauthenticated: false, allowsClassicFlow: false, providers: [provider] }
  expect(sent).toEqual([['create', { ...settings, tags: {} }]])
})

test('a change sends what was seen before, and loses nothing that the form does not show', async () => {
  const { handlers, sent } = routes()
  openApp(paths.editIdentityPool(ID), handlers)
  fireEvent.click(await screen.findByRole('checkbox', { name: /^Let guests in/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Save identity pool' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  const { name, allowsUnauthenticated, allowsClassicFlow, providers } = POOL
  const seen = { name, allowsUnauthenticated, allowsClassicFlow, providers }
  expect(sent).toEqual([['update', { ...seen, allowsUnauthenticated: true, expected: seen }]])
})

test('roles are found by rules of a claim; a role that does not trust the pool is said', async () => {
  const { handlers, sent } = routes()
  openApp(paths.identityPoolRoles(ID), handlers)
  fireEvent.click(await screen.findByRole('radio', { name: /^Found by rules/ }))
  const save = screen.getByRole('button', { name: 'Save roles' })
  fireEvent.click(save)
  expect(await screen.findByText('By rules there is at least one rule.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Add rule' }))
  const provider = `${USER_POOL}:app`
  fireEvent.change(screen.getByLabelText(`Claim of a rule of ${provider}`), { target: { value: 'cognito:groups' } })
  fireEvent.change(screen.getByLabelText(`Value of a rule of ${provider}`), { target: { value: 'chiefs' } })
  const roleOfRule = screen.getByRole('combobox', { name: /Gives the role/ })
  fireEvent.change(roleOfRule, { target: { value: role('chiefs') } })
  expect(await screen.findByText(/^Its trust policy does not let this pool give it to who signed in/)).toBeTruthy()
  fireEvent.click(save)
  await waitFor(() => expect(sent).toHaveLength(1))
  const rule = { claim: 'cognito:groups', match: 'Equals', value: 'chiefs', roleArn: role('chiefs') }
  const mappings = [{ provider, type: 'Rules', ambiguous: 'Deny', rules: [rule] }]
  expect(sent).toEqual([['roles', { authenticated: role('fitters'), mappings, expected: POOL.roles }]])
})

test('a pool without a role says that nobody gets credentials; that of the console is not deleted', async () => {
  openApp(paths.identityPool(ID), routes({ ...POOL, roles: { mappings: [] }, isOfConsole: true }).handlers)
  expect(await screen.findByText('It gives nobody credentials')).toBeTruthy()
  const remove = screen.getByRole('button', { name: 'Delete identity pool' })
  expect(remove.getAttribute('aria-disabled')).toBe('true')
})

test('users of IAM: their groups and policies, and to an admin their keys', async () => {
  const nina = {
    userName: 'nina',
    userId: 'AIDAEXAMPLE',
    arn: 'arn:aws:iam::123456789012:user/nina',
    path: '/',
  }
  const AS_ADMIN = {
    '/api/session': () => json(ADMIN),
    '/api/iam/users': () => json({ outcome: 'read', users: [nina] }),
    '/api/iam/users/nina': () => json({ ...nina, groupNames: ['operators'], tags: {} }),
    '/api/iam/users/nina/access-keys': () =>
      json({
        outcome: 'read',
        accessKeys: [
          { accessKeyId: 'KEY1', status: 'Active', lastUsed: { at: '2026-01-01T00:00:00Z', service: 'iot' } },
          { accessKeyId: 'KEY2', status: 'Inactive', lastUsed: {} },
        ],
      }),
    '/api/iam/groups/operators': () =>
      json({
        groupName: 'operators',
        groupId: 'AGPA',
        arn: 'arn:aws:iam::123456789012:group/operators',
        path: '/',
        users: [nina],
      }),
    '/api/authorization/iam': () =>
      json({
        outcome: 'read',
        kind: 'user',
        name: 'nina',
        variables: {},
        policies: [{ policyName: 'mqtt', groupName: 'operators', document: '{"Version":"2012-10-17","Statement":[]}' }],
        unread: ['secret'],
      }),
  }
  openApp('/iam-users', AS_ADMIN)
  fireEvent.click(await screen.findByRole('link', { name: 'nina' }))
  expect(await screen.findByRole('link', { name: 'operators' })).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { name: 'IAM policies' }))
  expect(await screen.findByText('Inline, of the group operators')).toBeTruthy()
  expect(screen.getByText('Some policies cannot be read')).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { name: 'Access keys' }))
  const keys = within(await screen.findByRole('grid', { name: 'Access keys' }))
  expect(await keys.findByText('Never')).toBeTruthy()
  expect(keys.getByText('· for iot')).toBeTruthy()
})
