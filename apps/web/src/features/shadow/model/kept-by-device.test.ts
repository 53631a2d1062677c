import { fromPlain } from '@thingdeck/json'
import { formatState } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { keptByDevice } from './kept-by-device.ts'
import { TestOperator } from './test-operator.ts'
import { TestShadowService } from './test-service.ts'

function open(desired: Record<string, unknown>, reported: Record<string, unknown>) {
  const service = new TestShadowService()
  service.desire(desired)
  service.report(reported)
  const ada = new TestOperator(service, 'ada')
  ada.open()
  const kept = () => {
    const { changes } = ada.state
    const last = changes.at(-1)
    return last && ada.live ? keptByDevice(last, changes, ada.live) : undefined
  }
  return { service, ada, kept }
}

test('an undo of a key that was new leaves the device at what it was told, and knows what it was before', () => {
  const { service, ada, kept } = open({ on: true }, { on: true, speed: 3 })
  ada.set(['speed'], 5)
  ada.save()
  ada.settle()
  service.report({ speed: 5 })
  ada.settle()
  expect(kept()).toEqual([]) // it was asked, and obeyed
  ada.undo()
  ada.settle()
  expect(formatState(ada.live ?? {}).has('desired')).toBe(true)
  expect(kept()).toEqual([{ path: ['speed'], value: fromPlain(5), earlier: fromPlain(3) }])
  service.report({ speed: 3 })
  ada.settle()
  expect(kept()).toEqual([])
})

test('a device that had not obeyed yet stays where it was: nothing is to be said', () => {
  const { ada, kept } = open({}, { speed: 3 })
  ada.set(['speed'], 5)
  ada.save()
  ada.settle()
  ada.undo()
  ada.settle()
  expect(kept()).toEqual([])
})

test('what it reported before the key was ever desired is not claimed where nobody saw it', () => {
  const { ada, kept } = open({ n: { x: 1, y: 2 } }, { n: { x: 1, y: 9 } })
  ada.set(['n'], undefined)
  ada.save()
  ada.settle()
  expect(kept()).toEqual([{ path: ['n', 'x'], value: fromPlain(1), earlier: undefined }])
})

test('who reported the value before being told keeps nothing', () => {
  const { ada, kept } = open({}, { speed: 5 })
  ada.set(['speed'], 5)
  ada.save()
  ada.settle()
  ada.undo()
  ada.settle()
  expect(kept()).toEqual([])
})
