import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { fakeApi, json } from '../../../test/fake-api.ts'
import { renderPage } from '../../../test/render-page.tsx'
import { BillingGroupPicker } from './billing-group-picker.tsx'

function Page() {
  const [picked, setPicked] = useState('')
  return <BillingGroupPicker label="Billing group" none="No billing group" value={picked} onChange={setPicked} />
}

test('what is searched for comes before picking none, so that the keyboard picks it', async () => {
  fakeApi({
    '/api/billing-groups': ({ searchParams }) => {
      const part = searchParams.get('name') ?? searchParams.get('prefix') ?? ''
      const found = ['hall', 'yard'].filter((name) => name.includes(part))
      return json({ billingGroups: found.map((name) => ({ billingGroupName: name, billingGroupArn: 'arn' })) })
    },
  })
  await renderPage(<Page />)
  const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)
  fireEvent.mouseDown(screen.getByRole('button', { name: /^Billing group/ }))
  await waitFor(() => expect(offered()).toEqual(['No billing group', 'hall', 'yard']))
  const field = screen.getByRole('combobox', { name: 'Find billing groups' })
  fireEvent.change(field, { target: { value: 'ya' } })
  await waitFor(() => expect(offered()).toEqual(['yard', 'No billing group']))
  fireEvent.keyDown(field, { key: 'ArrowDown', keyCode: 40 })
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })
  expect(await screen.findByRole('button', { name: /^Billing group yard/ })).toBeTruthy()
})

test('an option that is pressed while a search takes it away is chosen all the same', async () => {
  const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>()
  fakeApi({
    '/api/billing-groups': async ({ searchParams }) => {
      const part = searchParams.get('name') ?? searchParams.get('prefix') ?? ''
      if (part !== '') await isAnswered
      const found = ['hall', 'yard'].filter((name) => name.includes(part))
      return json({ billingGroups: found.map((name) => ({ billingGroupName: name, billingGroupArn: 'arn' })) })
    },
  })
  const { client } = await renderPage(<Page />)
  fireEvent.mouseDown(screen.getByRole('button', { name: /^Billing group/ }))
  await screen.findByRole('option', { name: 'hall' })
  fireEvent.change(screen.getByRole('combobox', { name: 'Find billing groups' }), { target: { value: 'ya' } })
  await waitFor(() => expect(client.isFetching()).toBe(2)) // by its beginning and by a part
  const hall = screen.getByRole('option', { name: 'hall' })
  fireEvent.pointerDown(hall)
  answer()
  await waitFor(() => expect(client.isFetching()).toBe(0))
  expect(screen.getByRole('option', { name: 'hall' })).toBe(hall)
  fireEvent.pointerUp(hall)
  fireEvent.mouseUp(hall)
  expect(await screen.findByRole('button', { name: /^Billing group hall/ })).toBeTruthy()
})
