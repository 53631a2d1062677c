import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { fakeApi, json } from '../../../../test/fake-api.ts'
import { renderPage } from '../../../../test/render-page.tsx'
import { BillingGroupDialog } from './billing-group-dialog.tsx'

const THING = {
  thingName: 'pump-7',
  thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
  attributes: {},
  version: 3,
  thingGroupNames: [],
  principals: [],
}

/** A page with the dialog, which reads the thing anew while it is open. */
function Page() {
  const [group, setGroup] = useState('hall-1')
  return (
    <>
      <button type="button" onClick={() => setGroup('hall-2')}>
        Read anew
      </button>
      <BillingGroupDialog thingName="pump-7" billingGroupName={group} onClose={() => {}} />
    </>
  )
}

test('what somebody else chose meanwhile is not overwritten, also where the page has read it behind the dialog', async () => {
  let now = 'hall-2'
  const asked = fakeApi({
    '/api/billing-groups': () =>
      json({
        billingGroups: ['hall-1', 'hall-2', 'hall-3'].map((name) => ({
          billingGroupName: name,
          billingGroupArn: 'arn',
        })),
      }),
    '/api/things/pump-7': () => json({ ...THING, billingGroupName: now }),
    'PUT /api/things/pump-7/billing-group': () => new Response(null, { status: 204 }),
  })
  const writes = () => asked.filter((each) => !each.startsWith('GET'))
  await renderPage(<Page />, { role: 'admin' })
  const dialog = within(await screen.findByRole('dialog', { name: /Change the billing group/ }))
  fireEvent.mouseDown(dialog.getByRole('button', { name: /^Billing group/ }))
  fireEvent.mouseUp(await screen.findByRole('option', { name: 'hall-3' }))
  fireEvent.click(screen.getByText('Read anew'))
  fireEvent.click(dialog.getByRole('button', { name: 'Change billing group' }))
  expect(await screen.findByText(/Meanwhile somebody put it into the billing group hall-2/)).toBeTruthy()
  expect(writes()).toEqual([])
  now = 'hall-1' // and somebody put it back
  fireEvent.click(screen.getByRole('button', { name: 'Try again from there' }))
  await waitFor(() => expect(writes()).toEqual(['PUT /api/things/pump-7/billing-group']))
})
