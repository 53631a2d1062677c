import { fireEvent, render, within } from '@testing-library/react'
import { useRef } from 'react'
import { expect, test, vi } from 'vitest'
import { useListScroll } from './use-list-scroll.ts'

const ROW_PX = 20
const ROWS = 100

/** A list that follows its end, in a frame whose height a test says: nothing is laid out here. */
function followed(framePx: number) {
  const onFollow = vi.fn()
  function List() {
    const scroller = useRef<HTMLDivElement>(null)
    const scroll = useListScroll({
      scroller,
      rowPx: ROW_PX,
      viewPx: framePx,
      first: 0,
      end: ROWS,
      follow: true,
      onFollow,
      onMoved: () => {},
    })
    return (
      <div
        ref={(element) => {
          scroller.current = element
          if (element && !Object.hasOwn(element, 'clientHeight')) layOut(element, framePx)
        }}
        data-testid="scroller"
        onScroll={scroll.onScroll}
      />
    )
  }
  const { getByTestId } = within(render(<List />).container)
  return { scroller: getByTestId('scroller'), onFollow }
}

/** As a browser does it: the bar goes no further than the end. */
function layOut(element: HTMLElement, framePx: number): void {
  let scrollTop = element.scrollTop
  Object.defineProperties(element, {
    clientHeight: { value: framePx, configurable: true },
    scrollHeight: { value: ROWS * ROW_PX, configurable: true },
    scrollTop: {
      get: () => scrollTop,
      set: (px: number) => {
        scrollTop = Math.max(0, Math.min(px, ROWS * ROW_PX - element.clientHeight))
      },
      configurable: true,
    },
  })
  element.scrollTop = scrollTop
}

test('somebody who scrolls up lets go of the end', () => {
  const { scroller, onFollow } = followed(400)
  expect(scroller.scrollTop).toBe(1_600)
  fireEvent.wheel(scroller)
  scroller.scrollTop = 1_500
  fireEvent.scroll(scroller)
  expect(onFollow).toHaveBeenCalledExactlyOnceWith(false)
})

test('a frame that became higher, and lower again before the scroll event of it, goes on at the end', () => {
  const { scroller, onFollow } = followed(400)
  layOut(scroller, 460) // an alert goes: the browser moves the bar
  expect(scroller.scrollTop).toBe(1_540)
  layOut(scroller, 430) // a line comes in its place
  fireEvent.scroll(scroller)
  expect(onFollow).not.toHaveBeenCalled()
  expect(scroller.scrollTop).toBe(1_570)
})
