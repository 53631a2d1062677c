import { afterEach, expect, test } from 'vitest'
import { holdWork, isHeld, releaseAllWork, releaseWork, unsavedWork } from './unsaved-work.ts'

afterEach(releaseAllWork)

const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

test('the browser asks as long as anything is held', () => {
  expect(asksBeforeLeaving()).toBe(false)
  holdWork('recording:main', 'the recording of main')
  holdWork('recording:other', 'the recording of other')
  expect(asksBeforeLeaving()).toBe(true)
  expect(unsavedWork()).toEqual(['the recording of main', 'the recording of other'])
  releaseWork('recording:main')
  expect(isHeld('recording:main')).toBe(false)
  expect(asksBeforeLeaving()).toBe(true)
  releaseWork('recording:other')
  expect(asksBeforeLeaving()).toBe(false)
})
