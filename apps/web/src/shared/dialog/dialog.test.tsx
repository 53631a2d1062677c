import Input from '@cloudscape-design/components/input'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { CONTENT_ID } from '../focus-lost.ts'
import { Dialog } from './dialog.tsx'

afterEach(cleanup)

const ESCAPE = { key: 'Escape', keyCode: 27 } // Cloudscape looks at the code

function Opener({ onAction }: { readonly onAction: () => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && (
        <Dialog header="New shadow" action="Create" onAction={onAction} onClose={() => setOpen(false)}>
          <Input value="" onChange={() => {}} ariaLabel="Name" autoFocus />
        </Dialog>
      )}
    </>
  )
}

function open() {
  const onAction = vi.fn()
  render(<Opener onAction={onAction} />)
  const opener = screen.getByRole('button', { name: 'Open' })
  opener.focus()
  fireEvent.click(opener)
  return { onAction, opener }
}

test('the focus begins in the first field, and goes back to where it was', () => {
  const { opener } = open()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(opener)
})

test.each([
  ['begins in a field that comes once it is known what to ask', false],
  ['stays where the person has gone meanwhile', true],
])('the focus %s', async (_, hasGoneOn) => {
  const page = (isKnown: boolean) => (
    <Dialog header="Delete hall?" action="Delete" onAction={() => {}} onClose={() => {}}>
      {isKnown ? <Input value="" onChange={() => {}} ariaLabel="To go on, type hall" /> : <p>Reading</p>}
    </Dialog>
  )
  const { rerender } = render(page(false))
  const cancel = screen.getByRole('button', { name: 'Cancel' })
  if (hasGoneOn) cancel.focus()
  rerender(page(true))
  await waitFor(() =>
    expect(document.activeElement).toBe(hasGoneOn ? cancel : screen.getByRole('textbox', { name: /^To go on/ })),
  )
})

test('the focus goes on in the page where what opened the dialog cannot be pressed any more', () => {
  function Page() {
    const [state, setState] = useState<'before' | 'open' | 'over'>('before')
    return (
      <div id={CONTENT_ID} tabIndex={-1}>
        <button type="button" disabled={state === 'over'} onClick={() => setState('open')}>
          Undo
        </button>
        {state === 'open' && (
          <Dialog header="Undo it?" action="Put back" onAction={() => setState('over')} onClose={() => {}}>
            <p>Text</p>
          </Dialog>
        )}
      </div>
    )
  }
  render(<Page />)
  const opener = screen.getByRole('button', { name: 'Undo' })
  opener.focus()
  fireEvent.click(opener)
  opener.focus = () => {} // jsdom focuses what is disabled, browsers do not
  fireEvent.click(screen.getByRole('button', { name: 'Put back' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement?.id).toBe(CONTENT_ID)
})

test.each([
  ['a field', () => screen.getByRole('textbox', { name: 'Name' })],
  ['nowhere, after a click on mere text', () => document.body],
])('Escape closes it with the focus in %s', (_, focused) => {
  const { opener, onAction } = open()
  if (focused() === document.body) (document.activeElement as HTMLElement).blur()
  fireEvent.keyDown(focused(), ESCAPE)
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(opener)
  expect(onAction).not.toHaveBeenCalled()
})

test('what is under way can neither be pressed again nor left', () => {
  const onClose = vi.fn()
  const onAction = vi.fn()
  render(
    <Dialog header="New shadow" action="Create" busy onAction={onAction} onClose={onClose}>
      <Input value="" onChange={() => {}} ariaLabel="Name" />
    </Dialog>,
  )
  for (const name of ['Create', 'Cancel', 'Close']) fireEvent.click(screen.getByRole('button', { name }))
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Name' }), ESCAPE)
  expect(onAction).not.toHaveBeenCalled()
  expect(onClose).not.toHaveBeenCalled()
})

test('says what failed and why', () => {
  render(
    <Dialog
      header="New shadow"
      action="Create"
      onAction={() => {}}
      onClose={() => {}}
      error={new Error('There is one already.')}
      failure="The shadow could not be created"
    >
      <p>Text</p>
    </Dialog>,
  )
  expect(screen.getByText('The shadow could not be created')).toBeTruthy()
  expect(screen.getByText(/There is one already/)).toBeTruthy()
})

test('the pieces of a sentence are one sentence, and React misses no key', () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue()
  const owner = 'Ada'
  render(
    <Dialog header="Share it no longer?" action="Remove" onAction={() => {}} onClose={() => {}}>
      {owner} shares it with {2} others.
      <Input value="" onChange={() => {}} ariaLabel="Name" />
      Nobody finds it then.
    </Dialog>,
  )
  expect(screen.getByText('Ada shares it with 2 others.')).toBeTruthy()
  expect(screen.getByText('Nobody finds it then.')).toBeTruthy()
  expect(complaint).not.toHaveBeenCalled()
  complaint.mockRestore()
})
