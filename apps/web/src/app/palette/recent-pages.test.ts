import { expect, test } from 'vitest'
import { personalName } from '../../shared/session/page-person.ts'
import { recentPages, withRecent } from './recent-pages.ts'

const page = (href: string, scope = 'a') => ({ scope, title: href, href })

test('the latest page is first and once; other accounts keep theirs', () => {
  const before = [page('/1'), page('/2'), page('/1', 'b')]
  expect(withRecent(before, page('/2'))).toEqual([page('/2'), page('/1'), page('/1', 'b')])
})

test('of one account, eight are kept', () => {
  const many = Array.from({ length: 10 }, (_, n) => page(`/${n}`))
  expect(many.reduce<readonly ReturnType<typeof page>[]>(withRecent, [])).toHaveLength(8)
})

test('what is stored and is no page of ours is left out', () => {
  localStorage.setItem(
    `thingdeck.${personalName('recent')}`,
    JSON.stringify([page('/1'), page('//evil.example'), { href: '/2' }, null]),
  )
  expect(recentPages.get()).toEqual([page('/1')])
})
