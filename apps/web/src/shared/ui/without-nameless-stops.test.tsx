import Table from '@cloudscape-design/components/table'
import { cleanup, fireEvent, render } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { withoutNamelessStops } from './without-nameless-stops.ts'

test("the scroll bar that Cloudscape's table has in addition is no stop of the keyboard", () => {
  const end = new AbortController()
  onTestFinished(() => {
    end.abort()
    cleanup()
  })
  withoutNamelessStops(end.signal)
  const { container } = render(<Table items={[1]} columnDefinitions={[{ header: 'A', cell: (each) => each }]} />)
  const bar = container.querySelector<HTMLElement>('[data-stuck]') // as Cloudscape marks it, whatever its class
  expect(bar).not.toBeNull()
  fireEvent.keyDown(document.body, { key: 'Tab' })
  expect(bar?.getAttribute('tabindex')).toBe('-1')
})
