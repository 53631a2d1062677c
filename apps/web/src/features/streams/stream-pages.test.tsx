import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Stream } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const STREAM: Stream = {
  streamId: 'pump-image',
  streamArn: 'arn:aws:iot:us-east-1:123456789012:stream/pump-image',
  streamVersion: 3,
  files: [{ fileId: 0, s3Location: { bucket: 'firmware', key: 'pump/2.bin' } }],
  roleArn: 'arn:aws:iam::123456789012:role/streams',
}

const open = (path: string, routes: Routes = {}) =>
  openApp(path, {
    '/api/session': () => json(SESSION),
    '/api/streams/pump-image': () => json(STREAM),
    ...routes,
  })

beforeAll(() => loadPages('/streams/$streamId', '/streams/$streamId/edit'))

test('a stream shows its files, and where the requests of devices are seen', async () => {
  open('/streams/pump-image')
  expect(await screen.findByText('s3://firmware/pump/2.bin')).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { name: 'Who fetches' }))
  const live = await screen.findByRole('link', { name: 'Watch live' })
  expect(decodeURIComponent(live.getAttribute('href') ?? '')).toContain('$aws/things/+/streams/pump-image/#')
})

test('the next version takes files with numbers of their own alone', async () => {
  const sent: unknown[] = []
  open('/streams/pump-image/edit', {
    'PUT /api/streams/pump-image': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return json({ ...STREAM, streamVersion: 4 })
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Add file' }))
  const inputs = (label: string) => screen.getAllByRole<HTMLInputElement>('textbox', { name: label })
  expect(inputs('Number').map(({ value }) => value)).toEqual(['0', '1'])
  const type = (label: string, index: number, value: string) => {
    const input = inputs(label)[index]
    if (input) fireEvent.change(input, { target: { value } })
  }
  type('Bucket', 1, 'firmware')
  type('Key', 1, 'pump/boot.bin')
  type('Number', 1, '0')
  fireEvent.click(screen.getByRole('button', { name: 'Make version 4' }))
  expect(await screen.findByText(/Each file needs a number of its own/)).toBeTruthy()
  type('Number', 1, '7')
  fireEvent.click(screen.getByRole('button', { name: 'Make version 4' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent).toMatchObject([{ files: [{ fileId: 0 }, { fileId: 7, s3Location: { key: 'pump/boot.bin' } }] }])
})

test('a viewer sees it, and is told why nothing can be changed', async () => {
  open('/streams/pump-image', {
    '/api/session': () => json({ ...SESSION, person: { id: 'vera', name: 'Vera', role: 'viewer' } }),
  })
  await screen.findByText('s3://firmware/pump/2.bin')
  const main = within(screen.getByRole('main'))
  for (const name of ['Delete', 'New version']) {
    expect(main.getByRole('button', { name }).getAttribute('aria-disabled'), name).toBe('true')
  }
})
