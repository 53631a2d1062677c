import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { DestroyDialog } from './destroy-dialog.tsx'

afterEach(cleanup)

function open(onDestroy: () => Promise<unknown>) {
  const onClose = vi.fn()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DestroyDialog
        header="Delete the thing pump-7"
        action="Delete thing"
        name="pump-7"
        consequences={['Its shadows go with it.', 'Its certificates stay.']}
        failure="The thing could not be deleted"
        onDestroy={onDestroy}
        onClose={onClose}
      />
    </QueryClientProvider>,
  )
  const type = (value: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value } })
  return { onClose, type, button: screen.getByRole('button', { name: 'Delete thing' }) }
}

test('lists what follows, and waits for the very name', () => {
  const onDestroy = vi.fn(async () => {})
  const { type, button } = open(onDestroy)
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Its shadows go with it.',
    'Its certificates stay.',
  ])
  for (const almost of ['', 'pump-', 'Pump-7', 'pump-7 ']) {
    type(almost)
    fireEvent.click(button)
  }
  expect(onDestroy).not.toHaveBeenCalled()
  type('pump-7')
  fireEvent.click(button)
  expect(screen.getByRole('textbox', { name: 'To delete it, type pump-7' })).toBeTruthy()
  return waitFor(() => expect(onDestroy).toHaveBeenCalledOnce())
})

test('stays until it is known how that ended, and closes then', async () => {
  const outcome = Promise.withResolvers<void>()
  const { onClose, type, button } = open(() => outcome.promise)
  type('pump-7')
  fireEvent.click(button)
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(onClose).not.toHaveBeenCalled()
  outcome.resolve()
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})

test('a refusal stands in the dialog, which stays open for another try', async () => {
  let isAttached = true
  const { onClose, type, button } = open(async () => {
    if (isAttached) throw new Error('A certificate is attached to it.')
  })
  type('pump-7')
  fireEvent.click(button)
  expect(await screen.findByText(/A certificate is attached to it\./)).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
  isAttached = false
  fireEvent.click(button)
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})
