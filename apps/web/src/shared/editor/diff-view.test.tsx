import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import DiffView from './diff-view.tsx'

afterEach(cleanup)

function contentOf(container: HTMLElement) {
  const content = container.firstElementChild?.shadowRoot?.querySelector('.cm-content')
  if (!content) throw new Error('The view did not open.')
  return content
}

test('what was removed stands above what took its place, and neither can be edited', () => {
  const { container, rerender } = render(<DiffView label="Changes" before={'a\nb\nc'} after={'a\nB\nc'} />)
  const content = contentOf(container)
  expect(content.getAttribute('aria-label')).toBe('Changes')
  expect(content.getAttribute('contenteditable')).toBe('false')
  expect(content.querySelector('.cm-deletedChunk')?.textContent).toContain('b')
  expect(content.querySelector('.cm-changedLine')?.textContent).toBe('B')
  rerender(<DiffView label="Changes" before="a" after="a" />)
  expect(contentOf(container).querySelector('.cm-deletedChunk')).toBeNull()
})
