import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { useHeldWhilePressed } from './use-held-while-pressed.ts'

const Shown = ({ text }: { readonly text: string }) => <p>{useHeldWhilePressed(text)}</p>

test.each([
  ['is told of', (target: Element) => fireEvent.pointerUp(target)],
  [
    'nobody hears of, as over a menu of the browser',
    (target: Element) => fireEvent.pointerMove(target, { buttons: 0 }),
  ],
])('what is held while a pointer is pressed is let go by a release that %s', async (_, release) => {
  onTestFinished(cleanup)
  const { rerender } = render(<Shown text="before" />)
  const shown = screen.getByText('before')
  fireEvent.pointerDown(shown, { buttons: 1 })
  rerender(<Shown text="after" />)
  fireEvent.pointerMove(shown, { buttons: 1 })
  expect(shown.textContent).toBe('before')
  release(shown)
  await screen.findByText('after')
})
