import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import SideBySideView from './side-by-side-view.tsx'

afterEach(cleanup)

test('two texts stand beside each other, each by its name, and what differs is marked in both', () => {
  const { container, rerender } = render(
    <SideBySideView labels={['Version 1', 'Version 2']} before={'a\nb\nc'} after={'a\nB\nc'} />,
  )
  const root = container.firstElementChild?.shadowRoot
  const texts = () => [...(root?.querySelectorAll('.cm-content') ?? [])]
  expect(texts().map((text) => text.getAttribute('aria-label'))).toEqual(['Version 1', 'Version 2'])
  expect(texts().map((text) => text.getAttribute('contenteditable'))).toEqual(['false', 'false'])
  expect(texts().map((text) => text.querySelector('.cm-changedLine')?.textContent)).toEqual(['b', 'B'])
  rerender(<SideBySideView labels={['Version 1', 'Version 2']} before="a" after="a" />)
  expect(texts()).toHaveLength(2)
  expect(root?.querySelector('.cm-changedLine')).toBeNull()
})
