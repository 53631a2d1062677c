import { expect, test } from 'vitest'
import { setPagePerson } from '../session/page-person.ts'
import { dropPolicyDraft, keepPolicyDraft, NEW_POLICY, readPolicyDraft } from './policy-drafts.ts'

test('a draft is kept by its policy, and of the person who wrote it', () => {
  setPagePerson('ada')
  keepPolicyDraft('device', '{"Version":')
  keepPolicyDraft(NEW_POLICY, '{}')
  expect([readPolicyDraft('device'), readPolicyDraft(NEW_POLICY)]).toEqual(['{"Version":', '{}'])
  setPagePerson('bob')
  expect(readPolicyDraft('device')).toBeUndefined()
  setPagePerson('ada')
  dropPolicyDraft('device')
  expect([readPolicyDraft('device'), readPolicyDraft(NEW_POLICY)]).toEqual([undefined, '{}'])
})
