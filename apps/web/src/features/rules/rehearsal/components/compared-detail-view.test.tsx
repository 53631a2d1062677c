import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DecisionDetail } from '../protocol.ts'
import { ComparedDetailView } from './compared-detail-view.tsx'

const matched = (...topics: readonly string[]): DecisionDetail => ({
  kind: 'matched',
  words: '{}',
  terms: [],
  variables: [],
  undefinedNotes: [],
  actions: topics.map((topic, index) => ({
    place: `actions[${index}].republish`,
    name: 'republish',
    templates: [],
    request: { operation: 'Publish', text: topic },
  })),
})

test.each([
  ['moved', matched('a', 'b'), matched('b', 'a'), []],
  ['twice by the draft', matched('a', 'a'), matched('a'), ['actions[1].republish']],
  ['twice by the other', matched('a'), matched('a', 'a'), ['actions[1].republish']],
  ['otherwise', matched('a', 'b'), matched('a', 'c'), ['actions[1].republish']],
  ['only by the draft, as the other does not match', matched('a'), { ...matched(), kind: 'no match' } as const, []],
])('what is sent %s', (_, draft, compared, places) => {
  const { unmount } = render(<ComparedDetailView short="Deployed" draft={draft} compared={compared} />)
  expect(screen.queryAllByText(/^actions/).map(({ textContent }) => textContent)).toEqual(places)
  const isSame = places.length === 0 && compared.kind === 'matched'
  expect(screen.queryByText('The same, and it sends the same.') !== null).toBe(isSame)
  unmount()
})
