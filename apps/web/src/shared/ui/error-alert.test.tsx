import { cleanup, render, screen } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { Age } from '../time.tsx'
import { ErrorAlert } from './error-alert.tsx'

test('a failure is announced, and an age in what is announced is not said anew with each second', () => {
  onTestFinished(cleanup)
  render(
    <>
      <ErrorAlert error={new Error('Nobody answered.')} what="The things could not be listed" />
      <p role="status">
        Connected <Age atMs={0} />
      </p>
    </>,
  )
  expect(screen.getByRole('alert').textContent).toContain('The things could not be listedNobody answered.')
  expect(screen.getByText(/ ago$/).getAttribute('aria-live')).toBe('off')
})
