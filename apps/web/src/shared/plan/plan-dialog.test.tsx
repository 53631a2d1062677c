import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderPage } from '../../../test/render-page.tsx'
import { useFlashItems } from '../flash/flash.tsx'
import { isHeld } from '../unsaved/unsaved-work.ts'
import type { Plan } from './plan.ts'
import { PlanDialog } from './plan-dialog.tsx'

function Opener({ plan }: { readonly plan: Plan }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && (
        <PlanDialog
          header="Delete the pump"
          action="Delete pump"
          plan={plan}
          consequences={['Water stops.']}
          name="pump-7"
          onClose={() => setOpen(false)}
        />
      )}
      {useFlashItems().map(({ id, header, content, action }) => (
        <section key={id} aria-label="Flash">
          {header}: {content} {action}
        </section>
      ))}
    </>
  )
}

async function open(plan: Plan) {
  await renderPage(<Opener plan={plan} />)
  fireEvent.click(screen.getByRole('button', { name: 'Open' }))
  const agree = () => {
    fireEvent.change(screen.getByRole('textbox', { name: 'To go on, type pump-7' }), { target: { value: 'pump-7' } })
    fireEvent.click(screen.getByRole('button', { name: 'Delete pump' }))
  }
  return { agree }
}

const dialog = () => within(screen.getByRole('dialog'))
const flash = () => screen.findByRole('region', { name: 'Flash' })

test('says what follows and what will be done, and does nothing before the name was typed', async () => {
  const done: string[] = []
  const steps = ['valve', 'pump'].map((id) => ({ id, words: `Close ${id}`, run: async () => done.push(id) }))
  const { agree } = await open({ id: 'x', title: 'Delete the pump', done: 'The pump was deleted', steps })
  expect(dialog().getByText('Water stops.')).toBeTruthy()
  expect(dialog().getByText('Close valve')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Delete pump' }))
  expect(done).toEqual([])
  agree()
  expect((await flash()).textContent).toContain('The pump was deleted')
  expect(done).toEqual(['valve', 'pump'])
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('left alone, it goes on and is told in the flashbar; a failure is tried again from there, or undone', async () => {
  const valve = Promise.withResolvers<void>()
  const undone: string[] = []
  const { agree } = await open({
    id: 'x',
    title: 'Delete the pump',
    done: 'The pump was deleted',
    steps: [
      { id: 'valve', words: 'Close valve', run: () => valve.promise, undo: async () => undone.push('valve') },
      {
        id: 'pump',
        words: 'Remove pump',
        run: async () => {
          throw new Error('It is stuck.')
        },
      },
    ],
  })
  agree()
  fireEvent.click(await screen.findByRole('button', { name: 'Leave it running' }))
  expect((await flash()).textContent).toContain('0 of 2 steps done. Close valve')
  expect(isHeld('plan x')).toBe(true)
  valve.resolve()
  await waitFor(async () => expect((await flash()).textContent).toContain('Stopped: 1 of 2 steps done'))
  expect(isHeld('plan x')).toBe(false)
  fireEvent.click(screen.getByRole('button', { name: 'Show the steps' }))
  expect(await screen.findByText(/It is stuck\./)).toBeTruthy()
  expect(dialog().getByText('This step failed: Remove pump')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Try again from there' }))
  await waitFor(() => expect(dialog().getByText('This step failed: Remove pump')).toBeTruthy())
  fireEvent.click(screen.getByRole('button', { name: 'Undo what was done' }))
  await waitFor(async () => expect((await flash()).textContent).toContain('What was done is undone.'))
  expect(undone).toEqual(['valve'])
})
