import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FlashProvider, useFlash, useFlashItems } from './flash.tsx'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('what lasts a while goes by itself, and takes nothing along that has its place by then', () => {
  const { result } = renderHook(() => ({ ...useFlash(), items: useFlashItems() }), { wrapper: FlashProvider })
  const shown = () => result.current.items.map(({ header }) => header)
  act(() => {
    result.current.flash({ id: 'a', type: 'success', header: 'cleared', lastsMs: 1_000 })
    result.current.flash({ id: 'b', type: 'success', header: 'copied', lastsMs: 2_000 })
    result.current.flash({ id: 'c', type: 'error', header: 'not saved' })
  })
  act(() => result.current.flash({ id: 'a', type: 'info', header: 'undone' }))
  act(() => {
    vi.advanceTimersByTime(1_500)
  })
  expect(shown()).toEqual(['undone', 'not saved', 'copied'])
  act(() => {
    vi.advanceTimersByTime(60_000)
  })
  expect(shown()).toEqual(['undone', 'not saved'])
})
