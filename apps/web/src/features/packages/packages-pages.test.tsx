import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { PackageLook, PackageThings, PackageVersion, SoftwarePackage } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ARN = 'arn:aws:iot:us-east-1:123456789012:package/pump-fw'
const PACKAGE: SoftwarePackage = {
  packageName: 'pump-fw',
  packageArn: ARN,
  description: 'the pump control',
  defaultVersionName: '2.0',
}
const LOOK: PackageLook = {
  packageName: 'pump-fw',
  description: 'the pump control',
  versions: { count: 3, isAtLeast: false },
  outcome: 'counted',
  things: 12,
  onDefault: 9,
}
const THINGS: PackageThings = {
  outcome: 'counted',
  about: 12,
  isAll: true,
  versions: [
    { versionName: '2.0', count: 9 },
    { versionName: '1.0', count: 2 },
    { versionName: 'by-hand', count: 1 },
  ],
}
const summary = (versionName: string, status: string) => ({ packageName: 'pump-fw', versionName, status })
const VERSION: PackageVersion = {
  ...summary('2.0', 'PUBLISHED'),
  packageVersionArn: `${ARN}/version/2.0`,
  attributes: { os: 'rtos' },
  artifact: { bucket: 'firmware', key: 'pump/2.0.bin' },
  recipe: '{"steps":[]}',
}
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const VIEWER = { ...SESSION, person: { id: 'vera', name: 'Vera', role: 'viewer' as const } }

const open = (path: string, routes: Routes = {}) =>
  openApp(path, {
    '/api/session': () => json(SESSION),
    '/api/packages': () => json({ packages: [{ packageName: 'pump-fw', defaultVersionName: '2.0' }] }),
    '/api/package-looks': () => json({ packages: [LOOK] }),
    '/api/packages/pump-fw': () => json(PACKAGE),
    '/api/packages/pump-fw/things': () => json(THINGS),
    '/api/packages/pump-fw/versions': () =>
      json({ versions: [summary('1.0', 'DEPRECATED'), summary('2.0', 'PUBLISHED'), summary('3.0', 'DRAFT')] }),
    '/api/packages/pump-fw/versions/2.0': () => json(VERSION),
    '/api/package-configuration': () => json({ enabled: true, roleArn: 'arn:aws:iam::123456789012:role/packages' }),
    '/api/tags': () => json({ tags: {} }),
    ...routes,
  })

beforeAll(() => loadPages('/packages', '/packages/$packageName', '/package-configuration'))

const row = async (name: string) => screen.findByRole('row', { name: new RegExp(name) })

/** Opens the menu at the end of a row, and answers what is in it. */
async function menuOf(name: string): Promise<(item: string) => HTMLElement> {
  fireEvent.click(within(await row(name)).getByRole('button', { name: /Actions/ }))
  return (item) => screen.getByRole('menuitem', { name: item })
}

test('the list says of each package how many things run it, and how many of these the default version', async () => {
  open('/packages')
  const things = await screen.findByRole('link', { name: '12 things' })
  expect(decodeURIComponent(things.getAttribute('href') ?? '')).toContain(
    'shadow.name.$package.reported.pump-fw.version:*',
  )
  expect(screen.getByText(/on 2\.0 \(75 %\)/)).toBeTruthy()
  expect(screen.getByText('the pump control')).toBeTruthy()
})

test('where the index does not have the shadow, nothing is claimed, and an admin turns it on', async () => {
  const sent: unknown[] = []
  open('/packages', {
    '/api/session': () => json(ADMIN),
    '/api/package-looks': () =>
      json({ packages: [{ packageName: 'pump-fw', versions: LOOK.versions, outcome: 'not-indexed' }] }),
    '/api/fleet/index': () => json({ status: 'ACTIVE', connectivity: true }),
    'POST /api/fleet/index': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return json({ status: 'ACTIVE', connectivity: true, namedShadows: ['$package'] })
    },
  })
  expect(await screen.findByText('What things run is not indexed')).toBeTruthy()
  expect(await screen.findByText('not indexed')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Index versions' }))
  const dialog = await screen.findByRole('dialog', { name: /^Index the versions/ })
  const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Index versions' })
  // What is indexed is read first.
  await waitFor(() => expect(confirm.disabled).toBe(false))
  fireEvent.click(confirm)
  await waitFor(() => expect(sent).toEqual([{ connectivity: false, namedShadows: ['$package'] }]))
})

test('a package shows how the things are spread over its versions, those of no version of the catalog too', async () => {
  open('/packages/pump-fw')
  const list = await screen.findByRole('list', { name: 'Things by version of pump-fw' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['2.0 (default) 9 things 75 %', '1.0 2 things 17 %', 'by-hand 1 thing 8 %'])
  expect(within(await row('3\\.0')).getByText('none')).toBeTruthy()
  expect(within(await row('2\\.0')).getByText('Default')).toBeTruthy()
})

test('what can be made of a version is said by its state', async () => {
  open('/packages/pump-fw')
  const draft = await menuOf('3\\.0')
  expect(draft('Publish').getAttribute('aria-disabled')).not.toBe('true')
  for (const item of ['Make default', 'Roll out this version', 'Deprecate', 'Delete']) {
    expect(draft(item).getAttribute('aria-disabled'), item).toBe('true')
  }
})

test('a version that AWS does not take as the default one is said', async () => {
  open('/packages/pump-fw', {
    'PATCH /api/packages/pump-fw': () => problem(409, 'ConflictException', 'The package is being changed.'),
    '/api/packages/pump-fw': () => json({ ...PACKAGE, defaultVersionName: '9.0' }),
  })
  const published = await menuOf('2\\.0')
  fireEvent.click(published('Make default'))
  expect(await screen.findByText('pump-fw 2.0 could not become the default version')).toBeTruthy()
  expect(screen.getByText('The package is being changed.')).toBeTruthy()
})

test('a draft is published after it was said what that fixes', async () => {
  const sent: unknown[] = []
  open('/packages/pump-fw', {
    'PATCH /api/packages/pump-fw/versions/3.0': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return json({ ...VERSION, ...summary('3.0', 'PUBLISHED') })
    },
  })
  const draft = await menuOf('3\\.0')
  fireEvent.click(draft('Publish'))
  const dialog = await screen.findByRole('dialog', { name: /^Publish pump-fw 3/ })
  expect(within(dialog).getByText(/attributes and its artifact are fixed/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Publish version' }))
  await waitFor(() => expect(sent).toEqual([{ action: 'PUBLISH' }]))
})

test('of a published version the artifact cannot be changed, and the recipe is sent', async () => {
  const sent: unknown[] = []
  open('/packages/pump-fw', {
    'PATCH /api/packages/pump-fw/versions/2.0': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return json(VERSION)
    },
  })
  const published = await menuOf('2\\.0')
  fireEvent.click(published('Edit'))
  const dialog = await screen.findByRole('dialog', { name: /^Edit pump-fw 2/ })
  expect(within(dialog).getByLabelText<HTMLInputElement>('Bucket of the artifact').disabled).toBe(true)
  fireEvent.change(within(dialog).getByLabelText('Recipe'), { target: { value: 'swap' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save version' }))
  await waitFor(() => expect(sent).toEqual([{ recipe: 'swap' }]))
})

test('who deletes a package is told who runs it, and in which order it goes', async () => {
  const { asked } = open('/packages/pump-fw', {
    '/api/session': () => json(ADMIN),
    'PATCH /api/packages/pump-fw': () => json(PACKAGE),
    'DELETE /api/packages/pump-fw': () => new Response(null, { status: 204 }),
    ...Object.fromEntries(
      ['1.0', '2.0', '3.0'].map((version) => [
        `DELETE /api/packages/pump-fw/versions/${version}`,
        () => new Response(null, { status: 204 }),
      ]),
    ),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Delete' }))
  const dialog = await screen.findByRole('dialog', { name: /^Delete the package/ })
  expect(await within(dialog).findByText(/12 things say that they run it/)).toBeTruthy()
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'pump-fw' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete package' }))
  await waitFor(() => expect(asked).toContain('DELETE /api/packages/pump-fw'))
  expect(asked.filter((each) => /^(?:PATCH|DELETE)/.test(each))).toEqual([
    'PATCH /api/packages/pump-fw',
    'DELETE /api/packages/pump-fw/versions/1.0',
    'DELETE /api/packages/pump-fw/versions/2.0',
    'DELETE /api/packages/pump-fw/versions/3.0',
    'DELETE /api/packages/pump-fw',
  ])
})

test('jobs that named it are looked through, and it is said how far', async () => {
  open('/packages/pump-fw?tab=jobs', {
    '/api/packages/pump-fw/jobs': () =>
      json({
        jobs: [
          {
            jobId: 'to-2',
            jobArn: 'arn:aws:iot:us-east-1:123456789012:job/to-2',
            status: 'COMPLETED',
            targetSelection: 'SNAPSHOT',
            packageVersions: [`${ARN}/version/2.0`],
          },
        ],
        looked: 20,
        nextToken: 'more',
      }),
  })
  expect(await screen.findByRole('link', { name: 'to-2' })).toBeTruthy()
  expect(screen.getByText(/the newest 20 were looked at; there are older ones/)).toBeTruthy()
})

test('a viewer sees the configuration with the least policy, and cannot change it', async () => {
  open('/package-configuration', { '/api/session': () => json(VIEWER) })
  expect(await screen.findByText(/has the versions that the job named in its shadow/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Change' }).getAttribute('aria-disabled')).toBe('true')
})
