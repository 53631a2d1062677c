import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useAddressDraft } from './use-address-draft.ts'

test('what is typed while the address is on its way stays, and what others put there is shown', () => {
  const sent: string[] = []
  const { result, rerender } = renderHook(({ text }) => useAddressDraft(text, (each) => sent.push(each)), {
    initialProps: { text: '' },
  })
  const type = (text: string) => act(() => result.current.setDraft(text))
  const send = (text: string) => act(() => result.current.send(text))
  const arrive = (text: string) => {
    rerender({ text })
    return result.current.draft
  }
  type('al')
  send('al')
  type('ala')
  send('ala')
  type('alarm')
  expect(sent).toEqual(['al', 'ala'])
  expect(arrive('al')).toBe('alarm')
  expect(arrive('ala')).toBe('alarm')
  expect(arrive('pressure'), 'of somebody else').toBe('pressure')
  expect(arrive('al'), 'not on its way any more').toBe('al')
})
