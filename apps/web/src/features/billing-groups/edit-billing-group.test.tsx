import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeApi, json, problem } from '../../../test/fake-api.ts'
import { renderPage } from '../../../test/render-page.tsx'
import { EditBillingGroupDialog } from './components/edit-billing-group-dialog.tsx'

const GROUP = {
  billingGroupName: 'halls',
  billingGroupArn: 'arn:aws:iot:us-east-1:123456789012:billinggroup/halls',
  version: 1,
  description: 'Hall 1',
}

test.each([
  ['their description is shown beside mine where both wrote one', 'mine', 'theirs'],
  ['a description that is only theirs is taken over', 'Hall 1', undefined],
])('of a billing group that somebody else changed meanwhile both changes are merged: %s', async (_, mine, conflict) => {
  const sent: unknown[] = []
  fakeApi({
    '/api/billing-groups/halls': () => json({ ...GROUP, version: 2, description: 'theirs' }),
    'PUT /api/billing-groups/halls': (_url, init) => {
      const body = JSON.parse(String(init?.body))
      sent.push(body)
      return body.expectedVersion === 2
        ? json({ ...GROUP, version: 3 })
        : problem(409, 'VersionConflictException', 'Too late.')
    },
  })
  await renderPage(<EditBillingGroupDialog group={GROUP} onClose={() => {}} />, { role: 'admin' })
  const dialog = within(await screen.findByRole('dialog', { name: /Edit the billing group halls/ }))
  const field = dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' })
  fireEvent.change(field, { target: { value: mine } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save billing group' }))
  fireEvent.click(await dialog.findByRole('button', { name: 'Merge both changes' }))
  await dialog.findByText(conflict === undefined ? /go on from version 2/ : 'Both of you changed the same')
  if (conflict !== undefined) expect(dialog.getByText(conflict)).toBeTruthy()
  const merged = conflict === undefined ? 'theirs' : mine
  expect(field.value).toBe(merged)
  fireEvent.click(dialog.getByRole('button', { name: 'Save billing group' }))
  await waitFor(() =>
    expect(sent).toEqual([
      { description: mine, expectedVersion: 1 },
      { description: merged, expectedVersion: 2 },
    ]),
  )
})

test('what is written while it is read what is there now is not lost to the merge', async () => {
  const { promise: isRead, resolve: read } = Promise.withResolvers<void>()
  const asked = fakeApi({
    '/api/billing-groups/halls': async () => {
      await isRead
      return json({ ...GROUP, version: 2, description: 'theirs' })
    },
    'PUT /api/billing-groups/halls': () => problem(409, 'VersionConflictException', 'Too late.'),
  })
  await renderPage(<EditBillingGroupDialog group={GROUP} onClose={() => {}} />, { role: 'admin' })
  const dialog = within(await screen.findByRole('dialog', { name: /Edit the billing group halls/ }))
  const field = dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' })
  fireEvent.change(field, { target: { value: 'mine' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save billing group' }))
  fireEvent.click(await dialog.findByRole('button', { name: 'Merge both changes' }))
  await waitFor(() => expect(asked).toContain('GET /api/billing-groups/halls'))
  fireEvent.change(field, { target: { value: 'mine, and more' } })
  read()
  await dialog.findByText('Both of you changed the same')
  expect(field.value).toBe('mine, and more')
})
