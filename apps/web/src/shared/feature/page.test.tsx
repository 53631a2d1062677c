// @vitest-environment node
import { expect, test } from 'vitest'
import type { SearchProps } from '../search-props.ts'
import { definePage } from './page.ts'

interface PumpsSearch {
  readonly site?: string
}
const validateSearch = (): PumpsSearch => ({ site: 'hall-2' })
const Pumps = ({ search }: SearchProps<PumpsSearch>) => <p>{search.site}</p>
const Pump = ({ pumpName }: { readonly pumpName: string }) => <p>{pumpName}</p>
const Counted = ({ search }: SearchProps<{ readonly page?: number; readonly site?: number }>) => <p>{search.page}</p>

test('what a page needs and what its address and schema give are held together by types', () => {
  const list = definePage({ path: '/pumps', validateSearch, load: async () => Pumps, subject: ({ site }) => site })
  expect(list.subject({ site: 'hall-2' })).toBe('hall-2')
  expect(definePage({ path: '/pumps/$pumpName', load: async () => Pump }).takes).toEqual([])
  // @ts-expect-error: the address has no pumpName
  definePage({ path: '/pumps', load: async () => Pump })
  // @ts-expect-error: by the schema, site is a text
  definePage({ path: '/pumps', validateSearch, load: async () => Counted })
})
